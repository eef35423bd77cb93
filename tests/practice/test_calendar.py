"""JST days, months, holidays and closed days (6.1; Civil Code 140-143)."""

import calendar as gregorian
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.configuration.calendars import is_national_holiday
from inro.practice.calendar import (
    Calendar,
    CalendarRefused,
    InstantWithoutZone,
    add_months,
    end_of_day,
    jst_date,
    month_end,
    start_of_day,
)
from tests.practice.figures import DAYS, INSTANTS, MOVING, PLAIN

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


def test_the_switch_is_off_unless_set():
    new_year = date(2027, 1, 1)
    assert PLAIN.last_day(new_year, clause="18.7") == new_year
    assert MOVING.last_day(new_year, clause="18.7") == date(2027, 1, 4)


@given(DAYS)
def test_a_moved_last_day_is_open_and_the_first_such(day):
    moved = MOVING.last_day(day, clause="9.2")
    assert not MOVING.is_closed(moved)
    while day < moved:
        assert MOVING.is_closed(day)
        day += ONE_DAY


def test_each_clause_may_say_otherwise_than_the_rest():
    sunday = date(2026, 11, 29)
    one = Calendar(moves={"9.2": True})
    assert one.last_day(sunday, clause="9.2") == date(2026, 11, 30)
    assert one.last_day(sunday, clause="18.7") == sunday
    other = Calendar(moves_last_day=True, moves={"18.7": False})
    assert other.last_day(sunday, clause="9.2") == date(2026, 11, 30)
    assert other.last_day(sunday, clause="18.7") == sunday


@pytest.mark.parametrize("clause", ["2.2", "11.2", "30(2)", "6.2", "99"])
def test_what_is_counted_backwards_can_not_be_moved(clause):
    with pytest.raises(CalendarRefused) as refusal:
        Calendar(moves={clause: True})
    assert refusal.value.data == {"moves": [clause]}


def test_additions_removals_and_the_year_end_correct_the_holidays():
    calendar = Calendar(
        is_holiday=is_national_holiday,
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
