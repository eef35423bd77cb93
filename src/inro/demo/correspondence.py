"""What the demonstration's clerks send about deficiencies, and where its officers look (9.2, 43, 46)."""

from collections.abc import Mapping
from datetime import datetime

from inro.paper.parties import Operator
from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.calendar import Calendar, jst_date
from inro.practice.deficiency import DeficiencyPoint
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, NoticeKind
from inro.store.ids import ApplicationId
from inro.store.reads.letters import letter_record
from inro.usecases.actor import Actor
from inro.usecases.antisocial import record_antisocial_check
from inro.usecases.letter_sheets import letter_sheets
from inro.usecases.letters import (
    post_letters,
    print_letters,
    release_deficiency_letter,
    write_deficiency_letter,
)
from inro.words.states import word


def notify_deficiency(
    *,
    application: ApplicationId,
    points: tuple[str, ...],
    rules: tuple[Terms, Calendar],
    words: Mapping[NoticeKind, NoticeWords],
    operator: Operator,
    officers: tuple[Actor, Actor],
    at: datetime,
) -> bytes:
    """Let one officer write and release the letter, another print and post it; return it (9.2)."""
    examiner, poster = officers
    letter = write_deficiency_letter(
        application=application,
        points=[_stale_record(point) for point in points],
        channel=Channel.POST,
        actor=examiner,
        now=at,
    )
    seen, today = letter_record(letter).content_sha256, jst_date(at)
    release_deficiency_letter(letter=letter, content_sha256=seen, actor=examiner, now=at)
    sheets = letter_sheets(
        letter_record(letter),
        dated_on=today,
        terms=rules[0],
        calendar=rules[1],
        words=words,
        operator=operator,
    )
    print_letters(printed=[sheets], dated_on=today, actor=poster, now=at)
    post_letters(letters=[letter], postmark=today, actor=poster, now=at)
    return sheets.pdf


def look_for_forces(*, application: ApplicationId, officer: Actor, at: datetime) -> None:
    """Let an officer look for anti-social forces and find none (46)."""
    record_antisocial_check(
        application=application,
        source=CheckSource.NEWS_DATABASE,
        result=CheckResult.NO_MATCH,
        remark="",
        checked_at=at,
        actor=officer,
        now=at,
    )


def _stale_record(finding: str) -> DeficiencyPoint:
    return DeficiencyPoint(
        item=word(PaperKind.RESIDENT_RECORD, "ja"),
        finding=finding,
        remedy="交付から三か月以内のものをお送りください。",
        clause="8.4",
    )
