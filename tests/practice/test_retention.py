"""How long records are kept (28, 40(4); ordinance 12)."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from inro.practice.calendar import add_months, jst_date, month_end, start_of_day
from inro.practice.retention import (
    BOOKS,
    RetentionBase,
    RetentionRunning,
    case_retention,
    certificate_retention,
    check_disposal,
    facility_retention,
)
from inro.practice.validity import ValidityPeriod, not_after
from tests.practice.figures import DAYS, INSTANTS, PERIODS, TERMS

ONE_DAY = timedelta(days=1)


@given(INSTANTS, PERIODS)
def test_ten_years_count_from_the_end_of_validity(issued_at, period):
    end = not_after(issued_at=issued_at, period=period)
    retention = certificate_retention(not_after=end, terms=TERMS)
    assert retention.clause == "40(4)"
    assert retention.day - ONE_DAY == add_months(jst_date(end), 120)
    assert retention.at == start_of_day(retention.day)


def test_an_end_on_a_leap_day():
    end = not_after(issued_at=start_of_day(date(2027, 2, 1)), period=ValidityPeriod.ONE_YEAR)
    assert certificate_retention(not_after=end, terms=TERMS).day == date(2038, 3, 1)


@given(DAYS, PERIODS)
def test_papers_without_a_certificate_are_kept_as_long_as_any(day, period):
    retention = case_retention(ended_on=day, terms=TERMS)
    longest = month_end(add_months(day, 58))
    assert retention.day - ONE_DAY == add_months(longest, 120)
    issued = certificate_retention(
        not_after=not_after(issued_at=start_of_day(day), period=period), terms=TERMS
    )
    assert issued.day <= retention.day


def test_facility_logs_go_after_the_renewal():
    assert facility_retention(renewed_on=date(2027, 3, 31)).day == date(2027, 4, 1)


def test_disposal_begins_with_its_day_and_not_before():
    end = not_after(issued_at=start_of_day(date(2026, 9, 15)), period=ValidityPeriod.ONE_YEAR)
    retention = certificate_retention(not_after=end, terms=TERMS)
    assert retention.day == date(2037, 10, 1)
    with pytest.raises(RetentionRunning) as refusal:
        check_disposal(retention=retention, held=False, now=retention.at - timedelta(seconds=1))
    assert (refusal.value.disposal_from, refusal.value.held) == (date(2037, 10, 1), False)
    check_disposal(retention=retention, held=False, now=retention.at)


def test_what_somebody_holds_stays():
    retention = facility_retention(renewed_on=date(2027, 3, 31))
    with pytest.raises(RetentionRunning) as refusal:
        check_disposal(retention=retention, held=True, now=retention.at)
    assert refusal.value.held


def test_every_book_of_the_ordinance():
    numbers = {id_.partition("/")[0] for id_ in BOOKS}
    assert {id_ for id_ in numbers if id_.startswith("1-")} == {
        f"1-{part}" for part in ("i", "ro", "ha", "ni", "ho", "he", "to", "chi", "ri")
    }
    assert {id_ for id_ in numbers if id_.startswith("2-")} == {
        f"2-{part}" for part in ("i", "ro", "ha", "ni")
    }
    assert {id_ for id_ in numbers if id_.startswith("3-")} == {
        f"3-{part}" for part in ("i", "ro", "ha", "ni", "ho")
    }
    assert {id_ for id_ in numbers if id_.startswith("4-")} == {
        f"4-{part}" for part in ("i", "ro", "ha", "ni", "ho", "he", "to")
    }


def test_sealed_papers_stay_paper():
    assert {book.name for book in BOOKS.values() if book.on_paper} == {
        "application_form",
        "identity_papers",
        "ca_key_management",
        "receipt_slip",
        "revocation_request",
        "contracts_with_processors",
    }


def test_the_base_of_each_kind_of_book():
    assert BOOKS["1-ro"].base is RetentionBase.CERTIFICATE_END
    assert BOOKS["1-ho"].base is RetentionBase.CASE_END
    assert BOOKS["1-to"].base is RetentionBase.LAST_CERTIFICATE_END
    assert all(
        (book.base is RetentionBase.ACCREDITATION_RENEWAL) == id_.startswith("4-")
        for id_, book in BOOKS.items()
    )
