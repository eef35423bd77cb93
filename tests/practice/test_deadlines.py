"""Deadlines other than the slip's (2.2, 6.1, 6.2, 9.2, 11.2, 12.4, 24.2, 26.2, 30(2), 40(6))."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from inro.practice.calendar import (
    JST,
    InstantWithoutZone,
    add_months,
    end_of_day,
    jst_date,
    start_of_day,
)
from inro.practice.deadlines import (
    DeadlineKind,
    Edge,
    change_notice_deadline,
    deficiency_deadline,
    discontinuation_notice_deadline,
    draft_deadline,
    expiry_notice_deadlines,
    is_paper_fresh,
    issuing_deadline,
    list_renewal_deadline,
    maintenance_notice_deadline,
    parcel_return_deadline,
    proxy_deficiency_deadline,
    stay_deadlines,
)
from inro.practice.validity import ValidityPeriod, last_day_for_issuing, not_after
from tests.practice.figures import DAYS, INSTANTS, MOVING, PERIODS, PLAIN, TERMS

ONE_DAY = timedelta(days=1)
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - the fault under test


@given(DAYS)
def test_deficiencies_have_twenty_days_from_the_arrival(day):
    due = deficiency_deadline(notice_arrived_on=day, terms=TERMS, calendar=PLAIN)
    assert (due.kind, due.clause, due.day) == (DeadlineKind.DEFICIENCY, "9.2", day + timedelta(days=20))
    assert due.at == end_of_day(due.day)
    proxy = proxy_deficiency_deadline(notified_on=day, terms=TERMS, calendar=PLAIN)
    assert (proxy.kind, proxy.clause, proxy.day) == (DeadlineKind.PROXY_DEFICIENCY, "24.2", due.day)


@given(DAYS)
def test_the_holiday_rule_never_shortens(day):
    plain = deficiency_deadline(notice_arrived_on=day, terms=TERMS, calendar=PLAIN)
    moved = deficiency_deadline(notice_arrived_on=day, terms=TERMS, calendar=MOVING)
    assert moved.day >= plain.day
    assert not MOVING.is_closed(moved.day)
    assert (moved == plain) is not MOVING.is_closed(plain.day)


def test_letters_of_discontinuation_leave_sixty_clear_days():
    due = discontinuation_notice_deadline(discontinued_on=date(2027, 3, 31), terms=TERMS)
    assert due.day == date(2027, 1, 29)
    assert due.derivation() == "11.2: 2027-03-31, 60 clear days before = 2027-01-29"


@given(DAYS)
def test_sixty_whole_days_lie_between(day):
    due = discontinuation_notice_deadline(discontinued_on=day, terms=TERMS)
    assert (day - due.day).days - 1 == 60


@pytest.mark.parametrize(
    ("on", "last_day"),
    [
        (date(2027, 4, 1), date(2027, 2, 28)),
        (date(2028, 4, 1), date(2028, 2, 29)),
        (date(2027, 3, 31), date(2027, 2, 27)),
        (date(2027, 5, 10), date(2027, 4, 9)),
    ],
)
def test_a_month_before_maintenance(on, last_day):
    due = maintenance_notice_deadline(maintenance_on=on, terms=TERMS)
    assert (due.clause, due.day) == ("30(2)", last_day)


@given(DAYS)
def test_a_period_counted_backwards_is_a_whole_month_from_either_end(day):
    due = maintenance_notice_deadline(maintenance_on=day, terms=TERMS)
    assert add_months(due.day, 1) < day
    assert due.day + ONE_DAY == add_months(day, -1)


def test_the_notice_of_changed_terms():
    due = change_notice_deadline(terms=TERMS)
    assert (due.clause, due.day) == ("2.2", date(2025, 2, 28))


@given(INSTANTS, PERIODS)
def test_expiry_notices_go_two_months_and_one_before(issued_at, period):
    end = not_after(issued_at=issued_at, period=period)
    two, one = expiry_notice_deadlines(not_after=end, terms=TERMS)
    assert two.day == add_months(jst_date(end), -2) < one.day == add_months(jst_date(end), -1)
    assert two.clause == one.clause == "6.2"


def test_the_period_of_stay_is_reminded_of_and_followed_up():
    deadlines = stay_deadlines(stay_ends_on=date(2027, 3, 31), terms=TERMS)
    assert [(item.kind.value, item.day.isoformat()) for item in deadlines] == [
        ("stay_reminder", "2027-01-30"),
        ("stay_reminder", "2027-03-01"),
        ("stay_reminder", "2027-03-31"),
        ("stay_end", "2027-04-01"),
    ]
    assert all(item.edge is Edge.FROM_START for item in deadlines)


@given(INSTANTS)
def test_lists_are_renewed_every_24_hours(issued_at):
    due = list_renewal_deadline(issued_at=issued_at, terms=TERMS)
    assert due.at - issued_at == timedelta(hours=24)
    assert due.at.tzinfo is UTC
    assert due.day == jst_date(due.at) == due.day_sum.day
    assert not due.is_reached(due.at - timedelta(seconds=1))
    assert due.is_reached(due.at)


@given(INSTANTS, PERIODS)
def test_the_day_for_issuing_is_the_five_years_rules(ended_at, period):
    due = issuing_deadline(examination_ended_at=ended_at, period=period)
    assert due.day == last_day_for_issuing(examination_ended_at=ended_at, period=period)
    assert due.day_sum.day == due.day


@given(DAYS)
def test_a_deadline_of_the_day_holds_until_its_last_second(day):
    due = draft_deadline(saved_on=day, terms=TERMS)
    assert due.day == day + timedelta(days=90)
    assert not due.is_reached(end_of_day(due.day))
    assert due.is_reached(start_of_day(due.day + ONE_DAY))


@given(DAYS)
def test_a_parcel_nobody_fetched_is_expected_back(day):
    due = parcel_return_deadline(dispatched_on=day, terms=TERMS)
    assert due.at == start_of_day(day + timedelta(days=11))
    assert not due.is_reached(due.at - timedelta(seconds=1))
    assert due.is_reached(due.at)


def test_a_time_without_zone_reaches_no_deadline():
    for due in (
        draft_deadline(saved_on=date(2026, 1, 1), terms=TERMS),
        parcel_return_deadline(dispatched_on=date(2026, 1, 1), terms=TERMS),
    ):
        with pytest.raises(InstantWithoutZone):
            due.is_reached(NAIVE)


def test_a_deadline_as_a_record():
    due = deficiency_deadline(notice_arrived_on=date(2026, 12, 12), terms=TERMS, calendar=MOVING)
    assert due.as_record() == {
        "kind": "deficiency",
        "clause": "9.2",
        "edge": "until_end",
        "day": "2027-01-04",
        "at": "2027-01-04T14:59:59+00:00",
        "sum": [
            {"operation": "start", "day": "2026-12-12"},
            {"operation": "add_days", "day": "2027-01-01", "amount": 20},
            {"operation": "moved_off_closed_day", "day": "2027-01-04"},
        ],
    }


@pytest.mark.parametrize(
    ("dated", "received", "fresh"),
    [
        (date(2026, 11, 30), date(2027, 2, 28), True),
        (date(2026, 11, 30), date(2027, 3, 1), False),
        (date(2026, 11, 30), date(2026, 11, 30), True),
        (date(2026, 11, 30), date(2026, 11, 29), False),
    ],
)
def test_enclosed_papers_are_three_months_old_at_most(dated, received, fresh):
    assert is_paper_fresh(dated=dated, received_on=received, terms=TERMS) is fresh


def test_an_issuing_day_in_words():
    due = issuing_deadline(
        examination_ended_at=datetime(2026, 1, 31, 10, tzinfo=JST),
        period=ValidityPeriod.FOUR_YEARS_TEN_MONTHS,
    )
    assert due.derivation() == "6.1: 2026-01-31, +28 days = 2026-02-28"
