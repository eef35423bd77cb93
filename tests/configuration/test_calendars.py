"""The national holidays of the library, and the operator's file over them (Civil Code 142)."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from inro.configuration.calendars import is_national_holiday, load_calendar
from inro.configuration.errors import ConfigurationRefused

JAPAN = Path("policy/calendar/japan.toml")

# As the Cabinet Office has published them.
PUBLISHED = {
    2020: "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23",
    2021: "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23",
    2022: "1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23",
    2023: "1/1 1/2 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23",
    2024: "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 "
    "11/23",
    2025: "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24",
    2026: "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
    2027: "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_national_holidays_are_the_published_ones(year):
    days = (date(year, 1, 1) + timedelta(days=after) for after in range(366))
    known = [day for day in days if day.year == year and is_national_holiday(day)]
    assert " ".join(f"{day.month}/{day.day}" for day in known) == PUBLISHED[year]


@pytest.fixture
def file(tmp_path) -> Path:
    return Path(shutil.copy(JAPAN, tmp_path / "japan.toml"))


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"saturday"', '"caturday"', "closed_weekdays"),
        ('"12-29"', '"13-29"', "year_end"),
        ('"12-29"', "1229", "year_end"),
        ("added = []", 'added = ["2026-05-01"]', "added"),
        ("added = []", "added = [2026-05-01T00:00:00]", "added"),
        ("moves_last_day = false", 'moves_last_day = "no"', "moves_last_day"),
        ("removed = []", "removed = [2026-05-04]\nsurprise = 1", "surprise"),
        ("[moves]", '[moves]\n"2.2" = true', "moves.2.2"),
        ("[moves]", '[moves]\n"9.2" = "yes"', "moves.9.2"),
        ("[moves]", "moves = 1", "moves"),
    ],
)
def test_a_calendar_that_is_none_is_named(file, old, new, key):
    replaced(file, old, new)
    with pytest.raises(ConfigurationRefused) as refusal:
        load_calendar(file)
    assert (refusal.value.file, refusal.value.key) == (file, key)


def test_days_that_are_open_and_closed_at_once_are_refused(file):
    replaced(file, "added = []", "added = [2026-05-01]")
    replaced(file, "removed = []", "removed = [2026-05-01]")
    with pytest.raises(ConfigurationRefused):
        load_calendar(file)


def test_the_calendar_that_comes_along_closes_the_year_end():
    calendar = load_calendar(JAPAN)
    assert calendar.is_closed(date(2026, 12, 31))
    assert not calendar.is_closed(date(2026, 12, 28))
    assert calendar.is_closed(date(2026, 11, 23))
    assert calendar.last_day(date(2026, 11, 23), clause="9.2") == date(2026, 11, 23)


def test_a_clause_of_the_file_moves_and_the_others_stay(file):
    replaced(file, '# "9.2" = true', '"9.2" = true')
    calendar = load_calendar(file)
    assert calendar.last_day(date(2026, 11, 21), clause="9.2") == date(2026, 11, 24)
    assert calendar.last_day(date(2026, 11, 21), clause="18.7") == date(2026, 11, 21)
