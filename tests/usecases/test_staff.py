"""Staff come and go by two administrators, each act on record, nothing half done (40(7))."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from inro.practice.duties import Duty, SeparationBreached
from inro.practice.events import EventKind
from inro.practice.staff import (
    OneAdministrator,
    ProposalState,
    StaffFault,
    StaffRefused,
    TooFewAdministrators,
)
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import HeldDutyId, PasskeyId, ProposalId
from inro.store.models import AuditRow, EnrolmentCode, HeldDuty, Passkey, StaffMember, StaffProposal
from inro.store.reads.staff import (
    decided_proposals,
    open_proposals,
    proposal_record,
    staff_record,
    staff_records,
)
from inro.usecases.actor import DutyMissing
from inro.usecases.staff import (
    FoundedAlready,
    Founder,
    add_key,
    appoint_staff,
    dismiss_staff,
    end_duty,
    end_passkey,
    found_staff,
    propose_appointment,
    propose_dismissal,
    propose_end_of_duty,
    propose_new_key,
    withdraw_proposal,
)
from tests import given
from tests.usecases import given_staff as house
from tests.usecases.given_staff import FIRST, NOW, SECOND, THIRD, TODAY, administrator


def kinds() -> list[str]:
    return list(AuditRow.objects.order_by("seq").values_list("kind", flat=True))


def confirmed(proposal: ProposalId, *, by: str = SECOND, now=NOW) -> bool:
    return appoint_staff(proposal=proposal, half=house.half(), actor=administrator(by), now=now)


def test_the_first_two_administrators_are_made_together(db):
    house.founded()
    assert [(one.person, one.duties_on(TODAY)) for one in staff_records()] == [
        (SECOND, {Duty.SYSTEM_ADMINISTRATION}),
        (FIRST, {Duty.SYSTEM_ADMINISTRATION}),
    ]
    made = [EventKind.STAFF_APPOINTED, EventKind.ENROLMENT_CODE_MADE]
    assert kinds() == [*made, *made]
    assert set(AuditRow.objects.values_list("actor", flat=True)) == {"operator-1000"}


def test_a_lost_screen_is_mended_by_new_codes_until_somebody_has_enrolled(db):
    house.founded()
    codes = house.founded(now=house.later(hours=1))
    assert EnrolmentCode.objects.filter(replaced_at=None).count() == StaffMember.objects.count() == 2
    one, other = codes[FIRST]
    house.Door().enrol(FIRST, one.text, other.text, house.SecurityKey(), now=house.later(hours=1))
    before = chain_end().seq
    with pytest.raises(FoundedAlready):
        house.founded()
    assert chain_end().seq == before


@pytest.mark.parametrize("second", [FIRST, "signer-1"])
def test_the_founders_are_two_persons(db, second):
    one, other = (
        Founder(person=person, name="名", first=house.half(), second=house.half())
        for person in (FIRST, second)
    )
    with pytest.raises(StaffRefused):
        found_staff(founders=[one, other], actor=house.OPERATOR, now=NOW)
    assert not StaffMember.objects.exists()


def test_nobody_founds_beside_the_founders(db):
    house.founded()
    others = [
        Founder(person=person, name="名", first=house.half(), second=house.half())
        for person in (FIRST, THIRD)
    ]
    with pytest.raises(FoundedAlready):
        found_staff(founders=others, actor=house.OPERATOR, now=NOW)
    with pytest.raises(DutyMissing):
        found_staff(founders=others, actor=administrator(FIRST), now=NOW)
    assert not StaffMember.objects.filter(person=THIRD).exists()


def test_one_proposes_another_confirms_and_the_person_is_appointed(db):
    proposal = house.proposed("mori", Duty.INTAKE, Duty.REVOCATION_INTAKE)
    assert not StaffMember.objects.exists()
    assert [one.proposal for one in open_proposals()] == [proposal]
    assert confirmed(proposal)
    record = staff_record("mori")
    assert record.name == "森　咲子"
    assert record.duties_on(TODAY) == {Duty.INTAKE, Duty.REVOCATION_INTAKE}
    assert record.duties_on(TODAY - timedelta(days=1)) == frozenset()
    assert record.code_until == house.later(hours=72)
    assert open_proposals() == ()
    assert [(one.proposed_by, one.decided_by) for one in decided_proposals()] == [(FIRST, SECOND)]
    assert kinds() == [EventKind.STAFF_PROPOSED, EventKind.STAFF_APPOINTED, EventKind.ENROLMENT_CODE_MADE]


@pytest.mark.parametrize("confirmer", [FIRST, "mori"])
def test_neither_the_proposer_nor_the_person_confirms(db, confirmer):
    proposal = house.proposed()
    before = chain_end().seq
    with pytest.raises(OneAdministrator):
        confirmed(proposal, by=confirmer)
    assert chain_end().seq == before
    assert not StaffMember.objects.exists()
    assert proposal_record(proposal).state is ProposalState.OPEN


def test_nobody_proposes_about_himself(db):
    house.staffed()
    before = chain_end().seq
    with pytest.raises(OneAdministrator):
        house.proposed(FIRST, by=FIRST)
    for propose in (propose_dismissal, lambda **of: propose_new_key(half=house.half(), **of)):
        with pytest.raises(OneAdministrator):
            propose(person=FIRST, actor=administrator(FIRST), now=NOW)
    assert chain_end().seq == before


def test_the_tables_themselves_refuse_one_administrator_for_both(db):
    proposal = house.proposed()
    for person in (FIRST, "mori"):
        with pytest.raises(IntegrityError), transaction.atomic():
            StaffProposal.objects.filter(pk=proposal).update(
                state="confirmed", decided_by=person, decided_at=NOW
            )


def test_confirming_twice_appoints_once(db):
    proposal = house.proposed()
    confirmed(proposal)
    with pytest.raises(Conflict):
        confirmed(proposal, by=THIRD)
    assert HeldDuty.objects.count() == 1


def test_separations_are_asked_at_both_steps(db):
    with pytest.raises(SeparationBreached):
        house.proposed("mori", Duty.AUDIT, Duty.INTAKE)
    first, second = house.proposed("mori", Duty.AUDIT), house.proposed("mori", Duty.INTAKE)
    confirmed(first)
    with pytest.raises(SeparationBreached):
        confirmed(second)
    assert staff_record("mori").duties_on(TODAY) == {Duty.AUDIT}
    assert proposal_record(second).state is ProposalState.OPEN


def test_a_first_day_that_went_by_becomes_the_day_of_the_confirmation(db):
    proposal = house.proposed()
    confirmed(proposal, now=house.later(days=3))
    assert staff_record("mori").periods[0].first_day == TODAY + timedelta(days=3)


def test_an_appointment_whose_last_day_went_by_is_not_confirmed(db):
    proposal = house.proposed(last_day=TODAY)
    with pytest.raises(StaffRefused):
        confirmed(proposal, now=house.later(days=1))
    assert not StaffMember.objects.exists()


@pytest.mark.parametrize(
    ("name", "first_day", "fault"),
    [
        ("別人", TODAY, StaffFault.OTHER_NAME),
        ("森　咲子", TODAY - timedelta(days=1), StaffFault.IN_THE_PAST),
        ("", TODAY, StaffFault.NO_NAME),
    ],
)
def test_what_cannot_stand_is_not_proposed(db, name, first_day, fault):
    confirmed(house.proposed())
    before = chain_end().seq
    with pytest.raises(StaffRefused) as refusal:
        propose_appointment(
            person="mori",
            name=name,
            duties=[Duty.DISPATCH],
            first_day=first_day,
            last_day=None,
            half=house.half(),
            actor=administrator(FIRST),
            now=NOW,
        )
    assert refusal.value.fault is fault
    assert chain_end().seq == before


def test_who_has_a_key_gets_no_code_with_a_further_duty(db):
    house.staffed()
    house.appointed()
    proposal = house.proposed("mori", Duty.DISPATCH)
    assert not proposal_record(proposal).with_code
    assert not confirmed(proposal)
    assert staff_record("mori").duties_on(TODAY) == {Duty.INTAKE, Duty.DISPATCH}


def test_a_duty_ends_on_the_day_two_administrators_say(db):
    house.staffed()
    house.appointed()
    held = staff_record("mori").held[0]
    proposal = propose_end_of_duty(
        held_duty=held.held_duty, last_day=TODAY, actor=administrator(FIRST), now=NOW
    )
    with pytest.raises(OneAdministrator):
        end_duty(proposal=proposal, actor=administrator(FIRST), now=NOW)
    end_duty(proposal=proposal, actor=administrator(SECOND), now=NOW)
    assert staff_record("mori").duties_on(TODAY) == {Duty.INTAKE}
    assert staff_record("mori").duties_on(TODAY + timedelta(days=1)) == frozenset()
    assert kinds()[-1] == EventKind.DUTY_END_SET


def test_a_dismissal_ends_duties_keys_codes_and_proposals(db):
    house.staffed()
    house.appointed("mori")
    house.appointed(THIRD, Duty.SYSTEM_ADMINISTRATION)
    waiting = house.proposed("mori", Duty.DISPATCH)
    theirs = house.proposed("mori", Duty.RECEIPT, by=THIRD)
    proposal = propose_dismissal(person="mori", actor=administrator(FIRST), now=NOW)
    dismiss_staff(proposal=proposal, actor=administrator(SECOND), now=NOW)
    record = staff_record("mori")
    assert (record.is_active, record.keys_in_use, record.duties_on(TODAY)) == (False, 0, frozenset())
    assert {proposal_record(one).state for one in (waiting, theirs)} == {ProposalState.WITHDRAWN}
    with pytest.raises(StaffRefused) as refusal:
        house.proposed("mori", Duty.DISPATCH)
    assert refusal.value.fault is StaffFault.DISMISSED


def test_what_a_dismissed_administrator_proposed_is_withdrawn(db):
    house.staffed()
    house.appointed(THIRD, Duty.SYSTEM_ADMINISTRATION)
    theirs = house.proposed("mori", by=THIRD)
    proposal = propose_dismissal(person=THIRD, actor=administrator(FIRST), now=NOW)
    dismiss_staff(proposal=proposal, actor=administrator(SECOND), now=NOW)
    assert proposal_record(theirs).state is ProposalState.WITHDRAWN


def test_the_second_to_last_administrator_stays(db):
    house.staffed()
    key = Passkey.objects.get(member__person=SECOND)
    held = staff_record(SECOND).held[0].held_duty
    dismissal = propose_dismissal(person=SECOND, actor=administrator(FIRST), now=NOW)
    end = propose_end_of_duty(held_duty=held, last_day=TODAY, actor=administrator(FIRST), now=NOW)
    before = chain_end().seq
    for refused in (
        lambda: dismiss_staff(proposal=dismissal, actor=administrator(THIRD), now=NOW),
        lambda: end_duty(proposal=end, actor=administrator(THIRD), now=NOW),
        lambda: end_passkey(passkey=PasskeyId(key.pk), actor=administrator(FIRST), now=NOW),
    ):
        with pytest.raises(TooFewAdministrators):
            refused()
    assert chain_end().seq == before
    assert staff_record(SECOND).duties_on(TODAY) == {Duty.SYSTEM_ADMINISTRATION}


def test_a_lost_key_ends_at_one_administrators_word(db):
    house.staffed()
    house.appointed()
    key = staff_record("mori").passkeys[0].passkey
    end_passkey(passkey=key, actor=administrator(FIRST), now=NOW)
    assert staff_record("mori").keys_in_use == 0
    assert kinds()[-1] == EventKind.PASSKEY_ENDED
    with pytest.raises(Conflict):
        end_passkey(passkey=key, actor=administrator(FIRST), now=NOW)


def test_a_new_key_needs_two_administrators_as_well(db):
    house.staffed()
    house.appointed()
    first, second = house.half(), house.half()
    proposal = propose_new_key(person="mori", half=first, actor=administrator(FIRST), now=NOW).proposal
    with pytest.raises(StaffRefused) as refusal:
        propose_new_key(person="mori", half=first, actor=administrator(SECOND), now=NOW)
    assert refusal.value.fault is StaffFault.PROPOSED_ALREADY
    with pytest.raises(OneAdministrator):
        add_key(proposal=proposal, half=second, actor=administrator(FIRST), now=NOW)
    add_key(proposal=proposal, half=second, actor=administrator(SECOND), now=NOW)
    house.Door().enrol("mori", first.text, second.text, house.SecurityKey())
    assert staff_record("mori").keys_in_use == 2


def test_a_withdrawn_proposal_is_never_confirmed(db):
    proposal = house.proposed()
    withdraw_proposal(proposal=proposal, actor=administrator(SECOND), now=NOW)
    with pytest.raises(Conflict):
        confirmed(proposal)
    assert kinds() == [EventKind.STAFF_PROPOSED, EventKind.STAFF_PROPOSAL_WITHDRAWN]


@pytest.mark.parametrize(
    "asked",
    [
        lambda: confirmed(ProposalId(7)),
        lambda: withdraw_proposal(proposal=ProposalId(7), actor=administrator(FIRST), now=NOW),
        lambda: end_duty(proposal=house.proposed(), actor=administrator(SECOND), now=NOW),
        lambda: propose_dismissal(person="nobody", actor=administrator(FIRST), now=NOW),
        lambda: propose_end_of_duty(
            held_duty=HeldDutyId(7), last_day=TODAY, actor=administrator(FIRST), now=NOW
        ),
        lambda: end_passkey(passkey=PasskeyId(7), actor=administrator(FIRST), now=NOW),
    ],
)
def test_what_is_not_on_record_is_said(db, asked):
    with pytest.raises(Unknown):
        asked()


def test_no_other_duty_appoints(db):
    proposal = house.proposed()
    with pytest.raises(DutyMissing):
        appoint_staff(proposal=proposal, half=house.half(), actor=given.EXAMINER, now=NOW)
    assert not StaffMember.objects.exists()


def test_no_name_is_in_the_log_and_no_code_in_any_row(db):
    first, second = house.half(), house.half()
    appoint_staff(proposal=house.proposed(first=first), half=second, actor=administrator(SECOND), now=NOW)
    rows = str([vars(row) for kind in (AuditRow, EnrolmentCode, StaffProposal) for row in kind.objects.all()])
    for half in (first, second):
        assert half.text not in rows
        assert half.text.replace("-", "") not in rows
    assert "森" not in str([vars(row) for row in AuditRow.objects.all()])


def test_what_was_proposed_stays_as_it_was(db):
    house.staffed()
    house.appointed()
    for change in (
        lambda: StaffProposal.objects.update(proposed_by="x"),
        lambda: HeldDuty.objects.update(duty="audit"),
        lambda: Passkey.objects.update(public_key=b""),
        lambda: EnrolmentCode.objects.update(first_hash=bytes(32)),
        lambda: HeldDuty.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
