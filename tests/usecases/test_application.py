"""Applications: each act from its states, by two officers, with nothing done when refused (7-9, 16)."""

from dataclasses import replace

import pytest

from inro.pki.approvers import ApprovalRefused
from inro.pki.assertion import Assertion, AssertionRefused
from inro.practice.application import ApplicationState
from inro.practice.approval import Purpose
from inro.practice.content import CertifiedContent
from inro.practice.duties import SeparationBreached
from inro.practice.transitions import ActNotAllowed
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId
from inro.store.models import Application, Decision, IssuanceOrder
from inro.store.numbers import is_number
from inro.store.reads.application import (
    application_by_number,
    application_record,
    applications,
    case_timeline,
)
from inro.usecases.act import act
from inro.usecases.actor import DutyMissing
from inro.usecases.application import (
    find_deficient,
    record_form_printed,
    record_resubmission,
    withdraw_application,
)
from inro.usecases.decision import Approval, OtherMatter
from inro.usecases.examination import accept_application, conclude_examination
from tests import given

EXAM, ACCEPT = Purpose.EXAMINATION, Purpose.ACCEPTANCE


@pytest.fixture
def house():
    return given.office()


def untouched(state: ApplicationState, seq: int) -> None:
    """Nothing happened: the state, the log and the orders are as they were."""
    assert Application.objects.get().state == state
    assert chain_end().seq == seq
    assert IssuanceOrder.objects.count() == 0


def accept(house, application, **changes):
    by = changes.pop("by", "p-accept")
    approval = given.application_approval(house, application, purpose=ACCEPT, by=by, **changes)
    accept_application(
        application=application,
        approval=approval,
        officers=house.officers,
        actor=given.person(by),
        now=given.NOW,
    )


def test_numbers_are_distinct_and_carry_a_check_character(db):
    numbers = [application_record(given.drafted()).number for _ in range(3)]
    assert numbers[0].startswith("A26-000001-")
    assert len(set(numbers)) == 3
    assert all(is_number(number) for number in numbers)


def test_a_deficient_application_comes_back_and_is_accepted(db, house):
    application = given.examining()
    find_deficient(
        application=application, points=2, points_sha256="0" * 64, actor=given.EXAMINER, now=given.NOW
    )
    corrected = replace(given.FORM, kana="タカハシ　ハナ")
    record_resubmission(application=application, form=corrected, actor=given.EXAMINER, now=given.NOW)
    assert application_record(application).state is ApplicationState.EXAMINING
    assert application_record(application).form == corrected


def test_the_timeline_of_a_case_tells_it_in_order(db, house):
    given.revoked(house, given.issued(house))
    number = applications()[0].number
    kinds = [entry.kind.value for entry in case_timeline(application_by_number(number).application_id)]
    assert kinds[0] == "application.drafted"
    assert kinds[-1] == "revocation.certificate_revoked"
    assert kinds.index("issuance.serial_reserved") < kinds.index("issuance.signing")


def test_without_the_duty_nothing_happens(db):
    application = given.drafted()
    before = chain_end().seq
    with pytest.raises(DutyMissing):
        given.receive_application(
            application=application, received_at=given.NOW, actor=given.DESK, now=given.NOW
        )
    untouched(ApplicationState.DRAFTED, before)


def test_an_act_out_of_its_state_is_refused(db):
    application = given.drafted()
    before = chain_end().seq
    with pytest.raises(ActNotAllowed):
        given.begin_examination(application=application, actor=given.EXAMINER, now=given.NOW)
    untouched(ApplicationState.DRAFTED, before)


def test_an_unknown_application_is_said_so(db):
    with pytest.raises(Unknown):
        record_form_printed(application=ApplicationId(99), actor=given.EXAMINER, now=given.NOW)


def test_before_acceptance_one_may_withdraw_after_it_never(db, house):
    application = given.examined(house)
    accept(house, application)
    order = given.ordered(house, application)
    before = chain_end().seq
    with pytest.raises(ActNotAllowed):
        withdraw_application(application=application, actor=given.EXAMINER, now=given.NOW)
    assert chain_end().seq == before
    assert IssuanceOrder.objects.get().pk == order
    other = given.drafted()
    withdraw_application(application=other, actor=given.EXAMINER, now=given.NOW)
    assert application_record(other).state is ApplicationState.WITHDRAWN


def test_a_rejection_names_the_deciding_officer(db, house):
    application = given.examined(house)
    given.reject(house, application)
    record = application_record(application)
    assert (record.state, record.decider) == (ApplicationState.REJECTED, "p-accept")


def test_one_officer_never_examines_and_accepts(db, house):
    application = given.examining()
    conclude_examination(
        application=application,
        content=given.CONTENT,
        findings=given.FINDINGS,
        approval=given.application_approval(house, application, purpose=EXAM, by="p-both"),
        officers=house.officers,
        actor=given.person("p-both"),
        now=given.NOW,
    )
    before = chain_end().seq
    with pytest.raises(SeparationBreached):
        accept(house, application, by="p-both")
    untouched(ApplicationState.EXAMINED, before)


def test_the_database_too_knows_that_officers_differ(db, house):
    application = given.examined(house)
    with pytest.raises(Conflict, match="application_two_officers"):
        _decide_by_hand(application)


def _decide_by_hand(application: ApplicationId) -> None:
    with act(actor=given.DESK, now=given.NOW) as doing:
        doing.nothing()
        Application.objects.filter(pk=application).update(decider="p-exam")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"case": "A26-999999-0"}, OtherMatter),
        ({"verdict": "reject"}, OtherMatter),
        ({"content": {"certificate": {}, "period": "1y"}}, OtherMatter),
        ({"purpose_signed": True}, OtherMatter),
        ({"edition": "2021-04-14"}, OtherMatter),
        ({"examination_ended_at": ""}, OtherMatter),
        ({"examination_ended_at": "2099-01-01T00:00:00+00:00"}, OtherMatter),
        ({"examination_ended_at": "2026-01-01T00:00:00"}, OtherMatter),
        ({"duty": "examination"}, ApprovalRefused),
        ({"roster_version": 2}, ApprovalRefused),
        ({"expires_at": given.NOW}, ApprovalRefused),
        ({"profile_sha256": "00" * 32}, ApprovalRefused),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value.__name__,
)
def test_an_approval_of_anything_else_accepts_nothing(db, house, changes, refusal):
    application = given.examined(house)
    before = chain_end().seq
    if changes.pop("purpose_signed", False):
        changes["purpose"] = EXAM
    approval = given.application_approval(house, application, purpose=ACCEPT, by="p-accept")
    content = replace(approval.content, **changes)
    with pytest.raises(refusal):
        accept_application(
            application=application,
            approval=house.approve("p-accept", content),
            officers=house.officers,
            actor=given.ACCEPTOR,
            now=given.NOW,
        )
    untouched(ApplicationState.EXAMINED, before)
    assert Decision.objects.count() == 1


def test_a_content_changed_after_the_signature_is_refused(db, house):
    application = given.examined(house)
    signed = given.application_approval(house, application, purpose=ACCEPT, by="p-accept")
    moved = Approval(content=replace(signed.content, nonce="ff" * 16), assertion=signed.assertion)
    before = chain_end().seq
    with pytest.raises(AssertionRefused):
        accept_application(
            application=application,
            approval=moved,
            officers=house.officers,
            actor=given.ACCEPTOR,
            now=given.NOW,
        )
    untouched(ApplicationState.EXAMINED, before)


def test_somebody_elses_assertion_is_not_ones_own(db, house):
    application = given.examined(house)
    before = chain_end().seq
    approval = given.application_approval(house, application, purpose=ACCEPT, by="p-accept")
    with pytest.raises(OtherMatter):
        accept_application(
            application=application,
            approval=approval,
            officers=house.officers,
            actor=given.person("p-both"),
            now=given.NOW,
        )
    untouched(ApplicationState.EXAMINED, before)


def test_an_assertion_serves_once(db, house):
    one, other = given.examining(), given.examining()
    approval = given.application_approval(house, one, purpose=EXAM, by="p-exam")
    acting = {
        "content": given.CONTENT,
        "findings": given.FINDINGS,
        "officers": house.officers,
        "actor": given.EXAMINER,
        "now": given.NOW,
    }
    conclude_examination(application=one, approval=approval, **acting)
    given.begin_examination(application=one, actor=given.EXAMINER, now=given.NOW)
    before = chain_end().seq
    with pytest.raises(Conflict):
        conclude_examination(application=one, approval=approval, **acting)
    assert chain_end().seq == before
    with pytest.raises(OtherMatter):
        conclude_examination(application=other, approval=approval, **acting)


def test_virtual_security_keys_count_in_a_demonstration_only(db):
    house = given.office(virtual_allowed=False)
    application = given.examining()
    before = chain_end().seq
    with pytest.raises(ApprovalRefused):
        conclude_examination(
            application=application,
            content=given.CONTENT,
            findings=given.FINDINGS,
            approval=given.application_approval(house, application, purpose=EXAM, by="p-exam"),
            officers=house.officers,
            actor=given.EXAMINER,
            now=given.NOW,
        )
    untouched(ApplicationState.EXAMINING, before)


def test_another_content_than_approved_is_not_fixed(db, house):
    application = given.examining()
    before = chain_end().seq
    other = CertifiedContent(subscriber_id="S1", name="鈴木　一郎", name_romaji="SUZUKI ICHIRO")
    with pytest.raises(OtherMatter):
        conclude_examination(
            application=application,
            content=other,
            findings=given.FINDINGS,
            approval=given.application_approval(house, application, purpose=EXAM, by="p-exam"),
            officers=house.officers,
            actor=given.EXAMINER,
            now=given.NOW,
        )
    untouched(ApplicationState.EXAMINING, before)


def test_an_empty_assertion_is_refused(db, house):
    application = given.examining()
    content = given.application_approval(house, application, purpose=EXAM, by="p-exam").content
    nothing = Assertion(credential_id=b"", authenticator_data=b"", client_data_json=b"", signature=b"")
    with pytest.raises(ApprovalRefused):
        conclude_examination(
            application=application,
            content=given.CONTENT,
            findings=given.FINDINGS,
            approval=Approval(content=content, assertion=nothing),
            officers=house.officers,
            actor=given.EXAMINER,
            now=given.NOW,
        )
