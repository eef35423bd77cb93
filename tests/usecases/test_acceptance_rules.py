"""Findings decide on acceptance, twenty days on rejection, five years on issuing (6.1, 8, 9, 46)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from inro.pki.canonical import canonical_sha256
from inro.practice.application import ApplicationState, TerminationReason
from inro.practice.calendar import end_of_day, jst_date, start_of_day
from inro.practice.card import CardState, MailerState
from inro.practice.duties import SeparationBreached
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.practice.validity import ValidityPeriod
from inro.store.audit import chain_end
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId, OrderId
from inro.store.models import Application, AuditRow, Card, IssuanceOrder, Mailer
from inro.store.reads.application import application_record, case_timeline
from inro.store.reads.issuance import issuance_order
from inro.store.states import OrderState
from inro.usecases.actor import Actor, DutyMissing
from inro.usecases.application import find, find_deficient, record_resubmission
from inro.usecases.issuance_card import reopen_order
from inro.usecases.issuance_certificate import claim_hand_over, refuse_hand_over
from inro.usecases.issuance_claim import claim_issuance_order
from inro.usecases.notice import NoticeText, send_notice
from inro.usecases.termination import terminate_application
from tests import given

DAY = timedelta(days=1)
LONGEST = ValidityPeriod.FOUR_YEARS_TEN_MONTHS
FLAWS = {
    "nothing_is_open": {"open_points": 1},
    "explanation_is_recorded": {"explanation_given": False},
    "form_is_sealed": {"seals_affixed": False},
    "address_agrees": {"address_agrees": False},
    "applicant_consents": {"applicant_consents": False},
    "no_individual_number_shows": {"individual_number_visible": True},
    "organization_consents": {"organization_consents": False},
    "proxy_address_agrees": {"proxy_address_agrees": False},
}


@pytest.fixture
def house(db):
    return given.office()


def untouched(application, state: ApplicationState, before) -> None:
    assert application_record(application).state is state
    assert chain_end() == before
    assert not IssuanceOrder.objects.exists()


@pytest.mark.parametrize("guard", FLAWS)
def test_what_examination_found_amiss_is_not_accepted(house, guard):
    application = given.examined(house, findings=replace(given.FINDINGS, **FLAWS[guard]))
    before = chain_end()
    with pytest.raises(GuardRefused) as refusal:
        given.accept(house, application)
    assert refusal.value.guard == guard
    untouched(application, ApplicationState.EXAMINED, before)


def test_the_findings_are_on_record_and_their_hash_in_the_log(house):
    application = given.examined(house)
    record = application_record(application)
    assert record.findings == given.FINDINGS.as_record()
    sha256 = canonical_sha256(record.findings)
    assert Application.objects.get().findings_sha256 == sha256
    [concluded] = [
        entry for entry in case_timeline(application) if entry.kind.value == "examination.concluded"
    ]
    assert concluded.details["findings_sha256"] == sha256


def test_a_case_sent_back_and_found_good_is_accepted(house):
    application = given.examined(house, findings=replace(given.FINDINGS, open_points=1))
    given.begin_examination(application=application, actor=given.ACCEPTOR, now=given.NOW)
    given.conclude(house, application)
    given.accept(house, application)
    assert issuance_order(given.ordered(house, application)).state is OrderState.WAITING


def deficient(application: ApplicationId, *, by: Actor = given.EXAMINER, on: date | None = None) -> None:
    now = start_of_day(on) if on else given.NOW
    find_deficient(application=application, points=1, points_sha256="0" * 64, actor=by, now=now)


def notify(application: ApplicationId, on: date, *, arrived: bool = True) -> None:
    send_notice(
        application=application,
        kind=NoticeKind.DEFICIENCY,
        clause="9.2",
        channel=Channel.POST,
        text=NoticeText(template="deficiency", sha256="0" * 64),
        sent_on=on,
        delivery=Delivery(channel=Channel.POST, postmark=on) if arrived else None,
        actor=given.DESK,
        now=start_of_day(on),
    )


TODAY = jst_date(given.NOW)


@pytest.mark.parametrize("notified", [None, "sent", "arrived"])
def test_nobody_rejects_while_papers_may_be_corrected(house, notified):
    application = given.examining()
    deficient(application)
    if notified:
        notify(application, TODAY + DAY, arrived=notified == "arrived")
    before = chain_end()
    with pytest.raises(GuardRefused, match="correction_time_is_over"):
        given.reject(house, application, now=end_of_day(TODAY + 21 * DAY))
    untouched(application, ApplicationState.DEFICIENT, before)


def test_after_the_twenty_days_another_person_rejects(house):
    application = given.examining()
    deficient(application)
    notify(application, TODAY + DAY)
    over = start_of_day(TODAY + 22 * DAY)
    before = chain_end()
    with pytest.raises(GuardRefused, match="reason_is_given"):
        given.reject(house, application, reason=" ", now=over)
    untouched(application, ApplicationState.DEFICIENT, before)
    given.reject(house, application, now=over)
    assert application_record(application).state is ApplicationState.REJECTED
    assert application_record(application).decider == "p-accept"


def test_who_found_papers_deficient_does_not_reject_them(house):
    application = given.examining()
    deficient(application, by=given.person("p-both"))
    notify(application, TODAY)
    before = chain_end()
    with pytest.raises(GuardRefused, match="another_person_decides"):
        given.reject(house, application, by="p-both", now=given.NOW + 30 * DAY)
    untouched(application, ApplicationState.DEFICIENT, before)


def test_an_earlier_rounds_notice_lets_nobody_reject(house):
    application = given.examining()
    deficient(application)
    notify(application, TODAY)
    record_resubmission(
        application=application, form=given.FORM, actor=given.EXAMINER, now=given.NOW + 18 * DAY
    )
    deficient(application, on=TODAY + 19 * DAY)
    before = chain_end()
    with pytest.raises(GuardRefused, match="correction_time_is_over"):
        given.reject(house, application, now=given.NOW + 30 * DAY)
    untouched(application, ApplicationState.DEFICIENT, before)
    notify(application, TODAY + 19 * DAY)
    given.reject(house, application, now=start_of_day(TODAY + 40 * DAY))
    assert application_record(application).state is ApplicationState.REJECTED


def test_an_examined_application_is_rejected_at_once_with_its_reason(house):
    application = given.examined(house)
    given.reject(house, application)
    assert "印鑑" not in AuditRow.objects.order_by("-seq")[0].details
    assert application_record(application).state is ApplicationState.REJECTED


def test_an_examination_too_old_for_the_five_years_opens_no_order(house):
    application = given.examined(house, period=LONGEST)
    before = chain_end()
    with pytest.raises(GuardRefused, match="five_years_are_kept"):
        given.accept(house, application, examination_ended_at=(given.NOW - 62 * DAY).isoformat())
    untouched(application, ApplicationState.EXAMINED, before)


def claim(now: datetime) -> OrderId | None:
    return claim_issuance_order(station=given.STATION.name, actor=given.STATION, now=now)


def test_an_order_that_waited_too_long_is_refused_by_name_and_the_next_claimed(house):
    late = given.accepted(house, period=LONGEST)
    then = given.NOW + 62 * DAY
    fresh = given.accepted(house, now=then, period=LONGEST)
    assert claim(then) == fresh
    row = IssuanceOrder.objects.get(pk=late)
    assert (row.state, row.refused_for, row.card) == (OrderState.REFUSED, "five_years_are_kept", None)
    assert claim(then) is None
    reopen_order(order=late, why="looked at", actor=given.DESK, now=then)
    assert claim(then) is None
    assert not Card.objects.exists()


def test_within_the_five_years_an_order_is_claimed(house):
    order = given.accepted(house, period=LONGEST)
    assert claim(given.NOW + 28 * DAY) == order


def test_who_decided_on_an_application_does_not_reopen_its_order(house):
    order = given.handed_over(given.accepted(house))
    refuse_hand_over(order=order, why="FindingsStand", actor=given.SIGNER, now=given.NOW)
    officer = replace(given.ACCEPTOR, duties=given.DESK.duties)
    before = chain_end()
    with pytest.raises(SeparationBreached):
        reopen_order(order=order, why="x", actor=officer, now=given.NOW)
    assert chain_end() == before
    assert issuance_order(order).state is OrderState.REFUSED


def terminate(
    application: ApplicationId,
    reason: TerminationReason = TerminationReason.ANTI_SOCIAL_FORCES,
    *,
    by: Actor = given.ACCEPTOR,
    now: datetime = given.NOW,
) -> None:
    terminate_application(application=application, reason=reason, actor=by, now=now)


def test_an_accepted_application_is_ended_before_its_card(house):
    order = given.accepted(house)
    application = issuance_order(order).application_id
    terminate(application)
    record = application_record(application)
    assert (record.state, record.closed_at) == (ApplicationState.TERMINATED, given.NOW)
    assert issuance_order(order).state is OrderState.ENDED
    assert claim(given.NOW) is None


def test_an_accepted_application_is_ended_before_its_issuing_is_approved(house):
    application = given.examined(house)
    given.accept(house, application)
    terminate(application, TerminationReason.DEATH)
    assert application_record(application).state is ApplicationState.TERMINATED
    with pytest.raises(Conflict):
        given.ordered(house, application)


def test_a_refused_order_ends_with_its_card_and_mailer(house):
    order = given.handed_over(given.accepted(house))
    refuse_hand_over(order=order, why="FindingsStand", actor=given.SIGNER, now=given.NOW)
    terminate(issuance_order(order).application_id, TerminationReason.DEATH)
    assert Card.objects.get().state == CardState.SPOILED
    assert Mailer.objects.get().state == MailerState.SPOILED
    assert claim_hand_over(signer=given.SIGNER.name, actor=given.SIGNER, now=given.NOW) is None


def test_an_order_a_station_holds_is_not_ended_under_it(house):
    order = given.reserved(given.accepted(house))
    application = issuance_order(order).application_id
    before = chain_end()
    with pytest.raises(GuardRefused, match="no_card_is_being_made"):
        terminate(application)
    assert chain_end() == before
    assert find(application).state == ApplicationState.ACCEPTED
    assert issuance_order(order).state is OrderState.CLAIMED


def test_five_years_that_are_not_over_end_nothing(house):
    order = given.accepted(house, period=LONGEST)
    application = issuance_order(order).application_id
    before = chain_end()
    with pytest.raises(GuardRefused):
        terminate(application, TerminationReason.FIVE_YEARS_OVER)
    with pytest.raises(DutyMissing):
        terminate(application, by=given.EXAMINER)
    assert chain_end() == before
    terminate(application, TerminationReason.FIVE_YEARS_OVER, now=given.NOW + 62 * DAY)
    assert issuance_order(order).state is OrderState.ENDED


def test_an_issued_application_is_not_ended_but_revoked(house):
    given.issued(house)
    application = ApplicationId(Application.objects.get().pk)
    before = chain_end()
    with pytest.raises(ActNotAllowed):
        terminate(application)
    assert chain_end() == before
