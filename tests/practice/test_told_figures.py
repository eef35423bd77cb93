"""Shares of counted days by nearest rank, and what the public is told (17.1, 18.7, 40(7))."""

from dataclasses import replace
from itertools import pairwise
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.practice.figures import LEAST_TOLD, band_names, receipt_lines, spread_of, told_spread
from tests.practice.figures import TERMS

COUNTED = st.dictionaries(st.integers(0, 400), st.integers(1, 60), min_size=1)


@given(COUNTED)
def test_half_and_nine_tenths_are_reached_on_the_day_and_not_before(counted):
    found = spread_of(counted)
    for percent, days in ((50, found.median), (90, found.ninety)):
        within = sum(count for day, count in counted.items() if day <= days)
        before = sum(count for day, count in counted.items() if day < days)
        assert within * 100 >= found.count * percent > before * 100


@given(st.lists(st.integers(0, 60), min_size=101, max_size=101))
def test_an_odd_hundred_agrees_with_the_standard_librarys_median(days):
    counted = {day: days.count(day) for day in days}
    assert spread_of(counted).median == quantiles(days, n=2, method="inclusive")[0]


def test_of_no_case_there_is_no_spread():
    assert spread_of({}) is None


@pytest.mark.parametrize(("count", "told"), [(LEAST_TOLD - 1, False), (LEAST_TOLD, True)])
def test_few_cases_are_not_told_of(count, told):
    assert (told_spread({9: count}) is not None) is told


def test_the_lines_of_receipt_are_those_of_the_worked_example():
    assert receipt_lines(TERMS) == (20, 30, 32)
    assert receipt_lines(replace(TERMS, reminder_days=5)) == (20, 30, 31)


def test_the_bands_touch_and_the_last_is_open():
    bands = list(band_names())
    assert bands[0][0] == 0
    assert bands[-1][1] is None
    assert all(last + 1 == first for (_, last), (first, _) in pairwise(bands))
