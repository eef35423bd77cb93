"""The check against anti-social forces: by each of two officers, on record; a match stops the case (46)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inro.practice.letters import LetterRefused

LONGEST_REMARK = 400


class CheckSource(StrEnum):
    """Where an officer looked."""

    NEWS_DATABASE = "news_database"
    INDUSTRY_LIST = "industry_list"
    OWN_LIST = "own_list"
    POLICE_CENTRE = "police_centre"
    WEB_SEARCH = "web_search"


class CheckResult(StrEnum):
    """What was found; somebody of the same name is no match once told apart."""

    NO_MATCH = "no_match"
    OTHER_PERSON = "other_person"
    MATCH = "match"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerCheck:
    """What one officer found in one source."""

    person: str
    source: CheckSource
    result: CheckResult
    checked_at: datetime


def standing_checks(checks: Iterable[OfficerCheck]) -> tuple[OfficerCheck, ...]:
    """Return each officer's newest word on each source; the earlier ones stay on record (46)."""
    newest: dict[tuple[str, CheckSource], OfficerCheck] = {}
    for check in sorted(checks, key=lambda one: one.checked_at):
        newest[check.person, check.source] = check
    return tuple(newest.values())


def checked_by(checks: Iterable[OfficerCheck]) -> frozenset[str]:
    """Return who has looked in any source."""
    return frozenset(check.person for check in checks)


def is_matched(checks: Iterable[OfficerCheck]) -> bool:
    """Return whether the newest word of any officer on any source is a match (46)."""
    return any(check.result is CheckResult.MATCH for check in standing_checks(checks))


def check_remark(*, result: CheckResult, remark: str) -> None:
    """Refuse a match, or a namesake told apart, without the grounds on which that was found (46).

    Raises: LetterRefused.
    """
    if result is not CheckResult.NO_MATCH and not remark.strip():
        raise LetterRefused(field="remark", problem="missing")
    if len(remark) > LONGEST_REMARK:
        raise LetterRefused(field="remark", problem="too_long")
