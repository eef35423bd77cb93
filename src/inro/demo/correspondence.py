"""What the demonstration's clerks send about deficiencies, and where its officers look (9.2, 43, 46)."""

from collections.abc import Mapping
from datetime import date, datetime

from inro.paper.parties import Operator
from inro.paper.press import plain_date
from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.calendar import Calendar, jst_date
from inro.practice.deficiency import DeficiencyPoint
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, NoticeKind
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.application import application_record
from inro.store.reads.letters import letter_record
from inro.usecases.actor import Actor
from inro.usecases.antisocial import record_antisocial_check
from inro.usecases.letter_sheets import letter_sheets
from inro.usecases.letters import (
    print_letters,
    release_deficiency_letter,
    write_deficiency_letter,
)
from inro.usecases.messages import Sender, ready_notice
from inro.usecases.notice_page import post_page
from inro.usecases.sending import release_notices
from inro.words.states import word


def notify_deficiency(
    *,
    application: ApplicationId,
    points: tuple[str, ...],
    rules: tuple[Terms, Calendar],
    words: Mapping[NoticeKind, NoticeWords],
    operator: Operator,
    address: str,
    officers: tuple[Actor, Actor],
    at: datetime,
) -> bytes:
    """Let one officer write and release the letter, another let it go by e-mail, dated; return it (9.2)."""
    examiner, sender = officers
    letter = write_deficiency_letter(
        application=application,
        points=[_stale_record(point) for point in points],
        channel=Channel.EMAIL,
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
    print_letters(printed=[sheets], dated_on=today, actor=sender, now=at)
    stated = application_record(application).form
    if stated is None or stated.contact is None:
        raise Unknown(what="contact", detail=str(application))
    ready = ready_notice(
        letter_record(letter),
        name=stated.legal_name,
        recipient=stated.contact.email,
        sender=Sender(operator=operator, address=address, words=words),
        now=at,
    )
    release_notices(notices=[ready], actor=sender, now=at)
    return sheets.pdf


def post_maintenance(*, words: NoticeWords, day: date, actor: Actor, at: datetime) -> None:
    """Tell everybody on the public page of a maintenance to come (30(2), 43)."""
    text = f"{words.text.strip()}\n\n{plain_date(day)} 午前1時から午前5時まで"
    post_page(words=words, title=words.subject, text=text, actor=actor, now=at)


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
        remedy="交付から3か月以内のものをお送りください。",
        clause="8.4",
    )
