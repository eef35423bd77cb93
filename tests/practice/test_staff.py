"""Three persons for every change of staff, two administrators who remain, halves of a code (40(7))."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inro.practice.duties import Duty, DutyPeriod, SeparationBreached
from inro.practice.enrolment import HALF, half_hash, new_half, read_code
from inro.practice.session import SessionLimits, SessionStanding, session_standing
from inro.practice.staff import (
    Administrator,
    OneAdministrator,
    StaffFault,
    StaffRefused,
    TooFewAdministrators,
    check_administrators_remain,
    check_end_of_duty,
    check_new_duties,
    check_three_persons,
    read_name,
    read_person,
)

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
LIMITS = SessionLimits(idle=timedelta(minutes=15), longest=timedelta(hours=12))
ADMINISTRATION = DutyPeriod(duty=Duty.SYSTEM_ADMINISTRATION, first_day=TODAY)


@pytest.mark.parametrize(
    ("proposed_by", "confirmed_by", "person"),
    [("a", None, "a"), ("a", "a", "c"), ("a", "c", "c"), ("a", "b", "a")],
)
def test_two_of_three_are_never_one(proposed_by, confirmed_by, person):
    with pytest.raises(OneAdministrator):
        check_three_persons(proposed_by=proposed_by, confirmed_by=confirmed_by, person=person)


def test_three_persons_are_fine():
    check_three_persons(proposed_by="a", confirmed_by=None, person="c")
    check_three_persons(proposed_by="a", confirmed_by="b", person="c")


@pytest.mark.parametrize("text", ["mori", "mori.sakiko", "p-exam", "ＭＯＲＩ", " Mori ", "m2"])
def test_an_id_may_be_typed_in_any_width_and_case(text):
    assert read_person(text).isascii()
    assert read_person(text) == read_person(text).lower().strip()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", StaffFault.NOT_A_PERSON_ID),
        ("2m", StaffFault.NOT_A_PERSON_ID),
        ("森", StaffFault.NOT_A_PERSON_ID),
        ("a--b", StaffFault.NOT_A_PERSON_ID),
        ("a" * 33, StaffFault.NOT_A_PERSON_ID),
        ("signer-1", StaffFault.NAME_OF_A_PROCESS),
        ("operator-1000", StaffFault.NAME_OF_A_PROCESS),
        ("wizard", StaffFault.NAME_OF_A_PROCESS),
        ("office", StaffFault.NAME_OF_A_PROCESS),
    ],
)
def test_an_id_that_is_none_or_a_programs_is_refused(text, fault):
    with pytest.raises(StaffRefused) as refusal:
        read_person(text)
    assert refusal.value.fault is fault


@pytest.mark.parametrize("text", ["", "  ", "a" * 101, "森\n咲子", "森\x00"])
def test_a_name_is_one_line_of_characters(text):
    with pytest.raises(StaffRefused):
        read_name(text)
    assert read_name(" 森　咲子 ") == "森　咲子"


def new(duty: Duty, first_day: date = TODAY, last_day: date | None = None) -> DutyPeriod:
    return DutyPeriod(duty=duty, first_day=first_day, last_day=last_day)


@pytest.mark.parametrize(
    ("held", "wanted", "fault"),
    [
        ([], [], StaffFault.NO_DUTY),
        ([], [new(Duty.INTAKE, TODAY - timedelta(days=1))], StaffFault.IN_THE_PAST),
        ([], [new(Duty.INTAKE, TODAY, TODAY - timedelta(days=1))], StaffFault.ENDS_BEFORE_IT_BEGINS),
        ([new(Duty.INTAKE)], [new(Duty.INTAKE, TODAY + timedelta(days=9))], StaffFault.HELD_ALREADY),
    ],
)
def test_duties_that_cannot_stand_are_refused(held, wanted, fault):
    with pytest.raises(StaffRefused) as refusal:
        check_new_duties(person="c", held=held, new=wanted, today=TODAY)
    assert refusal.value.fault is fault


def test_duties_kept_apart_do_not_come_in_one_appointment_either():
    with pytest.raises(SeparationBreached):
        check_new_duties(person="c", held=[], new=[new(Duty.AUDIT), new(Duty.INTAKE)], today=TODAY)
    later = new(Duty.AUDIT, TODAY + timedelta(days=10))
    check_new_duties(
        person="c", held=[new(Duty.INTAKE, TODAY, TODAY + timedelta(days=9))], new=[later], today=TODAY
    )


def test_a_duty_ends_today_or_later_and_never_longer_than_now():
    held = new(Duty.INTAKE, TODAY - timedelta(days=9), TODAY + timedelta(days=9))
    check_end_of_duty(held=held, last_day=TODAY, today=TODAY)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=10)):
        with pytest.raises(StaffRefused):
            check_end_of_duty(held=held, last_day=day, today=TODAY)
    with pytest.raises(StaffRefused):
        check_end_of_duty(held=new(Duty.INTAKE, TODAY + timedelta(days=9)), last_day=TODAY, today=TODAY)


def administrator(person: str, *, keys: int = 1, period: DutyPeriod = ADMINISTRATION) -> Administrator:
    return Administrator(person=person, duties=(period,), keys=keys)


def test_two_administrators_who_can_sign_in_always_remain():
    check_administrators_remain(others=[administrator("a"), administrator("b")], on=TODAY)
    leaving = new(Duty.SYSTEM_ADMINISTRATION, TODAY, TODAY + timedelta(days=1))
    for second in (
        administrator("b", keys=0),
        administrator("b", period=leaving),
        administrator("b", period=new(Duty.SYSTEM_ADMINISTRATION, TODAY + timedelta(days=1))),
        administrator("b", period=new(Duty.INTAKE)),
    ):
        with pytest.raises(TooFewAdministrators):
            check_administrators_remain(others=[administrator("a"), second], on=TODAY)


def test_a_code_is_typed_in_any_way_and_half_of_it_is_nothing():
    first, second = new_half(lambda alphabet: alphabet[7]), new_half(lambda alphabet: alphabet[9])
    assert first == "9999-9999-9999"
    typed = read_code("９９９９ ９９９９ ９９９９", second.lower().replace("-", ""))
    salt = bytes(16)
    assert [half_hash(half, salt=salt) for half in typed] == [
        half_hash(half, salt=salt) for half in (first, second)
    ]
    assert all(len(half) == HALF for half in typed)
    for wrong in ((first, ""), ("", second), (first + "A", second), (first + second, "")):
        assert read_code(*wrong) == ("", "")


@pytest.mark.parametrize(
    ("signed_in", "seen", "locked", "standing"),
    [
        (0, 0, False, SessionStanding.OPEN),
        (0, 14, False, SessionStanding.OPEN),
        (0, 15, False, SessionStanding.LOCKED),
        (0, 1, True, SessionStanding.LOCKED),
        (12 * 60 - 1, 1, False, SessionStanding.OPEN),
        (12 * 60, 1, False, SessionStanding.OVER),
        (12 * 60, 1, True, SessionStanding.OVER),
        (-1, -1, False, SessionStanding.OVER),
    ],
)
def test_a_session_locks_and_ends(signed_in, seen, locked, standing):
    assert (
        session_standing(
            signed_in_at=NOW - timedelta(minutes=signed_in),
            seen_at=NOW - timedelta(minutes=seen),
            locked=locked,
            now=NOW,
            limits=LIMITS,
        )
        is standing
    )
