"""The register of notices: to whom, why, what was sent, every try, when it counts as arrived (22.2, 43)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from inro.practice.events import EventKind
from inro.practice.notices import Channel, NoticeKind
from inro.practice.sending import NoticeAct, NoticeState
from inro.store.errors import Unknown
from inro.store.ids import NoticeId
from inro.store.models import AuditRow, Letter, Notice, NoticeTry
from inro.store.reads.application import timeline_entry
from inro.store.reads.cases import CaseEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class TryRecord:
    """One try; `outcome` is None until it is known, `said` what the server or a person told."""

    number: int
    begun_at: datetime
    begun_by: str
    outcome: NoticeAct | None
    said: str
    told_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRecord:
    """One notice of the register; application, letter and Message-ID are empty where it has none."""

    notice_id: NoticeId
    application: str
    letter: str
    kind: NoticeKind
    clause: str
    channel: Channel
    state: NoticeState
    title: str
    template: str
    edition: str
    recipient: str
    message_id: str
    content_sha256: str
    sent_on: date
    arrived_on: date | None
    released_by: str
    released_at: datetime | None
    next_try_at: datetime | None
    failed_at: datetime | None
    handled_at: datetime | None

    @property
    def waits_for_a_person(self) -> bool:
        """Whether somebody has to find out or decide something."""
        return self.state is NoticeState.IN_DOUBT or (
            self.state is NoticeState.FAILED and self.handled_at is None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """What of the register is asked for; None leaves a column open, days are those of letting go."""

    state: NoticeState | None = None
    channel: Channel | None = None
    kind: NoticeKind | None = None
    first: date | None = None
    last: date | None = None
    application: str = ""
    to_handle: bool = False


def register(asked: RegisterFilter, *, most: int, skip: int = 0) -> tuple[NoticeRecord, ...]:
    """Return the notices asked for, newest first."""
    return tuple(_record(row) for row in _asked(asked).order_by("-pk")[skip : skip + most])


def register_size(asked: RegisterFilter) -> int:
    """Return how many notices are asked for."""
    return _asked(asked).count()


def states_now() -> dict[NoticeState, int]:
    """Return how many notices stand in each state."""
    rows = Notice.objects.values_list("state").annotate(Count("pk")).order_by()
    return {NoticeState(state): count for state, count in rows}


def notices_to_handle() -> tuple[NoticeRecord, ...]:
    """Return what waits for a person, oldest first: in doubt, or failed and not dealt with."""
    return tuple(_record(row) for row in _asked(RegisterFilter(to_handle=True)).order_by("pk"))


def notice_record(notice: int) -> NoticeRecord:
    """Return one notice.

    Raises: Unknown.
    """
    row = _rows().filter(pk=notice).first()
    if row is None:
        raise Unknown(what="notice", detail=str(notice))
    return _record(row)


def notice_content(notice: NoticeId) -> bytes | None:
    """Return a message as it is sent, None where it has none or was disposed of."""
    content = Notice.objects.filter(pk=notice).values_list("content", flat=True).first()
    return bytes(content) if content is not None else None


def notice_way(notice: NoticeId) -> Channel:
    """Return how a notice travels.

    Raises: Unknown.
    """
    way = Notice.objects.filter(pk=notice).values_list("channel", flat=True).first()
    if way is None:
        raise Unknown(what="notice", detail=str(notice))
    return Channel(way)


def tries_of(notice: NoticeId) -> tuple[TryRecord, ...]:
    """Return the tries to send a notice, first to last."""
    return tuple(
        TryRecord(
            number=row.number,
            begun_at=row.begun_at,
            begun_by=row.begun_by,
            outcome=NoticeAct(row.outcome) if row.outcome else None,
            said=row.said,
            told_by=row.told_by,
            ended_at=row.ended_at,
        )
        for row in NoticeTry.objects.filter(notice=notice).order_by("number")
    )


def notice_history(record: NoticeRecord) -> tuple[CaseEvent, ...]:
    """Return what is on record of a notice, in the order it was done."""
    alone = f"notice/{record.notice_id}"
    named = (alone, f"notice/{record.kind}", f"application/{record.application}")
    kinds = [kind.value for kind in EventKind if kind.value.startswith("notice.")]
    about = Q(details__contains=f'"notice":{record.notice_id}') | Q(subject=alone)
    rows = AuditRow.objects.filter(about, subject__in=named, kind__in=kinds).order_by("seq")
    entries = ((timeline_entry(row), row.hash) for row in rows)
    return tuple(
        CaseEvent(seq=one.seq, at=one.at, kind=one.kind, actor=one.actor, subject=one.subject, hash=chained)
        for one, chained in entries
        # A number that only begins alike is another notice's.
        if one.subject == alone or one.details.get("notice") == record.notice_id
    )


def _rows() -> QuerySet[Notice]:
    return Notice.objects.select_related("application", "letter").defer(
        "content", "letter__pdf", "letter__content", "application__content", "application__stated"
    )


def _asked(asked: RegisterFilter) -> QuerySet[Notice]:
    rows = _rows()
    for column, value in (
        ("state", asked.state),
        ("channel", asked.channel),
        ("kind", asked.kind),
        ("sent_on__gte", asked.first),
        ("sent_on__lte", asked.last),
        ("application__number", asked.application or None),
    ):
        if value is not None:
            rows = rows.filter(**{column: value})
    if asked.to_handle:
        rows = rows.filter(state__in=_values((NoticeState.IN_DOUBT, NoticeState.FAILED)), handled_at=None)
    return rows


def _values(states: Collection[NoticeState]) -> list[str]:
    return [state.value for state in states]


def _record(row: Notice) -> NoticeRecord:
    letter: Letter | None = getattr(row, "letter", None)
    return NoticeRecord(
        notice_id=NoticeId(row.pk),
        application=row.application.number if row.application else "",
        letter=letter.number if letter else "",
        kind=NoticeKind(row.kind),
        clause=row.clause,
        channel=Channel(row.channel),
        state=NoticeState(row.state),
        title=row.title,
        template=row.template,
        edition=row.edition,
        recipient=row.recipient,
        message_id=row.message_id or "",
        content_sha256=row.content_sha256,
        sent_on=row.sent_on,
        arrived_on=row.arrived_on,
        released_by=row.released_by,
        released_at=row.released_at,
        next_try_at=row.next_try_at,
        failed_at=row.failed_at,
        handled_at=row.handled_at,
    )
