"""A notice on the public page: it counts as arrived on the day of posting (10, 30, 31, 43)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, Delivery, NoticeKind, check_channel, deemed_arrival
from inro.practice.sending import NoticeState
from inro.store.ids import NoticeId
from inro.store.models import Notice
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What a page says, and the name of the template it was made from."""

    template: str
    title: str
    text: str


LONGEST = {"title": 200, "text": 8000}


def post_page(*, words: NoticeWords, title: str, text: str, actor: Actor, now: datetime) -> NoticeId:
    """Post a notice on the public page, made from the words of its kind (43).

    Raises: DutyMissing, ChannelRefused, LetterRefused, NumberInText.
    """
    actor.check(Act.POST_PAGE)
    check_channel(kind=words.kind, channel=Channel.WEB)
    typed = {"title": title.strip(), "text": text.strip()}
    for field, value in typed.items():
        if not value:
            raise LetterRefused(field=field, problem="missing")
        if len(value) > LONGEST[field]:
            raise LetterRefused(field=field, problem="too_long")
        if holds_forbidden_number(value):
            raise NumberInText(field=field)
    with act(actor=actor, now=now) as doing:
        return add_page(
            doing,
            kind=words.kind,
            clause=words.clause,
            edition=words.edition.isoformat(),
            words_sha256=words.sha256,
            page=PageText(template=words.kind.value, title=typed["title"], text=typed["text"]),
            released_by=actor.name,
            now=now,
        )


def add_page(
    doing: Doing,
    *,
    kind: NoticeKind,
    clause: str,
    edition: str,
    page: PageText,
    words_sha256: str,
    released_by: str,
    now: datetime,
) -> NoticeId:
    """Add a notice on the public page inside the caller's act; it counts as arrived today (43)."""
    content, today = page.text.encode(), jst_date(now)
    arrived_on = deemed_arrival(Delivery(channel=Channel.WEB, posted_on=today))
    sha256 = hashlib.sha256(content).hexdigest()
    row = Notice.objects.create(
        kind=kind,
        clause=clause,
        channel=Channel.WEB,
        state=NoticeState.SENT,
        template=page.template,
        edition=edition,
        words_sha256=words_sha256,
        title=page.title,
        content=content,
        content_sha256=sha256,
        sent_on=today,
        arrived_on=arrived_on,
        released_by=released_by,
        released_at=now,
    )
    doing.record(
        EventKind.NOTICE_SENT,
        subject=f"notice/{kind.value}",
        notice=row.pk,
        kind_of_notice=kind.value,
        clause=clause,
        channel=Channel.WEB.value,
        content_sha256=sha256,
        arrived_on=arrived_on.isoformat(),
    )
    return NoticeId(row.pk)
