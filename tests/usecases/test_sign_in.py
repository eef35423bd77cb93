"""At the office's door: codes and answers that serve once, copies and other sites refused (40(7))."""

from datetime import timedelta

import pytest

from inro.pki.assertion import AssertionRefused
from inro.pki.passkey import PasskeyCloned
from inro.practice.duties import Duty
from inro.practice.enrolment import EnrolmentCodeExpired, EnrolmentCodeUsed, EnrolmentCodeWrong
from inro.practice.events import EventKind
from inro.practice.session import SessionEnd
from inro.store.errors import Conflict
from inro.store.ids import PasskeyId
from inro.store.models import AuditRow, Passkey, RefusedEntry
from inro.store.reads.staff import credential_ids, staff_record, staff_with_passkey
from inro.usecases.actor import Actor, DutyMissing
from inro.usecases.enrolment import enrol_passkey, open_enrolment
from inro.usecases.entry import EntryClosedForAWhile
from inro.usecases.sign_in import (
    NoDutyToday,
    PasskeyUnknown,
    end_session,
    sign_in,
    sign_out,
    unlock_session,
)
from inro.usecases.staff import appoint_staff, end_passkey
from tests.passkeys import HERE, PRESENT, SecurityKey
from tests.usecases import given_staff as house
from tests.usecases.given_staff import FIRST, NOW, OFFICE, SECOND, TODAY, administrator, later


def last() -> str:
    return AuditRow.objects.order_by("-seq").values_list("kind", flat=True)[0]


def opened(person: str, first: str, second: str, *, now=NOW):
    return open_enrolment(person=person, first=first, second=second, actor=OFFICE, now=now)


def test_a_person_enrols_by_both_halves_and_signs_in(db):
    key = house.staffed()[FIRST]
    entered = house.Door().sign_in(key)
    assert (entered.member.person, entered.member.duties_on(TODAY)) == (FIRST, {Duty.SYSTEM_ADMINISTRATION})
    row = AuditRow.objects.order_by("-seq")[0]
    assert (row.kind, row.actor) == (EventKind.SIGNED_IN, FIRST)
    record = staff_with_passkey(staff=entered.member.staff, passkey=entered.passkey)
    assert record is not None
    assert record.passkeys[0].used_at == NOW
    assert credential_ids(record.staff) == (key.credential_id,)


def test_half_a_code_or_anothers_enrols_nothing(db):
    codes = house.founded()
    (one, other), (others, _) = codes[FIRST], codes[SECOND]
    for person, first, second in (
        (FIRST, one.text, others.text),
        (FIRST, other.text, one.text),
        (SECOND, one.text, other.text),
    ):
        with pytest.raises(EnrolmentCodeWrong):
            opened(person, first, second)
    with pytest.raises(EnrolmentCodeWrong):
        opened("nobody", one.text, other.text)
    assert last() == EventKind.ENROLMENT_REFUSED
    assert not Passkey.objects.exists()


def test_five_wrong_codes_close_the_way_in_for_half_an_hour_even_for_the_right_one(db):
    one, other = house.founded()[FIRST]
    for _ in range(5):
        with pytest.raises(EnrolmentCodeWrong):
            opened(FIRST, other.text, other.text)
    assert last() == EventKind.ENTRY_CLOSED_FOR_A_WHILE
    rows = AuditRow.objects.count()
    with pytest.raises(EntryClosedForAWhile) as closed:
        opened(FIRST, one.text, other.text)
    assert closed.value.until == later(minutes=30)
    assert AuditRow.objects.count() == rows
    opened(FIRST, one.text, other.text, now=later(minutes=31))
    assert not RefusedEntry.objects.exists()


def test_a_code_serves_once(db):
    one, other = house.founded()[FIRST]
    house.Door().enrol(FIRST, one.text, other.text, SecurityKey())
    with pytest.raises(EnrolmentCodeUsed):
        opened(FIRST, one.text, other.text)
    assert Passkey.objects.count() == 1


def test_of_two_browsers_with_one_code_the_second_enrols_nothing(db):
    one, other = house.founded()[FIRST]
    codes = [opened(FIRST, one.text, other.text) for _ in range(2)]
    for code, refusal in zip(codes, (None, EnrolmentCodeUsed), strict=True):
        challenge = house.Door().challenge()
        asked = {
            "code": code,
            "registration": SecurityKey().register(challenge),
            "challenge": challenge,
            "relying_party": HERE,
            "label": "",
            "actor": OFFICE,
            "now": NOW,
        }
        if refusal is None:
            enrol_passkey(**asked)
        else:
            with pytest.raises(refusal):
                enrol_passkey(**asked)
    assert Passkey.objects.count() == 1


def test_a_code_expires(db):
    one, other = house.founded()[FIRST]
    code = opened(FIRST, one.text, other.text, now=later(hours=71, minutes=59))
    challenge = house.Door().challenge()
    with pytest.raises(EnrolmentCodeExpired):
        enrol_passkey(
            code=code,
            registration=SecurityKey().register(challenge),
            challenge=challenge,
            relying_party=HERE,
            label="",
            actor=OFFICE,
            now=later(hours=72),
        )
    with pytest.raises(EnrolmentCodeExpired):
        opened(FIRST, one.text, other.text, now=later(hours=72))
    assert not Passkey.objects.exists()


def test_a_newer_code_takes_the_place_of_an_older_one(db):
    one, other = house.founded()[FIRST]
    house.founded()
    with pytest.raises(EnrolmentCodeWrong):
        opened(FIRST, one.text, other.text)


def test_one_key_is_enrolled_once_for_one_person(db):
    codes = house.founded()
    key = SecurityKey()
    house.Door().enrol(FIRST, *(half.text for half in codes[FIRST]), key)
    with pytest.raises(Conflict):
        house.Door().enrol(SECOND, *(half.text for half in codes[SECOND]), key)
    assert staff_record(SECOND).passkeys == ()
    assert staff_record(SECOND).code_until is not None


@pytest.mark.parametrize(
    "key",
    [
        SecurityKey(origin="https://office.example"),
        SecurityKey(rp_id="office.example"),
        SecurityKey(flags=PRESENT),
    ],
)
def test_a_key_made_for_another_site_or_without_its_person_is_not_enrolled(db, key):
    one, other = house.founded()[FIRST]
    with pytest.raises(AssertionRefused):
        house.Door().enrol(FIRST, one.text, other.text, key)
    assert not Passkey.objects.exists()
    assert last() == EventKind.ENROLMENT_REFUSED
    house.Door().enrol(FIRST, one.text, other.text, SecurityKey())


def test_an_answer_sent_again_is_refused(db):
    key = house.staffed()[FIRST]
    challenge = bytes(32)
    answer = key.sign(challenge)
    asked = {"assertion": answer, "relying_party": HERE, "actor": OFFICE, "now": NOW}
    sign_in(challenge=challenge, **asked)
    with pytest.raises(AssertionRefused):
        sign_in(challenge=house.Door().challenge(), **asked)
    with pytest.raises(PasskeyCloned):
        sign_in(challenge=challenge, **asked)
    assert last() == EventKind.SIGN_IN_REFUSED


def test_a_copy_of_a_key_is_found_out_when_the_other_was_used(db):
    key = house.staffed()[FIRST]
    copy = SecurityKey(private=key.private, count=key.count)
    house.Door().sign_in(key)
    house.Door().sign_in(key)
    with pytest.raises(PasskeyCloned):
        house.Door().sign_in(copy)
    house.Door().sign_in(key)


def test_a_key_without_a_counter_signs_in_every_time(db):
    one, other = house.founded()[FIRST]
    key = SecurityKey(step=0)
    house.Door().enrol(FIRST, one.text, other.text, key)
    for minutes in range(3):
        house.Door().sign_in(key, now=later(minutes=minutes))


@pytest.mark.parametrize("wrong", ["origin", "rp_id", "flags", "private"])
def test_an_answer_of_another_site_person_or_key_is_refused(db, wrong):
    key = house.staffed()[FIRST]
    other = {
        "origin": "http://localhost:8001",
        "rp_id": "office.example",
        "flags": PRESENT,
        "private": SecurityKey().private,
    }
    given = {"private": key.private, "count": 7} | {wrong: other[wrong]}
    with pytest.raises((AssertionRefused, PasskeyUnknown)):
        house.Door().sign_in(SecurityKey(**given))
    assert last() == EventKind.SIGN_IN_REFUSED
    house.Door().sign_in(key)


def test_many_refused_answers_close_the_way_in_for_that_key_alone(db):
    keys = house.staffed()
    copy = SecurityKey(private=keys[FIRST].private, flags=PRESENT, count=3)
    for _ in range(10):
        with pytest.raises(AssertionRefused):
            house.Door().sign_in(copy)
    keys[FIRST].count = 50
    with pytest.raises(EntryClosedForAWhile):
        house.Door().sign_in(keys[FIRST])
    house.Door().sign_in(keys[SECOND])
    house.Door().sign_in(keys[FIRST], now=later(minutes=10))


def test_keys_of_nobody_fill_the_log_only_so_far(db):
    house.staffed()
    for _ in range(60):
        with pytest.raises(PasskeyUnknown):
            house.Door().sign_in(SecurityKey())
    rows = AuditRow.objects.count()
    with pytest.raises(EntryClosedForAWhile):
        house.Door().sign_in(SecurityKey())
    assert AuditRow.objects.count() == rows


def test_an_ended_key_and_a_person_without_duty_stay_outside(db):
    house.staffed()
    key = house.appointed("mori", Duty.INTAKE, last_day=TODAY)
    house.Door().sign_in(key)
    with pytest.raises(NoDutyToday):
        house.Door().sign_in(key, now=later(days=1))
    passkey = PasskeyId(Passkey.objects.get(member__person="mori").pk)
    end_passkey(passkey=passkey, actor=administrator(FIRST), now=NOW)
    with pytest.raises(PasskeyUnknown):
        house.Door().sign_in(key)


def test_a_duty_to_come_opens_nothing_before_its_day(db):
    house.staffed()
    first, second, key = house.half(), house.half(), SecurityKey()
    proposal = house.proposed("mori", first_day=TODAY + timedelta(days=1), first=first)
    appoint_staff(proposal=proposal, half=second, actor=administrator(SECOND), now=NOW)
    house.Door().enrol("mori", first.text, second.text, key)
    with pytest.raises(NoDutyToday):
        house.Door().sign_in(key)
    assert house.Door().sign_in(key, now=later(days=1)).member.person == "mori"


def test_only_who_signed_in_unlocks(db):
    keys = house.staffed()
    staff = staff_record(FIRST).staff
    for key, refusal in ((keys[SECOND], PasskeyUnknown), (keys[FIRST], None)):
        challenge = house.Door().challenge()
        asked = {
            "staff": staff,
            "assertion": key.sign(challenge),
            "challenge": challenge,
            "relying_party": HERE,
            "actor": OFFICE,
            "now": NOW,
        }
        if refusal:
            with pytest.raises(refusal):
                unlock_session(**asked)
        else:
            unlock_session(**asked)
    assert last() == EventKind.SESSION_UNLOCKED


def test_the_end_of_a_session_is_on_record(db):
    sign_out(actor=Actor(name=FIRST), now=NOW)
    assert last() == EventKind.SIGNED_OUT
    end_session(person=FIRST, reason=SessionEnd.DUTY_ENDED, actor=OFFICE, now=NOW)
    assert last() == EventKind.SESSION_ENDED
    with pytest.raises(DutyMissing):
        end_session(person=FIRST, reason=SessionEnd.TIME_OVER, actor=Actor(name=FIRST), now=NOW)
