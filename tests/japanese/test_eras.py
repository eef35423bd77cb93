"""Dates by era, both ways, and a bank file's dates without one (8.1)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.eras import (
    GREGORIAN_FROM,
    BankCalendar,
    DateVerdict,
    Era,
    NoEraDate,
    era_date,
    read_bank_date,
    read_date,
)

DAYS = st.dates(min_value=GREGORIAN_FROM, max_value=date(2116, 12, 31))
ERAS_YEAR_ZERO = {Era.MEIJI: 1867, Era.TAISHO: 1911, Era.SHOWA: 1925, Era.HEISEI: 1988, Era.REIWA: 2018}


@pytest.mark.parametrize(
    ("day", "japanese", "short"),
    [
        (date(2019, 5, 1), "令和元年5月1日", "R1.5.1"),
        (date(2019, 4, 30), "平成31年4月30日", "H31.4.30"),
        (date(1989, 1, 8), "平成元年1月8日", "H1.1.8"),
        (date(1989, 1, 7), "昭和64年1月7日", "S64.1.7"),
        (date(1926, 12, 25), "昭和元年12月25日", "S1.12.25"),
        (date(1926, 12, 24), "大正15年12月24日", "T15.12.24"),
        (date(1912, 7, 30), "大正元年7月30日", "T1.7.30"),
        (date(1912, 7, 29), "明治45年7月29日", "M45.7.29"),
        (date(1873, 1, 1), "明治6年1月1日", "M6.1.1"),
        (date(2026, 11, 23), "令和8年11月23日", "R8.11.23"),
    ],
)
def test_first_and_last_days_of_eras(day, japanese, short):
    assert era_date(day).japanese == japanese
    assert era_date(day).short == short
    assert read_date(japanese).day == read_date(short).day == day


def test_before_1873_no_day_has_an_era_date():
    with pytest.raises(NoEraDate):
        era_date(GREGORIAN_FROM - timedelta(days=1))
    assert read_date("明治5年12月31日").verdict is DateVerdict.BEFORE_GREGORIAN
    assert read_date("明治5年12月31日").day is None


@given(DAYS)
def test_a_day_survives_its_era_date(day):
    written = era_date(day)
    for text in (written.japanese, written.short, day.isoformat(), day.strftime("%Y%m%d")):
        reading = read_date(text)
        assert (reading.verdict, reading.day) == (DateVerdict.READ, day)
    assert written.year == day.year - ERAS_YEAR_ZERO[written.era]


@pytest.mark.parametrize(
    "text",
    [
        "令和8年11月23日",
        "令和８年１１月２３日",
        "令和 8年 11月 23日",
        "令和八年十一月二十三日",
        "㋿8年11月23日",
        "R8.11.23",
        "Ｒ０８．１１．２３",
        "r8/11/23",
        "令8・11・23",
        "2026年11月23日",
        "2026-11-23",
        "2026/11/23",
        "二〇二六年十一月二三日",
        "20261123",
    ],
)
def test_one_day_in_many_writings(text):
    reading = read_date(text)
    assert (reading.verdict, reading.day) == (DateVerdict.READ, date(2026, 11, 23))


@pytest.mark.parametrize(
    "text", ["令和1年5月1日", "令和元年5月1日", "㋿元年5月1日", "R元.5.1", "令和一年五月一日"]
)
def test_the_first_year_in_its_writings(text):
    assert read_date(text).day == date(2019, 5, 1)


@pytest.mark.parametrize(
    ("text", "verdict", "day"),
    [
        ("平成31年5月1日", DateVerdict.ERA_OVER, date(2019, 5, 1)),
        ("平成33年3月31日", DateVerdict.ERA_OVER, date(2021, 3, 31)),
        ("昭和64年1月8日", DateVerdict.ERA_OVER, date(1989, 1, 8)),
        ("大正15年12月25日", DateVerdict.READ, date(1926, 12, 25)),
        ("明治45年7月30日", DateVerdict.READ, date(1912, 7, 30)),
        ("令和元年4月30日", DateVerdict.BEFORE_ERA, None),
        ("平成元年1月7日", DateVerdict.BEFORE_ERA, None),
        ("令和0年1月1日", DateVerdict.NO_SUCH_DAY, None),
        ("令和5年2月29日", DateVerdict.NO_SUCH_DAY, None),
        ("2023-02-29", DateVerdict.NO_SUCH_DAY, None),
        ("20231301", DateVerdict.NO_SUCH_DAY, None),
        ("8年11月23日", DateVerdict.NOT_A_DATE, None),
        ("元年5月1日", DateVerdict.NOT_A_DATE, None),
        ("慶応3年1月1日", DateVerdict.NOT_A_DATE, None),
        ("", DateVerdict.NOT_A_DATE, None),
        ("令和9999年1月1日", DateVerdict.NO_SUCH_DAY, None),
    ],
)
def test_dates_that_are_none_and_dates_past_their_era(text, verdict, day):
    reading = read_date(text)
    assert (reading.verdict, reading.day) == (verdict, day)


@given(st.text(max_size=20))
def test_no_text_stops_the_reading(text):
    reading = read_date(text)
    assert (reading.day is not None) == (reading.verdict in (DateVerdict.READ, DateVerdict.ERA_OVER))


@pytest.mark.parametrize(
    ("digits", "near", "day", "calendar"),
    [
        ("081123", date(2026, 11, 24), date(2026, 11, 23), BankCalendar.REIWA),
        ("010507", date(2019, 5, 7), date(2019, 5, 7), BankCalendar.REIWA),
        ("310426", date(2019, 5, 7), date(2019, 4, 26), BankCalendar.HEISEI),
        ("310531", date(2019, 5, 31), date(2019, 5, 31), BankCalendar.HEISEI),
        ("320106", date(2020, 1, 6), date(2020, 1, 6), BankCalendar.HEISEI),
        ("261123", date(2026, 11, 24), date(2026, 11, 23), BankCalendar.GREGORIAN),
        ("640107", date(1989, 1, 9), date(1989, 1, 7), BankCalendar.SHOWA),
        ("010109", date(1989, 1, 9), date(1989, 1, 9), BankCalendar.HEISEI),
    ],
)
def test_a_bank_s_date_is_the_one_near_the_file(digits, near, day, calendar):
    found = read_bank_date(digits, near=near)
    assert found is not None
    assert (found.day, found.calendar) == (day, calendar)


@pytest.mark.parametrize("digits", ["000000", "      ", "", "08112", "081323", "０８１１２３", "300101"])
def test_a_date_that_is_none_or_far_away_is_not_guessed(digits):
    assert read_bank_date(digits, near=date(2026, 11, 24)) is None


@given(
    st.dates(min_value=date(2019, 5, 1), max_value=date(2099, 12, 31)),
    st.integers(min_value=-300, max_value=300),
)
def test_a_day_of_reiwa_is_read_back_from_six_digits(near, days):
    day = near + timedelta(days=days)
    year = day.year - 2018
    if year < 1:
        year = day.year - 1988
    assert read_bank_date(f"{year:02}{day:%m%d}", near=near).day == day
