"""Lists of personal data leave the house for a stated purpose, released by a second person (40(1), 40(7))."""

from datetime import datetime, timedelta
from enum import StrEnum

from inro.practice.errors import Refused

# Who asked fetches the file within a day of its release, or asks again.
FETCHED_WITHIN = timedelta(hours=24)


class Charset(StrEnum):
    """How the file is written: with a byte order mark, or as older Japanese programs read it."""

    UTF_8 = "utf_8"
    CP932 = "cp932"


class ReleasedByTheSame(Refused):
    """Who asks for an export does not release it (40(7))."""

    def __init__(self, *, person: str) -> None:
        super().__init__(person=person)


class ExportNotReady(Refused):
    """The file is not to be had: not released yet, not by who asked, or no longer."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem=problem)
        self.problem = problem


def check_release(*, requested_by: str, releases: str) -> None:
    """Refuse a release by the person who asked (40(7)).

    Raises: ReleasedByTheSame.
    """
    if requested_by == releases:
        raise ReleasedByTheSame(person=releases)


def check_fetching(*, requested_by: str, fetches: str, released_at: datetime | None, now: datetime) -> None:
    """Refuse the file to anybody but who asked, before its release, and a day after it (40(7)).

    Raises: ExportNotReady.
    """
    if requested_by != fetches:
        raise ExportNotReady(problem="of-another-person")
    if released_at is None:
        raise ExportNotReady(problem="not-released")
    if now > released_at + FETCHED_WITHIN:
        raise ExportNotReady(problem="too-late")
