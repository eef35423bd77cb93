"""Who works on a case, for how long it is theirs, and what may be done to many at once (9.1, 40(7))."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from inro.practice.acts import Act
from inro.practice.errors import Refused

# Long enough to leaf through a file of papers, short enough that nobody waits for who went home.
OPEN_FOR = timedelta(minutes=10)
MOST_FILTERS = 20
LONGEST_FILTER_NAME = 40
MOST_AT_ONCE = 200


class TakeOverReason(StrEnum):
    """Why a person takes a case over that another has open."""

    ABSENT = "absent"
    URGENT = "urgent"
    AGREED = "agreed"
    LEFT_OPEN = "left_open"


class BulkAct(StrEnum):
    """What can be done to several cases in one go."""

    TAKE = "take"
    RETURN = "return"
    LIST_LETTERS = "list_letters"
    EXPORT = "export"


# A decision is made case by case, by a person who has seen that case (9.1, 22.1): none ever stands here.
BULK_ACTS: Mapping[BulkAct, Act] = MappingProxyType(
    {
        BulkAct.TAKE: Act.TAKE_CASE,
        BulkAct.RETURN: Act.RETURN_CASE,
        BulkAct.LIST_LETTERS: Act.LIST_LETTERS,
        BulkAct.EXPORT: Act.REQUEST_EXPORT,
    }
)


class CaseOpenElsewhere(Refused):
    """Another person has the case open for work; reading it is free."""

    def __init__(self, *, holder: str, until: datetime) -> None:
        super().__init__(holder=holder, until=until.isoformat())
        self.holder = holder
        self.until = until


class NothingChosen(Refused):
    """An act for several cases was asked for without naming any, or for more than are done at once."""

    def __init__(self, *, most: int) -> None:
        super().__init__(most=most)


class FilterRefused(Refused):
    """A filter is not kept: without a name, with too long a one, or one too many."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem=problem)
        self.problem = problem


def check_chosen(numbers: tuple[str, ...]) -> None:
    """Refuse an act for no case, or for more than are done at once.

    Raises: NothingChosen.
    """
    if not 0 < len(numbers) <= MOST_AT_ONCE:
        raise NothingChosen(most=MOST_AT_ONCE)


def check_filter(*, name: str, kept: int) -> None:
    """Refuse a name that is none, and more filters than a person finds their way in.

    Raises: FilterRefused.
    """
    if not name:
        raise FilterRefused(problem="unnamed")
    if len(name) > LONGEST_FILTER_NAME:
        raise FilterRefused(problem="too-long")
    if kept >= MOST_FILTERS:
        raise FilterRefused(problem="too-many")
