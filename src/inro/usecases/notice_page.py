"""A notice on the public page: it counts as arrived on the day of posting (10, 30, 31, 43)."""

import hashlib
from datetime import datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, check_channel
from inro.practice.sending import NoticeState
from inro.store.ids import NoticeId
from inro.store.models import Notice
from inro.usecases.act import act
from inro.usecases.actor import Actor

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
    content, today = typed["text"].encode(), jst_date(now)
    sha256 = hashlib.sha256(content).hexdigest()
    with act(actor=actor, now=now) as doing:
        row = Notice.objects.create(
            kind=words.kind,
            clause=words.clause,
            channel=Channel.WEB,
            state=NoticeState.SENT,
            template=words.kind.value,
            edition=words.edition.isoformat(),
            words_sha256=words.sha256,
            title=typed["title"],
            content=content,
            content_sha256=sha256,
            sent_on=today,
            arrived_on=today,
            released_by=actor.name,
            released_at=now,
        )
        doing.record(
            EventKind.NOTICE_SENT,
            subject=f"notice/{words.kind.value}",
            notice=row.pk,
            kind_of_notice=words.kind.value,
            clause=words.clause,
            channel=Channel.WEB.value,
            content_sha256=sha256,
            arrived_on=today.isoformat(),
        )
    return NoticeId(row.pk)
