"""The end of validity, and the law's five years (6.1, 42.5; ordinance 6(4))."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.practice.calendar import (
    JST,
    InstantWithoutZone,
    add_months,
    end_of_day,
    jst_date,
    month_end,
    start_of_day,
)
from inro.practice.validity import (
    ValidityPeriod,
    ValidityRefused,
    check_validity,
    last_day_for_issuing,
    latest_end,
    not_after,
)
from tests.practice.figures import DAYS, INSTANTS, PERIODS

FAR_AWAY = datetime(2099, 1, 1, tzinfo=UTC)
LONGEST = ValidityPeriod.FOUR_YEARS_TEN_MONTHS
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - the fault under test


def test_the_published_example_15_september_with_one_year():
    end = not_after(issued_at=datetime(2026, 9, 15, 1, tzinfo=UTC), period=ValidityPeriod.ONE_YEAR)
    assert end == datetime(2027, 9, 30, 14, 59, 59, tzinfo=UTC)


def test_four_periods_and_no_other():
    assert {period.value: period.months for period in ValidityPeriod} == {
        "1y": 12,
        "2y": 24,
        "3y": 36,
        "4y10m": 58,
    }


def test_issued_on_the_first_ends_with_that_month_not_the_one_before():
    end = not_after(issued_at=datetime(2026, 9, 1, 0, 0, tzinfo=JST), period=ValidityPeriod.ONE_YEAR)
    assert jst_date(end) == date(2027, 9, 30)


def test_the_night_in_which_utc_is_still_in_the_month_before():
    late = datetime(2026, 8, 31, 15, 0, 0, tzinfo=UTC)
    assert jst_date(not_after(issued_at=late, period=ValidityPeriod.ONE_YEAR)) == date(2027, 9, 30)
    earlier = late - timedelta(seconds=1)
    assert jst_date(not_after(issued_at=earlier, period=ValidityPeriod.ONE_YEAR)) == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("issued_on", "period", "last"),
    [
        (date(2027, 2, 28), ValidityPeriod.ONE_YEAR, date(2028, 2, 29)),
        (date(2028, 2, 29), ValidityPeriod.ONE_YEAR, date(2029, 2, 28)),
        (date(2026, 4, 30), LONGEST, date(2031, 2, 28)),
        (date(2027, 4, 30), LONGEST, date(2032, 2, 29)),
    ],
)
def test_leap_days(issued_on, period, last):
    assert not_after(issued_at=start_of_day(issued_on), period=period) == end_of_day(last)


@given(INSTANTS, PERIODS)
def test_always_a_month_end_at_14_59_59_utc(issued_at, period):
    end = not_after(issued_at=issued_at, period=period)
    assert end.tzinfo is UTC
    assert (end.hour, end.minute, end.second, end.microsecond) == (14, 59, 59, 0)
    last = jst_date(end)
    assert last == month_end(last)
    # At least the chosen period, and less than one month more.
    reached = add_months(jst_date(issued_at), period.months)
    assert reached <= last
    assert (reached.year, reached.month) == (last.year, last.month)


@given(INSTANTS, PERIODS)
def test_the_last_day_for_issuing_is_within_five_years_and_the_next_is_not(ended_at, period):
    last = last_day_for_issuing(examination_ended_at=ended_at, period=period)
    latest = latest_end(examination_ended_at=ended_at)
    assert not_after(issued_at=end_of_day(last), period=period) <= latest
    assert not_after(issued_at=start_of_day(last + timedelta(days=1)), period=period) > latest


@given(INSTANTS)
def test_the_longest_period_leaves_28_to_61_days(ended_at):
    last = last_day_for_issuing(examination_ended_at=ended_at, period=LONGEST)
    assert 28 <= (last - ended_at.date()).days <= 61


@given(INSTANTS, PERIODS, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90)))
def test_what_is_issued_never_outlives_examination_plus_five_years(ended_at, period, later):
    issued_at = ended_at + later
    latest = latest_end(examination_ended_at=ended_at)
    end = not_after(issued_at=issued_at, period=period)
    facts = {
        "issued_at": issued_at,
        "period": period,
        "examination_ended_at": ended_at,
        "issuer_not_after": FAR_AWAY,
    }
    if end <= latest:
        assert check_validity(**facts) == end
        return
    with pytest.raises(ValidityRefused) as refusal:
        check_validity(**facts)
    assert refusal.value.limit == "five-years"
    assert (refusal.value.not_after, refusal.value.limit_at) == (end, latest)


def test_five_years_count_to_the_second():
    month_end_second = datetime(2026, 1, 31, 23, 59, 59, tzinfo=JST)
    assert last_day_for_issuing(examination_ended_at=month_end_second, period=LONGEST) == date(2026, 3, 31)
    before = month_end_second - timedelta(seconds=1)
    assert last_day_for_issuing(examination_ended_at=before, period=LONGEST) == date(2026, 2, 28)


def test_an_examination_on_a_leap_day():
    ended_at = datetime(2028, 2, 29, 12, tzinfo=JST)
    assert latest_end(examination_ended_at=ended_at) == datetime(2033, 2, 28, 12, tzinfo=JST)


def test_issued_before_the_examination_ended_is_refused():
    ended_at = datetime(2026, 5, 1, tzinfo=UTC)
    with pytest.raises(ValidityRefused) as refusal:
        check_validity(
            issued_at=ended_at - timedelta(seconds=1),
            period=ValidityPeriod.ONE_YEAR,
            examination_ended_at=ended_at,
            issuer_not_after=FAR_AWAY,
        )
    assert refusal.value.limit == "issued-before-examination"


@pytest.mark.parametrize(("short_by", "refused"), [(0, False), (1, True)])
def test_no_certificate_outlives_its_issuer_and_none_is_shortened(short_by, refused):
    ended_at = datetime(2026, 5, 1, tzinfo=UTC)
    end = not_after(issued_at=ended_at, period=ValidityPeriod.ONE_YEAR)
    facts = {
        "issued_at": ended_at,
        "period": ValidityPeriod.ONE_YEAR,
        "examination_ended_at": ended_at,
        "issuer_not_after": end - timedelta(seconds=short_by),
    }
    if not refused:
        assert check_validity(**facts) == end
        return
    with pytest.raises(ValidityRefused) as refusal:
        check_validity(**facts)
    assert refusal.value.limit == "issuer"
    assert refusal.value.data["not_after"] == "2027-05-31T14:59:59+00:00"


def test_times_without_zone_are_refused():
    with pytest.raises(InstantWithoutZone):
        latest_end(examination_ended_at=NAIVE)
    with pytest.raises(InstantWithoutZone):
        not_after(issued_at=NAIVE, period=LONGEST)


@given(DAYS, PERIODS)
def test_every_day_of_a_month_ends_on_the_same_day(day, period):
    first = not_after(issued_at=start_of_day(day.replace(day=1)), period=period)
    assert not_after(issued_at=end_of_day(month_end(day)), period=period) == first
