"""The third approval and approvals given anew before the card is made (6.1, 9.1, 17.1)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inro.pki.approvers import ApprovalRefused
from inro.practice.approval import APPROVAL_STANDS, TO_ISSUE, Purpose
from inro.practice.duties import SeparationBreached
from inro.practice.transitions import GuardRefused
from inro.practice.validity import ValidityPeriod
from inro.store.audit import chain_end
from inro.store.errors import Conflict
from inro.store.models import Decision, IssuanceOrder
from inro.usecases.actor import DutyMissing
from inro.usecases.decision import OtherMatter
from inro.usecases.issuance_order import order_issuance, repeat_approval
from tests import given

PERSON_OF = {Purpose.EXAMINATION: "p-exam", Purpose.ACCEPTANCE: "p-accept", Purpose.ISSUANCE: "p-issue"}


@pytest.fixture
def house(db):
    return given.office()


@pytest.fixture
def accepted(house):
    application = given.examined(house)
    given.accept(house, application)
    return application


def approval(house, application, purpose=Purpose.ISSUANCE, *, by="p-issue", now=given.NOW, **changes):
    return given.application_approval(house, application, purpose=purpose, by=by, now=now, **changes)


def order(house, application, signed, *, by="p-issue", now=given.NOW):
    return order_issuance(
        application=application, approval=signed, officers=house.officers, actor=given.person(by), now=now
    )


def repeat(house, application, purpose, *, now):
    by = PERSON_OF[purpose]
    ended = {"examination_ended_at": given.NOW.isoformat()} if purpose is Purpose.ACCEPTANCE else {}
    repeat_approval(
        application=application,
        approval=approval(house, application, purpose, by=by, now=now, **ended),
        officers=house.officers,
        actor=given.person(by),
        now=now,
    )


def test_acceptance_alone_opens_no_order(house, accepted):
    assert not IssuanceOrder.objects.exists()
    made = order(house, accepted, approval(house, accepted))
    assert IssuanceOrder.objects.get().pk == made


def test_who_accepted_does_not_approve_the_issuance(house):
    application = given.examined(house)
    signed = given.application_approval(house, application, purpose=Purpose.ACCEPTANCE, by="p-both")
    given.accept_application(
        application=application,
        approval=signed,
        officers=house.officers,
        actor=given.person("p-both"),
        now=given.NOW,
    )
    before = chain_end()
    with pytest.raises(SeparationBreached):
        order(house, application, approval(house, application, by="p-both"), by="p-both")
    assert chain_end() == before


def test_what_is_not_accepted_is_not_ordered(house):
    application = given.examined(house)
    with pytest.raises(Conflict):
        order(house, application, approval(house, application))


def test_one_order_for_one_application(house, accepted):
    given.ordered(house, accepted)
    with pytest.raises(Conflict):
        order(house, accepted, approval(house, accepted))
    assert IssuanceOrder.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"purpose": Purpose.ACCEPTANCE}, OtherMatter),
        ({"case": "A26-999999-0"}, OtherMatter),
        ({"edition": "2021-04-14"}, OtherMatter),
        ({"content": {}}, OtherMatter),
        ({"follows": "00" * 32}, ApprovalRefused),
        ({"expires_at": given.NOW}, ApprovalRefused),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value.__name__,
)
def test_an_approval_of_anything_else_orders_nothing(house, accepted, changes, refusal):
    content = replace(approval(house, accepted).content, **changes)
    before = chain_end()
    with pytest.raises(refusal):
        order(house, accepted, house.approve("p-issue", content))
    assert chain_end() == before
    assert not IssuanceOrder.objects.exists()


def test_without_the_duty_nothing_is_ordered(house, accepted):
    with pytest.raises(DutyMissing):
        order(house, accepted, approval(house, accepted), by="p-accept")


def test_no_order_is_opened_that_would_pass_the_laws_five_years(house):
    application = given.examined(house, period=ValidityPeriod.FOUR_YEARS_TEN_MONTHS)
    given.accept(house, application)
    late = given.NOW + timedelta(days=62)
    for purpose in TO_ISSUE[:2]:
        repeat(house, application, purpose, now=late)
    with pytest.raises(GuardRefused, match="five_years_are_kept"):
        order(house, application, approval(house, application, now=late), now=late)


def test_approvals_that_ran_out_are_given_anew_one_after_the_other(house, accepted):
    late = given.NOW + APPROVAL_STANDS
    with pytest.raises(ApprovalRefused, match="expired"):
        order(house, accepted, approval(house, accepted, now=late), now=late)
    repeat(house, accepted, Purpose.EXAMINATION, now=late)
    with pytest.raises(ApprovalRefused, match="expired"):
        order(house, accepted, approval(house, accepted, now=late), now=late)
    repeat(house, accepted, Purpose.ACCEPTANCE, now=late)
    order(house, accepted, approval(house, accepted, now=late), now=late)
    assert Decision.objects.count() == 5


def test_an_acceptance_given_anew_does_not_move_the_end_of_the_examination(house, accepted):
    later = given.NOW + timedelta(days=1)
    moved = approval(house, accepted, Purpose.ACCEPTANCE, by="p-accept", now=later)
    with pytest.raises(OtherMatter, match="examination_ended_at"):
        repeat_approval(
            application=accepted,
            approval=moved,
            officers=house.officers,
            actor=given.ACCEPTOR,
            now=later,
        )


def test_a_rejection_is_not_given_anew(house, accepted):
    asked = replace(approval(house, accepted).content, purpose=Purpose.REJECTION)
    with pytest.raises(OtherMatter, match="purpose"):
        repeat_approval(
            application=accepted,
            approval=house.approve("p-accept", asked),
            officers=house.officers,
            actor=given.ACCEPTOR,
            now=given.NOW,
        )


def test_once_the_certificate_is_made_nothing_is_given_anew(house):
    given.issued(house)
    application = Decision.objects.first().application_id
    with pytest.raises(Conflict):
        repeat(house, application, Purpose.EXAMINATION, now=given.NOW)
