"""A renewal is an application of its own, and a rejected one opens nothing (6.2, 7, 8.11, 9.2)."""

from dataclasses import replace

import pytest

from inro.practice.application import ApplicationState
from inro.practice.transitions import ActNotAllowed
from inro.practice.validity import ValidityPeriod
from inro.store.models import Application, IssuanceOrder
from inro.usecases.actor import process
from inro.usecases.application import begin_examination, find, record_application
from tests import given


def test_a_rejected_application_opens_no_order(db):
    house = given.office()
    application = given.examined(house)
    given.reject(house, application)
    assert find(application).state == ApplicationState.REJECTED
    assert not IssuanceOrder.objects.exists()
    with pytest.raises(ActNotAllowed):
        begin_examination(application=application, actor=given.EXAMINER, now=given.NOW)


def test_a_renewal_is_an_application_of_its_own(db):
    given.issued(given.office())
    earlier = Application.objects.get()
    renewal = record_application(
        form=replace(given.FORM, period=ValidityPeriod.TWO_YEARS),
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
