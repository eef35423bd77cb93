"""Deficient papers: what is told of them, until when they are mended, and what then is proposed (9.2, 43)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from inro.practice.deadlines import Deadline
from inro.practice.letters import LetterRefused
from inro.practice.transitions import Guard, check_guards

MOST_POINTS = 20
# Characters that a letter's table holds without becoming unreadable.
LONGEST: Mapping[str, int] = MappingProxyType({"item": 60, "finding": 400, "remedy": 400})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeficiencyPoint:
    """One point as the applicant is told it: which paper, what is wrong, what mends it, by which clause."""

    item: str
    finding: str
    remedy: str
    clause: str = "9.2"

    def as_record(self) -> dict[str, str]:
        """Return the point as JSON values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the point that `as_record` wrote.

        Raises: TypeError for a record of another shape.
        """
        return cls(**record)


class CorrectionStage(StrEnum):
    """Where the time to mend stands; once lapsed, only a person decides what follows."""

    NOT_NOTIFIED = "not_notified"
    RUNNING = "running"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionFacts:
    """What is known when the time to mend is to be made longer; `due` is None before the notice arrived."""

    reason: str
    extended_to: date
    due: date | None
    today: date


def notice_has_arrived(facts: ExtensionFacts) -> bool:
    """Return whether there is a time that could be made longer."""
    return facts.due is not None


def extension_has_its_reason(facts: ExtensionFacts) -> bool:
    """Return whether somebody can later see why."""
    return bool(facts.reason.strip())


def extension_gives_more_time(facts: ExtensionFacts) -> bool:
    """Return whether the new day lies after the one that holds now."""
    return facts.due is None or facts.extended_to > facts.due


def extension_is_to_come(facts: ExtensionFacts) -> bool:
    """Return whether the new day is not over."""
    return facts.extended_to >= facts.today


EXTENSION_GUARDS: tuple[Guard[ExtensionFacts], ...] = (
    Guard("9.2", notice_has_arrived),
    Guard("9.2", extension_has_its_reason),
    Guard("9.2", extension_gives_more_time),
    Guard("9.2", extension_is_to_come),
)


def check_extension(facts: ExtensionFacts) -> None:
    """Refuse more time that has no reason, gives none, or is added to nothing (9.2).

    Raises: GuardRefused.
    """
    check_guards(EXTENSION_GUARDS, facts)


def correction_stage(due: Deadline | None, now: datetime) -> CorrectionStage:
    """Return where the time to mend stands at an instant; `due` is None before the notice arrived (9.2)."""
    if due is None:
        return CorrectionStage.NOT_NOTIFIED
    return CorrectionStage.LAPSED if due.is_reached(now) else CorrectionStage.RUNNING


def check_points(points: Sequence[DeficiencyPoint]) -> None:
    """Refuse a letter without a point, with too many, or with one that does not say all it must (9.2).

    Raises: LetterRefused.
    """
    if not points:
        raise LetterRefused(field="points", problem="none")
    if len(points) > MOST_POINTS:
        raise LetterRefused(field="points", problem="too_many")
    for place, point in enumerate(points, start=1):
        for name, longest in LONGEST.items():
            text = getattr(point, name).strip()
            if not text:
                raise LetterRefused(field=f"{name}-{place}", problem="missing")
            if len(text) > longest:
                raise LetterRefused(field=f"{name}-{place}", problem="too_long")
