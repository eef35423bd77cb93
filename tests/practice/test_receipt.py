"""Slip, reminder, revocation (18.5-18.7, 22.1(1), 23.1, 24.1)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.practice.calendar import JST, end_of_day, start_of_day
from inro.practice.deadlines import DeadlineKind, Edge
from inro.practice.delivery import SlipFacts, why_parked
from inro.practice.receipt import (
    Objection,
    ReceiptStage,
    ReminderTooEarly,
    counting_dispatch,
    counting_reminder,
    days_left_for_proxy,
    may_revoke_for_late_slip,
    proxy_window_is_open,
    receipt_clock,
    receipt_stage,
    suspends,
)
from tests.practice.figures import DAYS, MOVING, PLAIN, TERMS

D = date(2026, 12, 1)
R = date(2026, 12, 22)


def clock_of(dispatched_on=D, reminder_arrived_on=None, calendar=PLAIN, settled=None):
    return receipt_clock(
        dispatched_on=dispatched_on,
        reminder_arrived_on=reminder_arrived_on,
        terms=TERMS,
        calendar=calendar,
        settled=settled,
    )


def stage_on(clock, day, *, slip=None, objection=None):
    return receipt_stage(clock=clock, slip_arrived_on=slip, objection=objection, now=start_of_day(day))


def test_the_worked_example():
    clock = clock_of(reminder_arrived_on=R)
    assert clock.slip.day == date(2026, 12, 21)
    assert clock.slip.at == datetime(2026, 12, 21, 23, 59, 59, tzinfo=JST)
    assert clock.reminder.at == datetime(2026, 12, 22, 0, 0, tzinfo=JST)
    assert clock.late_slip_power.at == datetime(2027, 1, 1, 0, 0, tzinfo=JST)
    assert clock.slip_after_reminder.day == date(2027, 1, 1)
    assert clock.revocation.at == datetime(2027, 1, 2, 0, 0, tzinfo=JST)
    assert clock.revocation.derivation() == (
        "18.7: 2026-12-22, +10 days = 2027-01-01, day after = 2027-01-02, "
        "not before (2026-12-01, +30 days = 2026-12-31, day after = 2027-01-01) = 2027-01-02"
    )


def test_each_deadline_carries_its_clause():
    clock = clock_of(reminder_arrived_on=R)
    assert (clock.slip.kind, clock.slip.clause, clock.slip.edge) == (
        DeadlineKind.SLIP,
        "18.7",
        Edge.UNTIL_END,
    )
    assert (clock.objection.clause, clock.objection.day) == ("18.5", date(2026, 12, 21))
    assert (clock.late_slip_power.clause, clock.late_slip_power.edge) == ("22.1(1)", Edge.FROM_START)
    assert clock.revocation.kind is DeadlineKind.REVOCATION_WITHOUT_SLIP


@given(DAYS, st.integers(min_value=21, max_value=400))
def test_the_rule_over_every_day(dispatched_on, reminder_after):
    arrived_on = dispatched_on + timedelta(days=reminder_after)
    clock = clock_of(dispatched_on, arrived_on)
    assert clock.slip.day == dispatched_on + timedelta(days=20)
    assert clock.reminder.day == dispatched_on + timedelta(days=21)
    assert clock.late_slip_power.day == dispatched_on + timedelta(days=31)
    assert clock.revocation.day == max(dispatched_on + timedelta(days=31), arrived_on + timedelta(days=11))


@given(DAYS, st.integers(min_value=0, max_value=60))
def test_moved_days_take_the_rest_with_them(dispatched_on, wait):
    clock = clock_of(dispatched_on, calendar=MOVING)
    assert not MOVING.is_closed(clock.slip.day)
    assert clock.reminder.day == clock.slip.day + timedelta(days=1)
    arrived_on = clock.reminder.day + timedelta(days=wait)
    reminded = clock_of(dispatched_on, arrived_on, calendar=MOVING)
    assert not MOVING.is_closed(reminded.slip_after_reminder.day)
    assert reminded.revocation.day == max(
        reminded.slip_after_reminder.day + timedelta(days=1), reminded.late_slip_power.day
    )
    plain = clock_of(dispatched_on, arrived_on)
    assert reminded.revocation.day >= plain.revocation.day


def test_the_worked_example_with_the_holiday_rule():
    clock = clock_of(reminder_arrived_on=R, calendar=MOVING)
    assert clock.slip_after_reminder.day == date(2027, 1, 4)
    assert clock.revocation.day == date(2027, 1, 5)
    assert "closed, moved to 2027-01-04" in clock.revocation.derivation()


def test_a_reminder_before_its_time_is_refused():
    with pytest.raises(ReminderTooEarly) as refusal:
        clock_of(reminder_arrived_on=date(2026, 12, 21))
    assert refusal.value.earliest == date(2026, 12, 22)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (D, ReceiptStage.WAITING),
        (date(2026, 12, 21), ReceiptStage.WAITING),
        (date(2026, 12, 22), ReceiptStage.REMINDER_DUE),
        (date(2027, 6, 1), ReceiptStage.REMINDER_DUE),
    ],
)
def test_stages_without_a_reminder(day, stage):
    assert stage_on(clock_of(), day) is stage


def test_stages_after_the_reminder_to_the_second():
    clock = clock_of(reminder_arrived_on=R)
    due = datetime(2027, 1, 2, tzinfo=JST)
    before = due - timedelta(seconds=1)
    assert (
        receipt_stage(clock=clock, slip_arrived_on=None, objection=None, now=before)
        is ReceiptStage.WAITING_AFTER_REMINDER
    )
    assert (
        receipt_stage(clock=clock, slip_arrived_on=None, objection=None, now=due)
        is ReceiptStage.REVOCATION_DUE
    )


def test_a_slip_ends_the_wait_whenever_it_comes():
    clock = clock_of(reminder_arrived_on=R)
    assert stage_on(clock, date(2027, 3, 1), slip=date(2027, 2, 1)) is ReceiptStage.RECEIVED
    # Not yet there on the day asked about.
    assert stage_on(clock, date(2027, 1, 31), slip=date(2027, 2, 1)) is ReceiptStage.REVOCATION_DUE


def test_the_power_opens_on_day_31_and_only_without_a_slip():
    clock = clock_of()
    opens = start_of_day(date(2027, 1, 1))
    assert not may_revoke_for_late_slip(clock=clock, slip_arrived_on=None, now=opens - timedelta(seconds=1))
    assert may_revoke_for_late_slip(clock=clock, slip_arrived_on=None, now=opens)
    assert not may_revoke_for_late_slip(clock=clock, slip_arrived_on=D, now=opens)


@pytest.mark.parametrize(
    ("objection", "suspended"),
    [
        (None, False),
        (Objection(contacted_on=date(2026, 12, 21)), True),
        (Objection(contacted_on=date(2026, 12, 22)), False),
        (Objection(contacted_on=date(2026, 12, 22), admitted=True), True),
        (Objection(contacted_on=date(2026, 12, 10), decided_on=date(2026, 12, 12)), False),
    ],
)
def test_doubts_in_time_suspend_until_a_person_decides(objection, suspended):
    clock = clock_of()
    assert suspends(objection, clock=clock) is suspended
    stage = stage_on(clock, date(2027, 2, 1), objection=objection)
    assert stage is (ReceiptStage.SUSPENDED if suspended else ReceiptStage.REMINDER_DUE)


def test_a_slip_that_comes_while_doubts_are_open_is_parked():
    clock = clock_of()
    for objection, parked_for in (
        (Objection(contacted_on=date(2026, 12, 5)), "no_doubts_are_open"),
        (Objection(contacted_on=date(2026, 12, 5), decided_on=date(2026, 12, 9)), None),
        (Objection(contacted_on=date(2026, 12, 22)), None),
        (None, None),
    ):
        doubts_open = suspends(objection, clock=clock)
        facts = SlipFacts(name_agrees=True, registered_seal_agrees=True, doubts_open=doubts_open)
        assert why_parked(facts) == parked_for


def test_of_several_reminders_the_first_counts_unless_doubts_were_decided_on_since():
    days = [date(2026, 12, 28), date(2026, 12, 22), date(2027, 1, 18)]
    settled = Objection(contacted_on=date(2026, 12, 20), decided_on=date(2027, 1, 15))
    assert counting_reminder(days, settled=None) == date(2026, 12, 22)
    assert counting_reminder(days, settled=settled) == date(2027, 1, 18)
    assert counting_reminder(days[:2], settled=settled) == date(2026, 12, 22)
    assert counting_reminder([], settled=settled) is None


def test_doubts_settled_give_a_new_reminder_and_ten_days():
    settled = Objection(contacted_on=date(2026, 12, 20), decided_on=date(2027, 1, 15))
    clock = clock_of(settled=settled)
    assert clock.reminder.day == date(2027, 1, 16)
    reminded = clock_of(reminder_arrived_on=date(2027, 1, 18), settled=settled)
    assert reminded.revocation.day == date(2027, 1, 29)


def test_a_reminder_from_before_the_decision_counts_no_more():
    settled = Objection(contacted_on=date(2026, 12, 24), decided_on=date(2027, 1, 15), admitted=True)
    clock = clock_of(reminder_arrived_on=R, settled=settled)
    assert clock.revocation is None
    assert stage_on(clock, date(2027, 1, 16), objection=settled) is ReceiptStage.REMINDER_DUE


def test_doubts_that_never_suspended_change_nothing():
    settled = Objection(contacted_on=date(2026, 12, 24), decided_on=date(2027, 1, 15))
    assert clock_of(reminder_arrived_on=R, settled=settled) == clock_of(reminder_arrived_on=R)
    undecided = Objection(contacted_on=date(2026, 12, 10))
    assert clock_of(reminder_arrived_on=R, settled=undecided) == clock_of(reminder_arrived_on=R)


def test_a_second_dispatch_does_not_start_the_clock_anew():
    assert counting_dispatch([date(2026, 12, 9), D, date(2026, 12, 20)]) == D


@pytest.mark.parametrize(
    ("issued_on", "slip", "on", "is_open"),
    [
        (None, None, D, False),
        (D, None, D - timedelta(days=1), False),
        (D, None, D, True),
        (D, D + timedelta(days=5), D + timedelta(days=4), True),
        (D, D + timedelta(days=5), D + timedelta(days=5), False),
    ],
)
def test_the_window_for_a_proxy_recipient(issued_on, slip, on, is_open):
    assert proxy_window_is_open(issued_on=issued_on, slip_arrived_on=slip, on=on) is is_open


def test_a_late_proxy_request_has_no_days_left():
    clock = clock_of()
    assert days_left_for_proxy(clock=clock, on=date(2026, 12, 11)) == 10
    assert days_left_for_proxy(clock=clock, on=date(2026, 12, 22)) == -1


def test_the_slip_is_in_time_until_the_last_second():
    clock = clock_of()
    assert not clock.slip.is_reached(end_of_day(clock.slip.day))
    assert clock.slip.is_reached(start_of_day(clock.slip.day + timedelta(days=1)))
