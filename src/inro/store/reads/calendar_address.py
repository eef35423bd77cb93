"""Whose a calendar's address is, since when, and what stands in it (26.2, 40(7))."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from inro.practice.deadlines import DeadlineKind
from inro.practice.ledger import OwedState
from inro.store.models import CalendarAddress, ObligationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedDay:
    """How much of one kind is owed on one day."""

    kind: DeadlineKind
    day: date
    count: int


def address_made_at(person: str) -> datetime | None:
    """Return since when a person has an address that serves, or None."""
    rows = CalendarAddress.objects.filter(person=person, revoked_at=None)
    return rows.values_list("made_at", flat=True).first()


def person_of_address(token_sha256: str) -> str | None:
    """Return whose address serves under a secret's hash, or None."""
    rows = CalendarAddress.objects.filter(token_sha256=token_sha256, revoked_at=None)
    return rows.values_list("person", flat=True).first()


def owed_days(kinds: Collection[DeadlineKind], *, until: date) -> tuple[OwedDay, ...]:
    """Return how much is owed of some kinds on each day until one, the earliest day first."""
    rows = ObligationRow.objects.filter(kind__in=[kind.value for kind in kinds], due_on__lte=until)
    counted = (
        rows.exclude(state=OwedState.DONE).values("kind", "due_on").annotate(count=Count("pk")).order_by()
    )
    found = (
        OwedDay(kind=DeadlineKind(row["kind"]), day=row["due_on"], count=row["count"]) for row in counted
    )
    return tuple(sorted(found, key=lambda one: (one.day, one.kind)))
