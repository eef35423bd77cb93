"""What the ledger says: what is owed, of one case, of one kind, and how the last night went (40(7))."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from inro.pki.crl import ListKind, list_name
from inro.practice.apart_obligations import APART
from inro.practice.certificate import CertificateState
from inro.practice.deadlines import Deadline, DeadlineKind
from inro.practice.ledger import OwedState
from inro.practice.obligations import RULES, Rule, Weight
from inro.store.models import Certificate, Discontinuation, NightRun, ObligationRow, RevocationList
from inro.store.states import Scope

_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedLine:
    """One row of the ledger; `case` is the application's number, None for the platform's own."""

    row: int
    subject: str
    case: str | None
    deadline: Deadline
    turn: int
    reached_from: datetime
    state: OwedState
    opened_by: str
    opened_at: datetime
    closed_by: str | None
    closed_at: datetime | None

    @property
    def about(self) -> str:
        """What a person calls the thing: a case's number, a device's name; empty where the kind says all."""
        if self.case is not None:
            return self.case
        named = self.subject.removeprefix("platform/")
        return named.partition("/")[2]

    @property
    def kind(self) -> DeadlineKind:
        """The kind of deadline."""
        return self.deadline.kind

    @property
    def rule(self) -> Rule:
        """What follows, whose it is, how it binds."""
        return RULES[self.kind]

    def as_record(self) -> dict[str, Any]:
        """Return the row as JSON values."""
        duty = self.rule.duty
        return {
            "about": self.about,
            **self.deadline.as_record(),
            "turn": self.turn,
            "reached_from": self.reached_from.isoformat(),
            "state": self.state.value,
            "consequence": self.rule.consequence.value,
            "duty": duty.value if duty else None,
            "weight": self.rule.weight.value,
            "opened": {"by": self.opened_by, "at": self.opened_at.isoformat()},
            "closed": {"by": self.closed_by, "at": self.closed_at.isoformat()} if self.closed_at else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPlace:
    """After which row a page begins."""

    at: datetime
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NightRecord:
    """How a night went; without `ended_at` it was not finished."""

    day: date
    begun_at: datetime
    ended_at: datetime | None
    reached: int
    expired: int
    drafts: int
    lapsed: int
    proposed: int


def owed_lines(
    *,
    kinds: Collection[DeadlineKind] = (),
    reached_at: datetime | None = None,
    until: datetime | None = None,
    after: OwedPlace | None = None,
    most: int = _PAGE,
) -> tuple[OwedLine, ...]:
    """Return what is owed, the longest overdue first.

    `reached_at` asks only for what is reached at an instant, marked or not; `until` for what is by then.
    """
    rows = _owed(kinds)
    if reached_at is not None:
        rows = rows.filter(reached_from__lte=reached_at)
    if until is not None:
        rows = rows.filter(reached_from__lte=until)
    if after is not None:
        rows = rows.filter(reached_from__gte=after.at)
        rows = rows.filter(Q(reached_from__gt=after.at) | Q(pk__gt=after.row))
    return tuple(_line(row) for row in rows.order_by("reached_from", "pk")[:most])


def every_owed_line(kinds: Collection[DeadlineKind], *, until: datetime | None) -> Iterator[OwedLine]:
    """Yield all that is owed, in the same order, some hundreds in memory at a time."""
    after = None
    while lines := owed_lines(kinds=kinds, until=until, after=after, most=500):
        yield from lines
        after = OwedPlace(at=lines[-1].reached_from, row=lines[-1].row)


def lines_of_case(number: str) -> tuple[OwedLine, ...]:
    """Return all that a case owes and owed, the open first."""
    rows = ObligationRow.objects.select_related("application").filter(subject=f"application/{number}")
    lines = [_line(row) for row in rows.order_by("reached_from", "pk")]
    return tuple(sorted(lines, key=lambda line: line.state is OwedState.DONE))


def owed_counts(*, now: datetime) -> dict[DeadlineKind, tuple[int, int]]:
    """Return of each kind how much is owed and how much of it is reached now."""
    rows = ObligationRow.objects.exclude(state=OwedState.DONE).order_by().values_list("kind")
    counted = rows.annotate(owed=Count("pk"), reached=Count("pk", filter=Q(reached_from__lte=now)))
    return {DeadlineKind(kind): (owed, reached) for kind, owed, reached in counted}


def overdue_duties(*, now: datetime) -> int:
    """Return how much that must be done is reached and not done."""
    binding = [kind for kind, rule in RULES.items() if rule.weight is Weight.DUTY]
    return _owed(binding).filter(reached_from__lte=now).count()


def platform_lines() -> tuple[OwedLine, ...]:
    """Return what the platform itself owes, the earliest first."""
    rows = _owed(()).filter(application__isnull=True).exclude(kind__in=[kind.value for kind in APART])
    return tuple(_line(row) for row in rows.order_by("reached_from", "pk"))


def last_night(*, on: date) -> NightRecord | None:
    """Return the newest night until a day, finished or not; a clock that ran ahead left later ones."""
    row = NightRun.objects.filter(day__lte=on).order_by("-day").first()
    if row is None:
        return None
    return NightRecord(
        day=row.day,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        reached=row.reached,
        expired=row.expired,
        drafts=row.drafts,
        lapsed=row.lapsed,
        proposed=row.proposed,
    )


def issued_lists() -> dict[str, datetime]:
    """Return when the newest list of each name was issued: of each kind and part of the CRL (26.2).

    None once the last lists are signed: there are no others after them (11).
    """
    if _ended(lists_signed_at__isnull=False):
        return {}
    rows = RevocationList.objects.order_by().values_list("kind", "partition").annotate(Max("this_update"))
    return {list_name(ListKind(kind), partition): at for kind, partition, at in rows}


def ca_ends_at() -> datetime | None:
    """Return until when the CA's newest certificate serves, None where there is none, or no key (11)."""
    if _ended(keys_destroyed_at__isnull=False):
        return None
    rows = Certificate.objects.filter(role=Scope.CA, state=CertificateState.VALID)
    return rows.order_by("-not_after").values_list("not_after", flat=True).first()


def _ended(**how_far: Any) -> bool:
    return Discontinuation.objects.filter(standing=1, **how_far).exists()


def _owed(kinds: Collection[DeadlineKind]) -> QuerySet[ObligationRow]:
    rows = ObligationRow.objects.select_related("application").exclude(state=OwedState.DONE)
    return rows.filter(kind__in=list(kinds)) if kinds else rows


def _line(row: ObligationRow) -> OwedLine:
    return OwedLine(
        row=row.pk,
        subject=row.subject,
        case=row.application.number if row.application is not None else None,
        deadline=Deadline.from_record(row.deadline),
        turn=row.turn,
        reached_from=row.reached_from,
        state=OwedState(row.state),
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
    )
