"""The operator's calendar over the national holidays that `jpholiday` keeps (Civil Code 142; 9.2, 18.7)."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jpholiday

from inro.configuration.reading import read_toml, reading, take_optional
from inro.pki.section import ProfileRefused, Section
from inro.practice.calendar import MOVABLE_CLAUSES, Calendar

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@lru_cache(maxsize=4096)
def is_national_holiday(day: date) -> bool:
    """Return whether a day is a national holiday of Japan, days off in its stead included."""
    return jpholiday.is_holiday(day)


def load_calendar(file: Path) -> Calendar:
    """Return the calendar by which periods end (Civil Code 142).

    Raises: ConfigurationRefused.
    """
    raw, _ = read_toml(file)
    with reading(file):
        section = Section(raw)
        made = Calendar(
            moves_last_day=section.take("moves_last_day", bool),
            moves=_moves(section),
            closed_weekdays=frozenset(_weekdays(section)),
            year_end=frozenset(_month_days(section)),
            added=frozenset(_dates(section, "added")),
            removed=frozenset(_dates(section, "removed")),
            is_holiday=is_national_holiday,
        )
        section.close()
    return made


def _moves(section: Section) -> dict[str, bool]:
    given = take_optional(section, "moves", dict, {})
    for clause, moves in given.items():
        path = section.path(f"moves.{clause}")
        if clause not in MOVABLE_CLAUSES:
            problem = f"no clause whose last day can move; those are {', '.join(sorted(MOVABLE_CLAUSES))}"
            raise ProfileRefused(path=path, problem=problem)
        if type(moves) is not bool:
            raise ProfileRefused(path=path, problem="neither true nor false")
    return given


def _weekdays(section: Section) -> list[int]:
    names = section.take("closed_weekdays", list)
    for name in names:
        if name not in _WEEKDAYS:
            raise ProfileRefused(path="closed_weekdays", problem=f"{name} is no weekday")
    return [_WEEKDAYS.index(name) for name in names]


def _month_days(section: Section) -> list[tuple[int, int]]:
    return [_month_day(text) for text in section.take("year_end", list)]


def _month_day(text: Any) -> tuple[int, int]:
    try:
        # Any leap year: 02-29 is a day too.
        day = date.fromisoformat(f"2024-{text}")
    except ValueError:
        raise ProfileRefused(path="year_end", problem=f"{text} is no month and day") from None
    return day.month, day.day


def _dates(section: Section, key: str) -> list[date]:
    days = section.take(key, list)
    for day in days:
        if type(day) is not date:
            raise ProfileRefused(path=key, problem=f"{day} is no date")
    return days
