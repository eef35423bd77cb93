"""Sums that made a day, and how they read (Civil Code 140-143)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inro.practice.day_sum import DaySum
from tests.practice.figures import DAYS, MOVING


def test_a_sum_in_words():
    day_sum = DaySum.of(date(2026, 1, 31)).plus_months(1).at_month_end().day_after()
    assert day_sum.derivation() == (
        "2026-01-31, +1 months = 2026-02-28, month end = 2026-02-28, day after = 2026-03-01"
    )
    backwards = DaySum.of(date(2027, 4, 1)).clear_months_before(1)
    assert backwards.derivation() == "2027-04-01, 1 clear months before = 2027-02-28"


def test_a_sum_as_a_record_keeps_what_was_compared():
    later = DaySum.of(date(2026, 1, 1)).later_than(DaySum.of(date(2026, 1, 2)))
    assert later.as_record() == [
        {"operation": "start", "day": "2026-01-01"},
        {
            "operation": "later_than",
            "day": "2026-01-02",
            "other": [{"operation": "start", "day": "2026-01-02"}],
        },
    ]


@given(DAYS, DAYS)
def test_the_later_day_counts_whichever_comes_first(one, other):
    assert DaySum.of(one).later_than(DaySum.of(other)).day == max(one, other)


@given(DAYS, st.integers(min_value=0, max_value=4000))
def test_the_first_day_is_not_counted(day, days):
    day_sum = DaySum.of(day).plus_days(days)
    assert day_sum.day - day == timedelta(days=days)
    assert day_sum.steps[0].day == day


@given(DAYS)
def test_every_step_is_kept_and_a_day_that_stays_adds_none(day):
    moved = DaySum.of(day).moved_by(MOVING, clause="9.2")
    assert len(moved.steps) == (2 if MOVING.is_closed(day) else 1)
    assert moved.day == MOVING.last_day(day, clause="9.2")
