"""What somebody outside finds of what is published: lists, certificates, answers (4(6), 26.1, 26.2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

# The house's own figures: lists are renewed every 24 hours (26.2), and serve for 48.
RENEWED_WITHIN = timedelta(hours=25)
ROOM_LEFT = timedelta(hours=12)
CLOCKS_DIFFER = timedelta(minutes=5)
FINDINGS_KEPT = 100
# Where no prober is named, one of any name must report.
ANY_PROBER = "any"


class Problem(StrEnum):
    """What is wrong with something that is published, as a relying party would meet it."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    CUT_SHORT = "cut_short"
    REFUSED = "refused"
    NOT_THERE = "not_there"
    EMPTY = "empty"
    NO_LIST = "no_list"
    NO_NUMBER = "no_number"
    OTHER_ISSUER = "other_issuer"
    OTHER_KEY = "other_key"
    OTHER_SCOPE = "other_scope"
    BAD_SIGNATURE = "bad_signature"
    OF_THE_FUTURE = "of_the_future"
    NOT_RENEWED = "not_renewed"
    LITTLE_ROOM = "little_room"
    EXPIRED = "expired"
    WENT_BACK = "went_back"
    CHANGED_UNDER_NUMBER = "changed_under_number"
    CHANNELS_DIFFER = "channels_differ"
    OTHER_CERTIFICATE = "other_certificate"
    NO_ANSWER = "no_answer"
    ANSWERER_NOT_AUTHORIZED = "answerer_not_authorized"
    REVOKED_CALLED_GOOD = "revoked_called_good"
    VALID_CALLED_REVOKED = "valid_called_revoked"
    CALLED_UNKNOWN = "called_unknown"
    MEMORY_LOST = "memory_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeFinding:
    """One thing found wrong: where it was asked for, by which route, and the particulars in English."""

    problem: Problem
    address: str
    route: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """One round of a prober called `name`: how much was looked at, what was wrong, when the next is due."""

    name: str
    began_at: datetime
    next_by: datetime
    checked: int
    findings: tuple[ProbeFinding, ...]

    @property
    def is_well(self) -> bool:
        """Whether everything was looked at and nothing was wrong."""
        return self.checked > 0 and not self.findings

    def as_record(self) -> dict[str, Any]:
        """Return the round as JSON values."""
        return {
            "name": self.name,
            "began_at": self.began_at.isoformat(),
            "next_by": self.next_by.isoformat(),
            "checked": self.checked,
            "findings": [
                {
                    "problem": finding.problem.value,
                    "address": finding.address,
                    "route": finding.route,
                    "detail": finding.detail,
                }
                for finding in self.findings
            ],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the round of JSON values.

        Raises: KeyError, TypeError, ValueError for values of another shape.
        """
        began_at, next_by = (datetime.fromisoformat(record[name]) for name in ("began_at", "next_by"))
        return cls(
            name=str(record["name"]),
            began_at=began_at,
            next_by=next_by,
            checked=int(record["checked"]),
            findings=tuple(
                ProbeFinding(
                    problem=Problem(one["problem"]),
                    address=str(one["address"]),
                    route=str(one["route"]),
                    detail=str(one["detail"]),
                )
                for one in record["findings"]
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Probers:
    """Which probers the house must hear from.

    Those named; without names any one; none where `none_because` says why.
    """

    names: tuple[str, ...] = ()
    none_because: str = ""

    def missing(self, reported: Collection[str]) -> tuple[str, ...]:
        """Return who never reported."""
        if self.none_because:
            return ()
        if not self.names:
            return () if reported else (ANY_PROBER,)
        return tuple(name for name in self.names if name not in reported)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old a list may be, and how much room must be left before it ends."""

    renewed_within: timedelta = RENEWED_WITHIN
    room_left: timedelta = ROOM_LEFT

    def problem(self, *, this_update: datetime, next_update: datetime, now: datetime) -> Problem | None:
        """Return what is wrong with a list's times, the worst first (26.2)."""
        if next_update <= now:
            return Problem.EXPIRED
        if this_update > now + CLOCKS_DIFFER:
            return Problem.OF_THE_FUTURE
        if now - this_update > self.renewed_within:
            return Problem.NOT_RENEWED
        if next_update - now < self.room_left:
            return Problem.LITTLE_ROOM
        return None
