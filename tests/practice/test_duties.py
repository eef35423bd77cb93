"""Duties, separations and the duties of every act (9.1, 17.4, 24.1, 40(7))."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from inro.practice.acts import Act
from inro.practice.duties import (
    SEPARATIONS,
    Duty,
    DutyPeriod,
    Meeting,
    Performed,
    SeparationBreached,
    check_appointment,
    check_separation,
    may,
)
from inro.practice.permission import ACT_DUTIES, PUBLIC_ACTS, ActDenied, check_act, is_permitted
from tests.practice.figures import DAYS

ON = date(2026, 12, 1)
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
ONE_DAY = timedelta(days=1)

CASE_PAIRS = [
    (Duty.EXAMINATION, Duty.ACCEPTANCE),
    (Duty.ACCEPTANCE, Duty.ISSUANCE_APPROVAL),
    (Duty.EXAMINATION, Duty.ISSUANCE_OPERATION),
    (Duty.ACCEPTANCE, Duty.ISSUANCE_OPERATION),
    (Duty.REVOCATION_EXAMINATION, Duty.REVOCATION_DECISION),
]
EITHER_WAY = CASE_PAIRS + [(other, one) for one, other in CASE_PAIRS]
APART = {Duty.AUDIT, Duty.SYSTEM_ADMINISTRATION}


def held(duty, first_day=FIRST, last_day=LAST):
    return DutyPeriod(duty=duty, first_day=first_day, last_day=last_day)


@given(DAYS)
def test_a_duty_is_held_on_both_its_first_and_its_last_day(day):
    assert may([held(Duty.INTAKE)], Duty.INTAKE, on=day) is (FIRST <= day <= LAST)
    assert may([held(Duty.INTAKE, last_day=None)], Duty.INTAKE, on=day) is (day >= FIRST)


@pytest.mark.parametrize("duty", Duty)
def test_what_is_not_held_is_denied(duty):
    others = [held(other) for other in Duty if other is not duty]
    assert not may(others, duty, on=ON)
    assert not may([], duty, on=ON)


@pytest.mark.parametrize("before", Duty)
def test_every_pair_of_duties_in_one_case(before):
    performed = [Performed(duty=before, person="p1"), Performed(duty=before, person="p2")]
    for now in Duty:
        check_separation(duty=now, person="p3", performed=performed)
        if (before, now) not in EITHER_WAY:
            check_separation(duty=now, person="p1", performed=performed)
            continue
        with pytest.raises(SeparationBreached) as refusal:
            check_separation(duty=now, person="p1", performed=performed)
        assert refusal.value.data == {
            "person": "p1",
            "duty": now.value,
            "against": before.value,
            "meeting": "case",
        }


@pytest.mark.parametrize("pair", [(Duty.PIN_MAILING, Duty.DISPATCH), (Duty.DISPATCH, Duty.PIN_MAILING)])
def test_pin_and_card_of_a_proxys_case_pass_through_two_persons(pair):
    before, now = pair
    performed = [Performed(duty=before, person="p1")]
    check_separation(duty=now, person="p1", performed=performed)
    check_separation(duty=now, person="p2", performed=performed, proxy_case=True)
    with pytest.raises(SeparationBreached) as refusal:
        check_separation(duty=now, person="p1", performed=performed, proxy_case=True)
    assert refusal.value.meeting is Meeting.PROXY_CASE


def test_a_proxys_case_keeps_the_other_separations():
    with pytest.raises(SeparationBreached):
        check_separation(
            duty=Duty.ACCEPTANCE,
            person="p1",
            performed=[Performed(duty=Duty.EXAMINATION, person="p1")],
            proxy_case=True,
        )


@pytest.mark.parametrize("one", Duty)
def test_every_pair_of_appointments(one):
    for other in Duty:
        # The day after is free of the first appointment.
        later = {"first_day": LAST + ONE_DAY, "last_day": None}
        check_appointment(person="p1", held=[held(one)], new=held(other, **later))
        check_appointment(person="p1", held=[held(one, **later)], new=held(other))
        new = held(other, first_day=LAST, last_day=None)
        if one is other or not {one, other} & APART:
            check_appointment(person="p1", held=[held(one)], new=new)
            continue
        with pytest.raises(SeparationBreached) as refusal:
            check_appointment(person="p1", held=[held(one)], new=new)
        assert (refusal.value.duty, refusal.value.against) == (other, one)
        assert refusal.value.meeting is Meeting.APPOINTMENT


def test_each_separation_stands_once():
    stated = [frozenset(separation.duties) | {separation.meeting} for separation in SEPARATIONS]
    assert len(stated) == len(set(stated))


@pytest.mark.parametrize("act", Act)
def test_the_matrix_of_acts_and_duties(act):
    for duty in Duty:
        permitted = act in PUBLIC_ACTS or duty in ACT_DUTIES[act]
        assert is_permitted(act=act, held=[held(duty)], on=ON) is permitted
        # Nothing lasts beyond its period.
        assert is_permitted(act=act, held=[held(duty)], on=LAST + ONE_DAY) is (act in PUBLIC_ACTS)


@pytest.mark.parametrize("act", Act)
def test_every_act_is_public_or_has_its_duties(act):
    assert (act in PUBLIC_ACTS) != bool(ACT_DUTIES.get(act))
    assert is_permitted(act=act, held=[], on=ON) is (act in PUBLIC_ACTS)


def test_a_denied_act_is_refused_by_name():
    with pytest.raises(ActDenied) as refusal:
        check_act(act=Act.ACCEPT_APPLICATION, held=[held(Duty.EXAMINATION)], on=ON)
    assert refusal.value.data == {"act": "accept_application", "on": "2026-12-01"}
    check_act(act=Act.ACCEPT_APPLICATION, held=[held(Duty.ACCEPTANCE)], on=ON)


# Of what a person may see anyway, as numbers, by a program of their own.
OWN_CALENDAR = {Act.MAKE_CALENDAR_ADDRESS, Act.REVOKE_CALENDAR_ADDRESS}


def test_the_auditor_reads_and_does_nothing_else():
    audited = {act for act, duties in ACT_DUTIES.items() if Duty.AUDIT in duties}
    assert {act.value.partition("_")[0] for act in audited - OWN_CALENDAR} == {"view", "verify"}


def test_who_keeps_the_machines_sees_no_business_data():
    kept = {act for act, duties in ACT_DUTIES.items() if Duty.SYSTEM_ADMINISTRATION in duties}
    # Whose numbers are published is nobody's secret, and a deadline names a case, no person.
    published = {Act.LOAD_CORPORATE_REGISTER, Act.VIEW_DUTIES, Act.VIEW_DEADLINES}
    staff = {act for act in kept if act.value.startswith("propose_")} | {
        Act.VIEW_STAFF,
        Act.WITHDRAW_PROPOSAL,
        Act.APPOINT_STAFF,
        Act.END_DUTY,
        Act.ADD_KEY,
        Act.DISMISS_STAFF,
        Act.END_PASSKEY,
    }
    assert kept - published - staff - OWN_CALENDAR == {
        Act.CHECK_INSTALLATION,
        Act.START_PROCESS,
    }


def test_examining_and_deciding_share_no_deciding_act():
    for act in (Act.ACCEPT_APPLICATION, Act.REJECT_APPLICATION, Act.ORDER_ISSUANCE):
        assert Duty.EXAMINATION not in ACT_DUTIES[act]
    assert ACT_DUTIES[Act.DECIDE_REVOCATION] == {Duty.REVOCATION_DECISION}


def test_a_contractor_decides_and_reads_nothing_by_that_alone():
    assert not [act for act, duties in ACT_DUTIES.items() if Duty.CONTRACTOR in duties]
