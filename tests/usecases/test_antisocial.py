"""Both officers look for anti-social forces; a match stops the case until it is rejected (46)."""

from datetime import timedelta

import pytest

from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.application import ApplicationState
from inro.practice.approval import Purpose
from inro.practice.duties import Duty
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.audit import chain_end
from inro.store.models import AuditRow
from inro.store.reads.antisocial import antisocial_records
from inro.store.reads.application import application_record
from inro.usecases.actor import DutyMissing
from inro.usecases.antisocial import record_antisocial_check
from inro.usecases.application import begin_examination, receive_application
from inro.usecases.examination import accept_application
from tests import given


@pytest.fixture
def house(db):
    return given.office()


def unchecked(house: given.Office, *officers) -> int:
    """Return an examined application that these officers have looked into, and no other."""
    application = given.drafted()
    receive_application(application=application, received_at=given.NOW, actor=given.EXAMINER, now=given.NOW)
    begin_examination(application=application, actor=given.EXAMINER, now=given.NOW)
    for officer in officers:
        given.look_for_forces(application, by=officer)
    given.conclude(house, application)
    return application


def accept(house: given.Office, application) -> None:
    accept_application(
        application=application,
        approval=given.application_approval(house, application, purpose=Purpose.ACCEPTANCE, by="p-accept"),
        officers=house.officers,
        actor=given.ACCEPTOR,
        now=given.NOW,
    )


@pytest.mark.parametrize("officers", [(), (given.EXAMINER,), (given.ACCEPTOR,)])
def test_without_the_check_of_each_officer_nothing_is_accepted(house, officers):
    application = unchecked(house, *officers)
    before = chain_end()
    with pytest.raises(GuardRefused, match="both_have_checked"):
        accept(house, application)
    assert chain_end() == before
    assert application_record(application).state is ApplicationState.EXAMINED


@pytest.mark.parametrize("finder", [given.EXAMINER, given.ACCEPTOR])
def test_a_match_of_either_stops_the_case(house, finder):
    application = given.examined(house)
    given.look_for_forces(
        application, by=finder, source=CheckSource.WEB_SEARCH, result=CheckResult.MATCH, remark="記事"
    )
    with pytest.raises(GuardRefused, match="no_match_is_found"):
        accept(house, application)
    given.reject(house, application, reason="約款に定める条件を満たさないため")
    assert application_record(application).state is ApplicationState.REJECTED


def test_a_namesake_told_apart_later_is_no_match(house):
    application = given.examined(house)
    given.look_for_forces(application, result=CheckResult.MATCH, remark="同姓同名")
    later = given.NOW + timedelta(minutes=5)
    given.look_for_forces(application, result=CheckResult.OTHER_PERSON, remark="生年が違う", now=later)
    accept(house, application)
    assert len(antisocial_records(application)) == 5


def test_a_check_names_officer_source_time_and_result(house):
    application = given.examining()
    record = antisocial_records(application)[1]
    assert (record.person, record.duty, record.source, record.result, record.checked_at) == (
        "p-accept",
        Duty.ACCEPTANCE,
        CheckSource.NEWS_DATABASE,
        CheckResult.NO_MATCH,
        given.NOW,
    )
    given.look_for_forces(application, result=CheckResult.MATCH, remark="暴力団員との記事")
    assert "記事" not in "\n".join(AuditRow.objects.values_list("details", flat=True))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"result": CheckResult.MATCH}, LetterRefused),
        ({"remark": "個人番号 123456789018"}, NumberInText),
        ({"checked_at": given.NOW + timedelta(hours=1)}, LetterRefused),
        ({"actor": given.DESK}, DutyMissing),
    ],
)
def test_a_check_that_is_not_whole_is_refused(house, changes, refusal):
    application = given.examining()
    facts = {
        "application": application,
        "source": CheckSource.OWN_LIST,
        "result": CheckResult.NO_MATCH,
        "remark": "",
        "checked_at": given.NOW,
        "actor": given.EXAMINER,
        "now": given.NOW,
    }
    before = chain_end()
    with pytest.raises(refusal):
        record_antisocial_check(**facts | changes)
    assert chain_end() == before


def test_before_the_envelope_and_after_the_decision_nobody_looks(house):
    with pytest.raises(ActNotAllowed):
        given.look_for_forces(given.drafted())
    application = given.examined(house)
    accept(house, application)
    with pytest.raises(ActNotAllowed):
        given.look_for_forces(application)
