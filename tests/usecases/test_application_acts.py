"""What happens to an application, and what never does (2.1, 6.2, 7, 9.1, 9.2, 16, 40(7))."""

import pytest

from inro.practice.application import ApplicationState
from inro.practice.approval import Purpose
from inro.practice.duties import SeparationBreached
from inro.practice.transitions import ActNotAllowed
from inro.practice.validity import ValidityPeriod
from inro.store.audit import chain_end
from inro.store.models import Application, IssuanceOrder
from inro.store.states import ApplicantKind
from inro.usecases.actor import DutyMissing, process
from inro.usecases.application import (
    begin_examination,
    find,
    find_deficient,
    receive_application,
    record_application,
    record_resubmission,
    reject_application,
    withdraw_application,
)
from inro.usecases.decision import OtherMatter
from inro.usecases.examination import accept_application, conclude_examination
from tests import given


def test_acceptance_under_another_edition_than_the_one_consented_to_is_refused(db):
    house = given.office()
    application = given.examined(house)
    before = chain_end()
    for changes in ({"edition": "2023-04-25"}, {"edition_sha256": "ee" * 32}):
        approval = given.application_approval(
            house, application, purpose=Purpose.ACCEPTANCE, by="p-accept", **changes
        )
        with pytest.raises(OtherMatter):
            accept_application(
                application=application,
                approval=approval,
                officers=house.officers,
                actor=given.ACCEPTOR,
                now=given.NOW,
            )
    row = find(application)
    assert (row.edition, row.state) == (given.EDITION, ApplicationState.EXAMINED)
    assert chain_end() == before
    assert not IssuanceOrder.objects.exists()


def test_one_person_never_examines_and_accepts(db):
    house = given.office()
    application = given.examining()
    both = given.person("p-both")
    conclude_examination(
        application=application,
        content=given.CONTENT,
        approval=given.application_approval(house, application, purpose=Purpose.EXAMINATION, by="p-both"),
        officers=house.officers,
        actor=both,
        now=given.NOW,
    )
    before = chain_end()
    approval = given.application_approval(house, application, purpose=Purpose.ACCEPTANCE, by="p-both")
    with pytest.raises(SeparationBreached):
        accept_application(
            application=application, approval=approval, officers=house.officers, actor=both, now=given.NOW
        )
    assert find(application).state == ApplicationState.EXAMINED
    assert chain_end() == before


def test_after_acceptance_nobody_withdraws(db):
    given.accepted(given.office())
    application = Application.objects.get()
    before = chain_end()
    with pytest.raises(ActNotAllowed):
        withdraw_application(application=application.pk, actor=given.EXAMINER, now=given.NOW)
    assert find(application.pk).state == ApplicationState.ACCEPTED
    assert chain_end() == before


def test_before_acceptance_an_application_can_be_withdrawn(db):
    application = given.examining()
    withdraw_application(application=application, actor=given.EXAMINER, now=given.NOW)
    row = find(application)
    assert (row.state, row.closed_at) == (ApplicationState.WITHDRAWN, given.NOW)


def test_corrected_papers_go_back_into_examination(db):
    application = given.examining()
    find_deficient(
        application=application, points=2, points_sha256="aa" * 32, actor=given.EXAMINER, now=given.NOW
    )
    assert find(application).state == ApplicationState.DEFICIENT
    corrected = given.STATED | {"address": "東京都千代田区丸の内一丁目1番1号 501号室"}
    record_resubmission(application=application, stated=corrected, actor=given.EXAMINER, now=given.NOW)
    row = find(application)
    assert (row.state, row.stated) == (ApplicationState.EXAMINING, corrected)


def test_a_rejected_application_opens_no_order(db):
    application = given.examined(given.office())
    reject_application(application=application, reason_sha256="bb" * 32, actor=given.ACCEPTOR, now=given.NOW)
    assert find(application).state == ApplicationState.REJECTED
    assert not IssuanceOrder.objects.exists()
    with pytest.raises(ActNotAllowed):
        begin_examination(application=application, actor=given.EXAMINER, now=given.NOW)


def test_a_renewal_is_an_application_of_its_own(db):
    given.issued(given.office())
    earlier = Application.objects.get()
    renewal = record_application(
        kind=ApplicantKind.COMPANY_EMPLOYEE,
        period=ValidityPeriod.TWO_YEARS,
        stated=given.STATED,
        edition=given.EDITION,
        edition_sha256=given.EDITION_SHA256,
        actor=process("wizard"),
        now=given.NOW,
        predecessor=earlier.pk,
    )
    row = find(renewal)
    assert row.state == ApplicationState.DRAFTED
    assert row.number != earlier.number
    assert find(earlier.pk).state == ApplicationState.ISSUED
    assert IssuanceOrder.objects.count() == 1


def test_who_lacks_the_duty_does_nothing(db):
    application = given.drafted()
    before = chain_end()
    with pytest.raises(DutyMissing):
        receive_application(
            application=application, received_at=given.NOW, actor=given.ACCEPTOR, now=given.NOW
        )
    assert find(application).state == ApplicationState.DRAFTED
    assert chain_end() == before
