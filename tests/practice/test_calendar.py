"""JST days, months, holidays and closed days (6.1; Civil Code 140-143)."""

import calendar as gregorian
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.practice.calendar import (
    CIVIL_CALENDAR,
    Calendar,
    CalendarRefused,
    InstantWithoutZone,
    add_months,
    end_of_day,
    jst_date,
    month_end,
    start_of_day,
)
from inro.practice.holidays import YearOutOfRange, is_national_holiday, national_holidays
from tests.practice.figures import DAYS, INSTANTS, MOVING, PLAIN, POLICY

ONE_DAY = timedelta(days=1)


def test_the_nine_hours_in_which_japan_is_a_day_ahead():
    assert jst_date(datetime(2026, 9, 30, 14, 59, 59, tzinfo=UTC)) == date(2026, 9, 30)
    assert jst_date(datetime(2026, 9, 30, 15, 0, 0, tzinfo=UTC)) == date(2026, 10, 1)


def test_a_day_ends_at_14_59_59_utc():
    assert end_of_day(date(2026, 9, 30)) == datetime(2026, 9, 30, 14, 59, 59, tzinfo=UTC)
    assert start_of_day(date(2026, 9, 30)) == datetime(2026, 9, 29, 15, 0, 0, tzinfo=UTC)
    assert end_of_day(date(2026, 9, 30)).tzinfo is UTC
    assert start_of_day(date(2026, 9, 30)).tzinfo is UTC


def test_a_time_without_zone_is_no_instant():
    with pytest.raises(InstantWithoutZone) as refusal:
        jst_date(datetime(2026, 9, 30, 12))  # noqa: DTZ001 - the fault under test
    assert refusal.value.data == {"instant": "2026-09-30T12:00:00"}


@given(DAYS)
def test_first_and_last_second_lie_in_the_day_and_touch_the_next(day):
    assert jst_date(start_of_day(day)) == jst_date(end_of_day(day)) == day
    assert end_of_day(day) + timedelta(seconds=1) == start_of_day(day + ONE_DAY)


@given(INSTANTS, st.integers(min_value=-14, max_value=14))
def test_the_day_does_not_depend_on_the_zone_an_instant_is_written_in(instant, hours):
    elsewhere = instant.astimezone(timezone(timedelta(hours=hours)))
    assert jst_date(elsewhere) == instant.date()


@given(DAYS, st.integers(min_value=-130, max_value=130))
def test_months_land_on_the_same_day_or_the_months_last(day, months):
    landed = add_months(day, months)
    assert (landed.year * 12 + landed.month) - (day.year * 12 + day.month) == months
    last = gregorian.monthrange(landed.year, landed.month)[1]
    assert landed.day == min(day.day, last)


@pytest.mark.parametrize(
    ("day", "months", "landed"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_leap_days_and_month_ends(day, months, landed):
    assert add_months(day, months) == landed


@given(DAYS)
def test_the_day_after_a_month_end_is_a_first(day):
    end = month_end(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert (end + ONE_DAY).day == 1


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
    computed = " ".join(f"{day.month}/{day.day}" for day in sorted(national_holidays(year)))
    assert computed == PUBLISHED[year]


@given(DAYS)
def test_a_sunday_holiday_is_followed_by_a_day_off(day):
    if is_national_holiday(day) and day.weekday() == 6:
        after = day + ONE_DAY
        while after.weekday() != 6 and is_national_holiday(after):
            after += ONE_DAY
        assert after - day > ONE_DAY


@pytest.mark.parametrize("year", [2019, 2100])
def test_a_year_outside_the_computation_is_refused(year):
    with pytest.raises(YearOutOfRange) as refusal:
        is_national_holiday(date(year, 5, 1))
    assert refusal.value.year == year


def test_the_switch_is_off_unless_set():
    new_year = date(2027, 1, 1)
    assert CIVIL_CALENDAR.last_day(new_year) == PLAIN.last_day(new_year) == new_year
    assert MOVING.last_day(new_year) == date(2027, 1, 4)


@given(DAYS)
def test_a_moved_last_day_is_open_and_the_first_such(day):
    moved = MOVING.last_day(day)
    assert not MOVING.is_closed(moved)
    while day < moved:
        assert MOVING.is_closed(day)
        day += ONE_DAY


def test_additions_removals_and_the_year_end_correct_the_holidays():
    calendar = Calendar(
        moves_last_day=True,
        closed_weekdays=frozenset(),
        year_end=frozenset({(12, 29)}),
        added=frozenset({date(2030, 6, 3)}),
        removed=frozenset({date(2030, 11, 3)}),
    )
    assert calendar.is_closed(date(2030, 6, 3))
    assert not calendar.is_closed(date(2030, 11, 3))
    assert calendar.is_closed(date(2030, 12, 29))
    assert calendar.is_closed(date(2030, 11, 23))


@pytest.mark.parametrize("closed", [frozenset(range(7)), frozenset({7})])
def test_a_calendar_without_an_open_day_is_refused(closed):
    with pytest.raises(CalendarRefused):
        Calendar(closed_weekdays=closed)


def test_a_day_both_added_and_removed_is_refused():
    with pytest.raises(CalendarRefused) as refusal:
        Calendar(added=frozenset({date(2030, 1, 2)}), removed=frozenset({date(2030, 1, 2)}))
    assert refusal.value.data == {"added_and_removed": ["2030-01-02"]}


def test_the_operators_calendar_is_read():
    record = tomllib.loads((POLICY / "calendar" / "japan.toml").read_text("utf-8"))
    calendar = Calendar.from_record(record)
    assert not calendar.moves_last_day
    assert calendar.is_closed(date(2027, 12, 31))
    assert calendar.is_closed(date(2027, 12, 25))
    assert not calendar.is_closed(date(2027, 12, 24))


def test_a_full_calendar_record_is_read():
    calendar = Calendar.from_record(
        {
            "moves_last_day": True,
            "closed_weekdays": ["sunday"],
            "year_end": ["02-29"],
            "added": [date(2030, 6, 3)],
            "removed": [date(2030, 11, 4)],
        }
    )
    assert calendar.closed_weekdays == frozenset({6})
    assert calendar.year_end == frozenset({(2, 29)})
    assert calendar.last_day(date(2030, 6, 3)) == date(2030, 6, 4)


@pytest.mark.parametrize(
    ("record", "data"),
    [
        ({"is_holiday": None}, {"unknown": "is_holiday"}),
        ({"closed": []}, {"unknown": "closed"}),
        ({"moves_last_day": "yes"}, {"moves_last_day": "'yes'"}),
        ({"closed_weekdays": ["payday"]}, {"field": "closed_weekdays"}),
        ({"year_end": ["12-32"]}, {"field": "year_end"}),
        ({"added": ["2030-01-02"]}, {"field": "added"}),
        ({"added": [datetime(2030, 1, 2, tzinfo=UTC)]}, {"field": "added"}),
        ({"removed": 7}, {"field": "removed"}),
    ],
)
def test_a_calendar_record_of_another_shape_is_refused(record, data):
    with pytest.raises(CalendarRefused) as refusal:
        Calendar.from_record(record)
    assert refusal.value.data == data
