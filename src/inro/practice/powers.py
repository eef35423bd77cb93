"""What the CA may do and need not: proposed, declined with a reason, proposed anew (22.1(1), 35.3).

A power that was declined is proposed again only when something has happened since: its facts are others.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from inro.practice.errors import Refused


class Power(StrEnum):
    """A power that time alone opens; the value is the ground of revocation it would be used on."""

    LATE_SLIP = "22.1(1)"
    UNPAID = "35.3"


class PowerRefused(Refused):
    """The power cannot be declined so; `field` is what to correct."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerFacts:
    """What a proposal rests on: since when the power is open, and what has happened in the case besides.

    `counted` are the events that a person weighs: for 22.1(1) postings, returns, doubts, reminders; for 35.3
    the invoice's sum and the calls about it.
    """

    power: Power
    since: date
    counted: tuple[tuple[str, int], ...]

    def as_record(self) -> dict[str, Any]:
        """Return the facts as JSON values, to be hashed: other facts are another proposal."""
        return {"power": self.power.value, "since": self.since.isoformat(), "counted": dict(self.counted)}
