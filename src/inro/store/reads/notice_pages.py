"""Notices on the public pages: posted, newest first (30, 31, 43)."""

from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.notices import Channel, NoticeKind
from inro.practice.sending import NoticeState
from inro.store.ids import NoticeId
from inro.store.models import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedNotice:
    """One notice as it stands on the page; it counts as arrived on the day of posting (43)."""

    notice_id: NoticeId
    kind: NoticeKind
    clause: str
    title: str
    text: str
    posted_on: date
    posted_at: datetime | None


def posted_notices(*, most: int = 50) -> tuple[PostedNotice, ...]:
    """Return the notices on the page, newest first."""
    rows = Notice.objects.filter(
        channel=Channel.WEB, state=NoticeState.SENT, content__isnull=False, released_at__isnull=False
    )
    return tuple(_posted(row) for row in rows.order_by("-pk")[:most])


def _posted(row: Notice) -> PostedNotice:
    return PostedNotice(
        notice_id=NoticeId(row.pk),
        kind=NoticeKind(row.kind),
        clause=row.clause,
        title=row.title,
        text=bytes(row.content or b"").decode("utf-8"),
        posted_on=row.sent_on,
        posted_at=row.released_at,
    )
