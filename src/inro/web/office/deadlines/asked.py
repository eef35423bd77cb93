"""What the address of the board asks for: how far ahead, of which kind, from which line on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.http import urlencode

from inro.practice.deadlines import DeadlineKind
from inro.store.reads.obligations import OwedPlace


class Ahead(StrEnum):
    """How far ahead the board looks: what is reached now, within days, all."""

    NOW = "now"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"


_DAYS = {Ahead.NOW: 0, Ahead.WEEK: 7, Ahead.MONTH: 31}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A part of the ledger."""

    ahead: Ahead
    kind: DeadlineKind | None

    def until(self, now: datetime) -> datetime | None:
        """Return the last instant looked at, None for all."""
        days = _DAYS.get(self.ahead)
        return None if days is None else now + timedelta(days=days)

    @property
    def kinds(self) -> tuple[DeadlineKind, ...]:
        """The kinds asked for, none meaning all."""
        return () if self.kind is None else (self.kind,)

    def address(self, *, after: OwedPlace | None = None) -> str:
        """Return the address from its `?` on."""
        parts = [("ahead", self.ahead.value), ("kind", self.kind.value if self.kind else "")]
        if after is not None:
            parts.append(("after", f"{after.at.isoformat()}~{after.row}"))
        return f"?{urlencode([(name, value) for name, value in parts if value])}"


def asked(given: Mapping[str, str]) -> Asked:
    """Return what an address asks for; what it does not know how to ask is left out."""
    ahead, kind = given.get("ahead", ""), given.get("kind", "")
    return Asked(
        ahead=Ahead(ahead) if ahead in list(Ahead) else Ahead.NOW,
        kind=DeadlineKind(kind) if kind in list(DeadlineKind) else None,
    )


def place_of(text: str) -> OwedPlace | None:
    """Return after which line a page begins, or None: the first page."""
    at, _, row = text.rpartition("~")
    if not (row.isascii() and row.isdigit() and len(row) < 19):
        return None
    try:
        read = datetime.fromisoformat(at)
    except ValueError:
        return None
    return OwedPlace(at=read, row=int(row)) if read.tzinfo is not None else None
