"""Slips, reminders, doubts: what confirms delivery, what waits for a person (18.4-18.7, 22.1(1))."""

from datetime import date, timedelta

import pytest

from inro.practice.calendar import start_of_day
from inro.practice.card import CardState
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, ObjectionId, SlipId
from inro.store.models import Card, Notice, ReceiptObjection, ReceiptSlip
from inro.store.reads.receipt import receipt_record, unconfirmed_receipts
from inro.usecases.actor import Actor, DutyMissing
from inro.usecases.objection import admit_objection, decide_objection, record_objection
from inro.usecases.receipt import confirm_parked_slip
from tests import given, posted

DAY = timedelta(days=1)
D = posted.DAY


@pytest.fixture
def sent(db) -> ApplicationId:
    """An application whose card was posted on D."""
    application = posted.issued(given.office())
    posted.to_subscriber(application)
    return application


def confirm(slip: SlipId, *, on: date) -> None:
    confirm_parked_slip(
        slip=slip, terms=given.TERMS, calendar=given.CALENDAR, actor=given.DESK, now=start_of_day(on)
    )


def doubt(
    application: ApplicationId, contacted_on: date, *, by: Actor = given.DESK, today: date | None = None
) -> ObjectionId:
    return record_objection(
        application=application,
        contacted_on=contacted_on,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=by,
        now=start_of_day(today or contacted_on),
    )


def settle(objection: ObjectionId, on: date, *, by: Actor = given.ACCEPTOR) -> None:
    decide_objection(objection=objection, founded=False, actor=by, now=start_of_day(on))


def test_a_slip_with_name_and_registered_seal_confirms_delivery(sent):
    verdict = posted.slip(sent)
    assert verdict.parked_for is None
    assert unconfirmed_receipts() == ()
    assert Card.objects.get().state == CardState.RECEIVED
    before = chain_end()
    with pytest.raises((Conflict, ActNotAllowed)):
        posted.slip(sent)
    assert chain_end() == before


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [({"seal_matches": False}, "registered_seal_agrees"), ({"name_agrees": False}, "name_agrees")],
)
def test_a_slip_with_another_name_or_seal_confirms_nothing(sent, changes, lacking):
    verdict = posted.slip(sent, **changes)
    assert verdict.parked_for == lacking
    assert [record.application_id for record in unconfirmed_receipts()] == [sent]
    assert Card.objects.get().state == CardState.SENT
    before = chain_end()
    with pytest.raises(GuardRefused, match=lacking):
        confirm(verdict.slip, on=D + DAY)
    assert chain_end() == before
    # A second one, as it should be, does.
    assert posted.slip(sent).parked_for is None


def test_before_the_card_was_posted_there_is_no_slip(db):
    application = posted.issued(given.office())
    before = chain_end()
    with pytest.raises(Unknown):
        posted.slip(application)
    assert chain_end() == before
    assert not ReceiptSlip.objects.exists()


def test_the_reminder_goes_from_the_twenty_first_day_and_once(sent):
    before = chain_end()
    with pytest.raises(GuardRefused):
        posted.remind(sent, D + 20 * DAY)
    assert chain_end() == before
    posted.remind(sent, D + 21 * DAY)
    assert receipt_record(sent).reminder_arrived_on == date(2026, 12, 22)
    with pytest.raises(GuardRefused):
        posted.remind(sent, D + 22 * DAY)
    assert Notice.objects.count() == 1


def test_doubts_in_time_park_the_slip_until_they_are_decided_on(sent):
    objection = doubt(sent, D + 20 * DAY)
    verdict = posted.slip(sent, on=D + 21 * DAY)
    assert verdict.parked_for == "no_doubts_are_open"
    assert Card.objects.get().state == CardState.SENT
    before = chain_end()
    with pytest.raises(GuardRefused, match="no_doubts_are_open"):
        confirm(verdict.slip, on=D + 22 * DAY)
    assert chain_end() == before
    settle(objection, D + 22 * DAY)
    confirm(verdict.slip, on=D + 22 * DAY)
    assert Card.objects.get().state == CardState.RECEIVED
    assert receipt_record(sent).slip_arrived_on == D + 21 * DAY
    with pytest.raises((Conflict, ActNotAllowed)):
        confirm(verdict.slip, on=D + 22 * DAY)
    with pytest.raises(Unknown):
        confirm(SlipId(99), on=D + 22 * DAY)


def test_no_reminder_while_doubts_told_in_time_are_open(sent):
    objection = doubt(sent, D + 20 * DAY)
    before = chain_end()
    with pytest.raises(GuardRefused, match="suspended"):
        posted.remind(sent, D + 30 * DAY)
    assert chain_end() == before
    settle(objection, D + 30 * DAY)
    with pytest.raises(GuardRefused, match="waiting"):
        posted.remind(sent, D + 30 * DAY)
    posted.remind(sent, D + 31 * DAY)
    assert receipt_record(sent).reminder_arrived_on == D + 31 * DAY


def test_late_doubts_hold_nothing_unless_a_person_admits_them(sent):
    objection = doubt(sent, D + 21 * DAY)
    posted.remind(sent, D + 21 * DAY)
    admit_objection(objection=objection, actor=given.ACCEPTOR, now=start_of_day(D + 22 * DAY))
    assert posted.slip(sent, on=D + 22 * DAY).parked_for == "no_doubts_are_open"
    settle(objection, D + 25 * DAY)
    # The reminder came while they were open: it counts no more, and goes out anew (18.5).
    posted.remind(sent, D + 26 * DAY)
    assert receipt_record(sent).reminder_arrived_on == D + 26 * DAY
    assert Notice.objects.count() == 2
    with pytest.raises(Conflict):
        admit_objection(objection=objection, actor=given.ACCEPTOR, now=given.NOW)


def test_a_slip_is_not_held_by_late_doubts_nobody_admitted(sent):
    doubt(sent, D + 21 * DAY)
    assert posted.slip(sent, on=D + 22 * DAY).parked_for is None


@pytest.mark.parametrize(
    ("contacted_on", "today", "lacking"),
    [
        (D - DAY, D, "contact_follows_the_dispatch"),
        (D + DAY, D, "contact_has_happened"),
    ],
)
def test_doubts_of_an_impossible_day_are_not_recorded(sent, contacted_on, today, lacking):
    before = chain_end()
    with pytest.raises(GuardRefused, match=lacking):
        doubt(sent, contacted_on, today=today)
    assert chain_end() == before
    assert not ReceiptObjection.objects.exists()


def test_doubts_are_told_once_and_decided_once_by_those_appointed(sent):
    objection = doubt(sent, D)
    before = chain_end()
    with pytest.raises(Conflict):
        doubt(sent, D)
    with pytest.raises(DutyMissing):
        doubt(sent, D, by=given.EXAMINER)
    with pytest.raises(DutyMissing):
        settle(objection, D, by=given.DESK)
    with pytest.raises(DutyMissing):
        admit_objection(objection=objection, actor=given.DESK, now=given.NOW)
    assert chain_end() == before
    settle(objection, D)
    before = chain_end()
    with pytest.raises(Conflict):
        settle(objection, D)
    with pytest.raises(Unknown):
        settle(ObjectionId(99), D)
    assert chain_end() == before
    # Others may be told later.
    doubt(sent, D + DAY)
