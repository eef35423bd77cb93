"""Dates of the Japanese eras, both ways, and the dates without an era that banks send (8.1, 33-37).

Papers and bank files outlive the era they were begun in: 平成31年5月1日 and 令和元年5月1日 are one day.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inro.japanese.address_writing import digits_of
from inro.practice.errors import Refused


class Era(StrEnum):
    """An era by its Japanese name, oldest first."""

    MEIJI = "明治"
    TAISHO = "大正"
    SHOWA = "昭和"
    HEISEI = "平成"
    REIWA = "令和"

    @property
    def first_day(self) -> date:
        """The day from which the era counts."""
        return _FIRST_DAYS[self]

    @property
    def last_day(self) -> date | None:
        """The last day that may bear the era's name, None for the present one."""
        return _LAST_DAYS[self]

    @property
    def letter(self) -> str:
        """The Roman letter that stands for the era on forms."""
        return self.name[0]


# Japan counts Gregorian days from the first of the sixth year of Meiji; days before are of another calendar.
GREGORIAN_FROM = date(1873, 1, 1)
_FIRST_DAYS = {
    Era.MEIJI: date(1868, 1, 25),
    Era.TAISHO: date(1912, 7, 30),
    Era.SHOWA: date(1926, 12, 25),
    Era.HEISEI: date(1989, 1, 8),
    Era.REIWA: date(2019, 5, 1),
}
# Taisho and Showa began on the very day on which the era before them ended, the others on the day after.
_LAST_DAYS = {
    Era.MEIJI: date(1912, 7, 30),
    Era.TAISHO: date(1926, 12, 25),
    Era.SHOWA: date(1989, 1, 7),
    Era.HEISEI: date(2019, 4, 30),
    Era.REIWA: None,
}


class NoEraDate(Refused):
    """A day before Japan's Gregorian calendar, or none of any calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraDate:
    """A day by era and year of the era; the first year is written 元年."""

    era: Era
    year: int
    month: int
    day: int

    @property
    def japanese(self) -> str:
        """The day in full: 令和元年5月1日."""
        return f"{self.era}{'元' if self.year == 1 else self.year}年{self.month}月{self.day}日"

    @property
    def short(self) -> str:
        """The day as forms have it: R1.5.1."""
        return f"{self.era.letter}{self.year}.{self.month}.{self.day}"


def era_date(day: date) -> EraDate:
    """Return a day by the era that began last.

    Raises: NoEraDate before 1873, when Japan counted its days otherwise.
    """
    if day < GREGORIAN_FROM:
        raise NoEraDate(day=day.isoformat())
    era = next(era for era in reversed(Era) if era.first_day <= day)
    return EraDate(era=era, year=day.year - era.first_day.year + 1, month=day.month, day=day.day)


class DateVerdict(StrEnum):
    """What a written date is."""

    READ = "read"
    ERA_OVER = "era_over"
    BEFORE_ERA = "before_era"
    BEFORE_GREGORIAN = "before_gregorian"
    NO_SUCH_DAY = "no_such_day"
    NOT_A_DATE = "not_a_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """A written date: its day if there is one, and its era if it names one.

    A day is there for `read` and for `era_over`: papers printed before an era ended name days after it.
    """

    verdict: DateVerdict
    day: date | None = None
    era: Era | None = None


_NAMES = {name: era for era in Era for name in (era.value, era.value[0], era.letter)}
_NUMBER = "([0-9]{1,4}|[〇一二三四五六七八九十]{1,4})"
_WRITTEN = re.compile(
    f"(明治|大正|昭和|平成|令和|[明大昭平令MTSHR])?({_NUMBER}|元)[年./-]{_NUMBER}[月./-]{_NUMBER}日?",
    re.IGNORECASE,
)
_COMPACT = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_SIGNS = str.maketrans({"・": ".", "−": "-", "‐": "-", "–": "-", "ー": "-"})
_GREGORIAN_YEAR = 1000


def read_date(text: str) -> DateReading:
    """Return the day of a date in Japanese or Gregorian years, in any width, with digits or kanji.

    Years are 元, digits or kanji; parts are closed by 年月日 or parted by points, hyphens or slashes.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split())
    if compact := _COMPACT.fullmatch(plain):
        return _gregorian(*(int(part) for part in compact.groups()))
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        return DateReading(verdict=DateVerdict.NOT_A_DATE)
    name, year, _, month, day = match.groups()
    if name is None:
        return _gregorian(_number(year), _number(month), _number(day))
    return _of_era(_NAMES[name.upper()], _number(year), _number(month), _number(day))


def _number(text: str) -> int:
    if text == "元":
        return 1
    return int(text if text.isascii() else digits_of(text) or "0")


def _gregorian(year: int, month: int, day: int) -> DateReading:
    if year < _GREGORIAN_YEAR:
        return DateReading(verdict=DateVerdict.NOT_A_DATE)
    found = _day(year, month, day)
    if found is None:
        return DateReading(verdict=DateVerdict.NO_SUCH_DAY)
    return DateReading(verdict=DateVerdict.READ, day=found)


def _of_era(era: Era, year: int, month: int, day: int) -> DateReading:
    found = _day(era.first_day.year + year - 1, month, day) if year else None
    if found is None:
        return DateReading(verdict=DateVerdict.NO_SUCH_DAY, era=era)
    if found < era.first_day:
        return DateReading(verdict=DateVerdict.BEFORE_ERA, era=era)
    if found < GREGORIAN_FROM:
        return DateReading(verdict=DateVerdict.BEFORE_GREGORIAN, era=era)
    over = era.last_day is not None and found > era.last_day
    return DateReading(verdict=DateVerdict.ERA_OVER if over else DateVerdict.READ, day=found, era=era)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class BankCalendar(StrEnum):
    """By which count of years a date of six digits was understood."""

    SHOWA = "showa"
    HEISEI = "heisei"
    REIWA = "reiwa"
    GREGORIAN = "gregorian"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankDate:
    """A day of a bank file; `calendar` tells when a bank counts otherwise than by the present era."""

    day: date
    calendar: BankCalendar


_YEAR_ZERO = {
    BankCalendar.REIWA: 2018,
    BankCalendar.HEISEI: 1988,
    BankCalendar.SHOWA: 1925,
    BankCalendar.GREGORIAN: 2000,
}
_PLAUSIBLE = timedelta(days=366)
_SIX_DIGITS = re.compile("[0-9]{6}")


def read_bank_date(digits: str, *, near: date, within: timedelta = _PLAUSIBLE) -> BankDate | None:
    """Return the day of YYMMDD without an era that lies nearest to `near`; None if none is plausible.

    The header's date is read near the day on which the file came, every other near the header's date. Counts
    of years differ by twelve years at least, so within a year of `near` there is at most one day.
    """
    if not _SIX_DIGITS.fullmatch(digits):
        return None
    year, month, day = (int(digits[place : place + 2]) for place in (0, 2, 4))
    days = ((calendar, _day(zero + year, month, day)) for calendar, zero in _YEAR_ZERO.items())
    plausible = [
        BankDate(day=found, calendar=calendar)
        for calendar, found in days
        if found is not None and abs(found - near) <= within
    ]
    return min(plausible, key=lambda candidate: abs(candidate.day - near), default=None)
