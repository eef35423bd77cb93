"""The queue as lists show it: a page at a time, sorted by an index, and what stands beside it (40(7))."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from inro.practice.application import ApplicationState
from inro.practice.certificate import CertificateState
from inro.practice.deadlines import Deadline
from inro.practice.queue import NextAct, QueueStage
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Unknown
from inro.store.models import CaseOpening, KeptFilter, QueueRow

PAGE = 50


class QueueView(StrEnum):
    """Which part of the queue a list shows."""

    WORK = "work"
    MINE = "mine"
    FREE = "free"
    OVER = "over"
    SOON = "soon"
    ALL = "all"


class QueueOrder(StrEnum):
    """By what a list is sorted: the day due, or when the case came."""

    DUE = "due"
    CAME = "came"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueQuery:
    """What a list shows and how it is sorted; `numbers` names single cases, and then nothing else does."""

    view: QueueView = QueueView.WORK
    order: QueueOrder = QueueOrder.DUE
    stage: QueueStage | None = None
    assignee: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """Against which days due days are held: today, and the last day that counts as near."""

    day: date
    soon: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """After which line a page begins: what it is sorted by there, and the case."""

    at: date | datetime
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBy:
    """Who has a case open for work, and until when."""

    person: str
    name: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One case of a list; `deadline` has clause and sum, None where none runs."""

    case: int
    number: str
    stage: QueueStage
    name: str
    organization: str
    kana: str
    period: ValidityPeriod
    came_at: datetime
    next_act: NextAct
    then_act: NextAct | None
    due_on: date | None
    opens: bool
    deadline: Deadline | None
    assignee: str | None
    assignee_name: str | None
    open_by: OpenBy | None
    state: ApplicationState
    certificate: CertificateState | None
    not_after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlace:
    """Where a case stands, and whose it is."""

    case: int
    number: str
    stage: QueueStage
    assignee: str | None
    assignee_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A page of a list; `following` is where the next one begins, None on the last."""

    lines: tuple[QueueLine, ...]
    following: Cursor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts:
    """How many cases each stage holds, and each part that a badge counts."""

    stages: Mapping[QueueStage, int]
    views: Mapping[QueueView, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRecord:
    """A filter that a person keeps."""

    filter_id: int
    name: str
    query: str


_COLUMNS = (
    "application_id",
    "number",
    "stage",
    "came_at",
    "next_act",
    "then_act",
    "due_on",
    "opens",
    "deadline",
    "assignee",
    "assignee_name",
)
_OF_CASE = {
    "period": F("application__period"),
    "state": F("application__state"),
    "stated": F("application__stated"),
    "content": F("application__content"),
    "certificate": F("application__certificate__state"),
    "not_after": F("application__certificate__not_after"),
    "open_person": F("application__opening__person"),
    "open_name": F("application__opening__name"),
    "open_until": F("application__opening__until"),
}
_FIELD = {QueueOrder.DUE: "due_on", QueueOrder.CAME: "came_at", QueueOrder.NEWEST: "came_at"}


def queue_page(
    query: QueueQuery, *, person: str, today: Today, now: datetime, after: Cursor | None, most: int = PAGE
) -> QueuePage:
    """Return the lines of a list after a cursor, in one question to the database.

    `person` is whose cases `mine` shows; `now` is when who has a case open is asked.
    """
    rows = _sorted(_chosen(query, person=person, today=today), query.order, after)
    found = list(rows.values(*_COLUMNS, **_OF_CASE)[: most + 1])
    lines = tuple(_line(row, now) for row in found[:most])
    last = found[most - 1] if len(found) > most else None
    at = _FIELD[query.order]
    return QueuePage(
        lines=lines, following=Cursor(at=last[at], case=last["application_id"]) if last else None
    )


def queue_lines(cases: Collection[int], *, now: datetime) -> tuple[QueueLine, ...]:
    """Return the lines of cases by row id, in the order asked for."""
    rows = QueueRow.objects.filter(pk__in=cases).values(*_COLUMNS, **_OF_CASE)
    found = {row["application_id"]: _line(row, now) for row in rows}
    return tuple(found[case] for case in cases if case in found)


def count_cases(query: QueueQuery, *, person: str, today: Today) -> int:
    """Return how many cases a list has."""
    return _chosen(query, person=person, today=today).count()


def queue_counts(*, person: str, today: Today) -> QueueCounts:
    """Return what the badges beside a list say."""
    stages = QueueRow.objects.order_by().values_list("stage").annotate(Count("pk"))
    views = (QueueView.MINE, QueueView.FREE, QueueView.OVER, QueueView.SOON)
    return QueueCounts(
        stages={QueueStage(stage): count for stage, count in stages},
        views={view: count_cases(QueueQuery(view=view), person=person, today=today) for view in views},
    )


def case_place(number: str) -> CasePlace:
    """Return where a case stands in the queue, nothing of the person.

    Raises: Unknown.
    """
    found = QueueRow.objects.filter(number=number).first()
    if found is None:
        raise Unknown(what="application", detail=number)
    return CasePlace(
        case=found.pk,
        number=found.number,
        stage=QueueStage(found.stage),
        assignee=found.assignee,
        assignee_name=found.assignee_name,
    )


def open_by(case: int, *, now: datetime) -> OpenBy | None:
    """Return who has a case open for work now, or None."""
    row = CaseOpening.objects.filter(pk=case, until__gt=now).first()
    return OpenBy(person=row.person, name=row.name, until=row.until) if row is not None else None


def opened_before(number: str, *, person: str, until: datetime, now: datetime) -> int | None:
    """Return a case that a person has open now, but no longer than `until`, by its row id; else None."""
    rows = CaseOpening.objects.filter(
        application__number=number, person=person, until__gt=now, until__lt=until
    )
    return rows.values_list("pk", flat=True).first()


def kept_filters(person: str) -> tuple[FilterRecord, ...]:
    """Return the filters that a person keeps, in the order they were kept."""
    rows = KeptFilter.objects.filter(person=person).order_by("pk")
    return tuple(FilterRecord(filter_id=row.pk, name=row.name, query=row.query) for row in rows)


def _chosen(query: QueueQuery, *, person: str, today: Today) -> QuerySet[QueueRow]:
    rows = QueueRow.objects.all()
    if query.numbers:
        return rows.filter(number__in=query.numbers)
    rows = rows.filter(_VIEWS[query.view](person, today))
    if query.stage is not None:
        rows = rows.filter(stage=query.stage)
    return rows.filter(assignee=query.assignee) if query.assignee else rows


_VIEWS: Mapping[QueueView, Callable[[str, Today], Q]] = {
    QueueView.WORK: lambda _person, _today: Q(at_work=True),
    QueueView.MINE: lambda person, _today: Q(assignee=person),
    QueueView.FREE: lambda _person, _today: Q(at_work=True, assignee__isnull=True),
    QueueView.OVER: lambda _person, today: Q(due_on__lt=today.day, opens=False),
    QueueView.SOON: lambda _person, today: Q(due_on__range=(today.day, today.soon), opens=False),
    QueueView.ALL: lambda _person, _today: Q(),
}


def _sorted(rows: QuerySet[QueueRow], order: QueueOrder, after: Cursor | None) -> QuerySet[QueueRow]:
    field, backwards = _FIELD[order], order is QueueOrder.NEWEST
    if after is not None:
        beyond, reached = ("lt", "lte") if backwards else ("gt", "gte")
        # The plain comparison lets the index begin there; the rest parts cases of one day.
        rows = rows.filter(**{f"{field}__{reached}": after.at}).filter(
            Q(**{f"{field}__{beyond}": after.at}) | Q(**{f"pk__{beyond}": after.case})
        )
    return rows.order_by(f"-{field}", "-pk") if backwards else rows.order_by(field, "pk")


def _line(row: Mapping[str, Any], now: datetime) -> QueueLine:
    stated, content = row["stated"] or {}, row["content"] or {}
    is_open = row["open_until"] is not None and row["open_until"] > now
    return QueueLine(
        case=row["application_id"],
        number=row["number"],
        stage=QueueStage(row["stage"]),
        name=content.get("name") or stated.get("certificate_name", ""),
        organization=((content.get("organization") or stated.get("organization")) or {}).get("name", ""),
        kana=stated.get("kana", ""),
        period=ValidityPeriod(row["period"]),
        came_at=row["came_at"],
        next_act=NextAct(row["next_act"]),
        then_act=NextAct(row["then_act"]) if row["then_act"] else None,
        due_on=None if row["due_on"] == date.max else row["due_on"],
        opens=row["opens"],
        deadline=Deadline.from_record(row["deadline"]) if row["deadline"] else None,
        assignee=row["assignee"],
        assignee_name=row["assignee_name"],
        open_by=OpenBy(person=row["open_person"], name=row["open_name"], until=row["open_until"])
        if is_open
        else None,
        state=ApplicationState(row["state"]),
        certificate=CertificateState(row["certificate"]) if row["certificate"] else None,
        not_after=row["not_after"],
    )
