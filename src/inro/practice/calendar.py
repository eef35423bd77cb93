"""Days as Japanese law counts them: JST, first day left out, months, holidays (Civil Code 140-143; 6.1)."""

import calendar as gregorian
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from types import MappingProxyType

from inro.practice.errors import Refused

JST = timezone(timedelta(hours=9), "JST")

_ONE_DAY = timedelta(days=1)
_MONTHS_A_YEAR = 12


class InstantWithoutZone(Refused):
    """A time without a zone is no instant."""

    def __init__(self, *, instant: datetime) -> None:
        super().__init__(instant=instant.isoformat())
        self.instant = instant


def jst_date(instant: datetime) -> date:
    """Return the day an instant falls on in Japan (the terms' dates are JST).

    Raises: InstantWithoutZone.
    """
    if instant.tzinfo is None:
        raise InstantWithoutZone(instant=instant)
    return instant.astimezone(JST).date()


def start_of_day(day: date) -> datetime:
    """Return 00:00:00 JST of a day, in UTC."""
    return datetime.combine(day, time(0, 0, 0), JST).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return 23:59:59 JST of a day, in UTC: its last whole second (6.1)."""
    return datetime.combine(day, time(23, 59, 59), JST).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """Return the day some months on, or back; a day the month lacks becomes its last (Civil Code 143)."""
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year = day.year + years
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def month_end(day: date) -> date:
    """Return the last day of a day's month (6.1)."""
    return day.replace(day=gregorian.monthrange(day.year, day.month)[1])


MOVABLE_CLAUSES = frozenset({"9.2", "18.5", "18.7", "21.2", "22.1(1)", "24.2", "35.2"})
"""Clauses whose periods run forward; those counted backwards never move (2.2, 11.2, 30(2))."""


def never(_day: date) -> bool:
    """Say of every day that it is no holiday."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are closed, and which clauses' periods end on the next open day instead (Code 142).

    Weekdays are numbered from Monday = 0. `is_holiday` knows the national holidays, `added` and `removed`
    correct them; `year_end` holds (month, day) pairs closed every year. `moves` says for a clause what
    `moves_last_day` says for the others.
    """

    moves_last_day: bool = False
    moves: Mapping[str, bool] = field(default_factory=dict)
    closed_weekdays: frozenset[int] = frozenset({5, 6})
    year_end: frozenset[tuple[int, int]] = frozenset()
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()
    is_holiday: Callable[[date], bool] = never

    def __post_init__(self) -> None:
        object.__setattr__(self, "moves", MappingProxyType(dict(self.moves)))
        # Were every weekday closed, no next open day would exist.
        if not self.closed_weekdays < frozenset(range(7)):
            raise CalendarRefused(closed_weekdays=sorted(self.closed_weekdays))
        if both := self.added & self.removed:
            raise CalendarRefused(added_and_removed=sorted(day.isoformat() for day in both))
        if unmovable := sorted(self.moves.keys() - MOVABLE_CLAUSES):
            raise CalendarRefused(moves=unmovable)

    def is_closed(self, day: date) -> bool:
        """Return whether no business is done on a day."""
        if day in self.added or day.weekday() in self.closed_weekdays:
            return True
        if (day.month, day.day) in self.year_end:
            return True
        return self.is_holiday(day) and day not in self.removed

    def next_open(self, day: date) -> date:
        """Return the day itself, or the first open day after it."""
        while self.is_closed(day):
            day += _ONE_DAY
        return day

    def last_day(self, day: date, *, clause: str) -> date:
        """Return the last day of a clause's period that would end on a day, moved only where that is said."""
        return self.next_open(day) if self.moves.get(clause, self.moves_last_day) else day


class CalendarRefused(Refused):
    """The calendar contradicts itself, or moves what never moves."""
