"""Japan's national holidays, computed by the Act on National Holidays (Civil Code 142; 9.2, 18.7)."""

from datetime import date, timedelta
from functools import cache

from inro.practice.errors import Refused

FIRST_YEAR = 2020
LAST_YEAR = 2099

_SUNDAY = 6
_ONE_DAY = timedelta(days=1)

_FIXED = ((1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23))
# (month, which Monday): Coming of Age, Marine, Respect for the Aged, Sports.
_MONDAYS = ((1, 2), (7, 3), (9, 3), (10, 2))
# The Olympic special measures moved three holidays in each of two years.
_MOVED: dict[int, dict[date, date]] = {
    2020: {
        date(2020, 7, 20): date(2020, 7, 23),
        date(2020, 10, 12): date(2020, 7, 24),
        date(2020, 8, 11): date(2020, 8, 10),
    },
    2021: {
        date(2021, 7, 19): date(2021, 7, 22),
        date(2021, 10, 11): date(2021, 7, 23),
        date(2021, 8, 11): date(2021, 8, 8),
    },
}


class YearOutOfRange(Refused):
    """The holidays of this year can't be computed."""

    def __init__(self, *, year: int) -> None:
        super().__init__(year=year, first=FIRST_YEAR, last=LAST_YEAR)
        self.year = year


def _monday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(-first.weekday()) % 7 + 7 * (which - 1))


def _equinox(year: int, *, month: int, base: float) -> date:
    # The customary approximation, exact from 1980 to 2099; the government confirms each in the year before.
    elapsed = year - 1980
    return date(year, month, int(base + 0.242194 * elapsed) - elapsed // 4)


def _named(year: int) -> set[date]:
    days = {date(year, month, day) for month, day in _FIXED}
    days |= {_monday(year, month, which) for month, which in _MONDAYS}
    days.add(_equinox(year, month=3, base=20.8431))
    days.add(_equinox(year, month=9, base=23.2488))
    moved = _MOVED.get(year, {})
    return (days - moved.keys()) | set(moved.values())


def _substitutes(named: set[date]) -> set[date]:
    """Return the day off for each holiday on a Sunday: the next day that is no holiday itself (Act 3(2))."""
    found = set()
    for day in named:
        if day.weekday() == _SUNDAY:
            while day in named:
                day += _ONE_DAY
            found.add(day)
    return found


def _sandwiched(named: set[date]) -> set[date]:
    """Return the days with a holiday on both sides (Act 3(3))."""
    return {day + _ONE_DAY for day in named if day + 2 * _ONE_DAY in named and day + _ONE_DAY not in named}


@cache
def national_holidays(year: int) -> frozenset[date]:
    """Return the national holidays of a year, substitutes included (Act on National Holidays 2, 3).

    Raises: YearOutOfRange.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(year=year)
    named = _named(year)
    return frozenset(named | _substitutes(named) | _sandwiched(named))


def is_national_holiday(day: date) -> bool:
    """Return whether a day is a national holiday.

    Raises: YearOutOfRange.
    """
    return day in national_holidays(day.year)
