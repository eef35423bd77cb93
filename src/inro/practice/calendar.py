"""Days as Japanese law counts them: JST, first day left out, months, holidays (Civil Code 140-143; 6.1)."""

import calendar as gregorian
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Self

from inro.practice.errors import Refused
from inro.practice.holidays import is_national_holiday

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are closed, and whether a period that ends on one ends on the next open day (Code 142).

    Weekdays are numbered from Monday = 0. `added` and `removed` correct the national holidays where the law
    changed them; `year_end` holds (month, day) pairs closed every year.
    """

    moves_last_day: bool = False
    closed_weekdays: frozenset[int] = frozenset({5, 6})
    year_end: frozenset[tuple[int, int]] = frozenset()
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()
    is_holiday: Callable[[date], bool] = is_national_holiday

    def __post_init__(self) -> None:
        # Were every weekday closed, no next open day would exist.
        if not self.closed_weekdays < frozenset(range(7)):
            raise CalendarRefused(closed_weekdays=sorted(self.closed_weekdays))
        if both := self.added & self.removed:
            raise CalendarRefused(added_and_removed=sorted(day.isoformat() for day in both))

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

    def last_day(self, day: date) -> date:
        """Return the last day of a period that would end on a day, moved only where the switch says so."""
        return self.next_open(day) if self.moves_last_day else day

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the calendar read from the operator's file; a key it does not know is refused by name.

        Weekdays are written as English names, days of the year end as month-day, others as dates.

        Raises: CalendarRefused.
        """
        # How holidays are known is code, not a setting.
        known = {item.name for item in fields(cls)} - {"is_holiday"}
        unknown = sorted(record.keys() - known)
        if unknown:
            raise CalendarRefused(unknown=unknown[0])
        moves = record.get("moves_last_day", False)
        if not isinstance(moves, bool):
            raise CalendarRefused(moves_last_day=repr(moves))
        return cls(
            moves_last_day=moves,
            closed_weekdays=_each(record, "closed_weekdays", _WEEKDAYS.index),
            year_end=_each(record, "year_end", _month_and_day),
            added=_each(record, "added", _plain_date),
            removed=_each(record, "removed", _plain_date),
        )


class CalendarRefused(Refused):
    """The calendar contradicts itself, or its file can't be read as one."""


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Any leap year serves to check that a month has a day.
_LEAP_YEAR = 2024


def _each[Read](record: Mapping[str, Any], name: str, read: Callable[[Any], Read]) -> frozenset[Read]:
    try:
        return frozenset(read(item) for item in record.get(name, ()))
    except (ValueError, TypeError):
        raise CalendarRefused(field=name) from None


def _month_and_day(raw: Any) -> tuple[int, int]:
    day = date.fromisoformat(f"{_LEAP_YEAR}-{raw}")
    return day.month, day.day


def _plain_date(raw: Any) -> date:
    if type(raw) is not date:
        raise ValueError(raw)
    return raw


CIVIL_CALENDAR = Calendar()
