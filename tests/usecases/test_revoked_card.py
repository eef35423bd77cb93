"""A revoked certificate's card never leaves the house: held back, called back, destroyed (17.4, 22.1)."""

from datetime import timedelta

import pytest

from inro.practice.call_back import CallBackOutcome
from inro.practice.card import CardState, MailerState
from inro.practice.certificate import CertificateState
from inro.practice.events import EventKind
from inro.practice.packing import NotForPost, PackingRefused, PackingState, ReturnReason
from inro.practice.revocation import RefusalReason
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, CallBackId, CaseId, ParcelId
from inro.store.models import AuditRow, CallBack, Card, Certificate, Mailer, Packing, Parcel, PostingList
from inro.store.reads.dispatch import waiting_parcels
from inro.store.reads.revoked_card import revoked_cards, whereabouts
from inro.store.states import RevocationState
from inro.usecases.actor import DutyMissing
from inro.usecases.call_back import call_back_parcel, record_call_back_answer
from inro.usecases.card import destroy_card, destroy_mailer
from inro.usecases.dispatch import record_returned_parcel, spoil_returned_card
from inro.usecases.packing import keep_back_parcel
from inro.usecases.revocation_refusal import refuse_revocation
from inro.words.refusals import refusal_words
from tests import given, posted
from tests.usecases import given_packing as made

DAY = timedelta(days=1)
DESK = {"actor": given.DESK, "now": given.NOW}


@pytest.fixture
def house(db):
    return given.office()


@pytest.fixture
def issued(house) -> ApplicationId:
    return posted.issued(house)


def certificate_of(application: ApplicationId):
    return Certificate.objects.get(application=application).pk


def asked(application: ApplicationId) -> CaseId:
    """Let the organization ask for the revocation, which nobody has decided yet."""
    return given.requested(certificate_of(application))


def seen() -> set[str]:
    return set(AuditRow.objects.values_list("kind", flat=True))


def test_from_the_request_on_nothing_is_packed_and_a_refusal_frees_the_card(issued):
    case = asked(issued)
    with pytest.raises(GuardRefused) as refused:
        made.packed(issued)
    assert refused.value.guard == "no_revocation_stands"
    with pytest.raises(GuardRefused, match="no_revocation_stands"):
        posted.to_subscriber(issued)
    [waiting] = waiting_parcels()
    assert waiting.kept_back
    [card] = revoked_cards()
    assert (card.state, card.is_packed, card.is_revoked) == (CardState.PERSONALISED, False, False)
    refuse_revocation(
        case=case,
        reason=RefusalReason.NOT_AUTHENTIC,
        text="印影が登録印と一致しません",
        seen=RevocationState.REQUESTED,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.ACCEPTOR,
        now=given.NOW,
    )
    assert revoked_cards() == ()
    assert not waiting_parcels()[0].kept_back
    posted.to_subscriber(issued)
    assert Card.objects.get().state == CardState.SENT


def test_a_list_with_a_parcel_against_which_a_revocation_stands_is_not_handed_over(house, issued):
    other = posted.issued(house)
    first = made.packed(issued, tracking=posted.tracking(number=1))
    second = made.packed(other, tracking=posted.tracking(number=2))
    posting_list = made.listed(first, second)
    asked(other)
    with pytest.raises(NotForPost) as refused:
        made.handed_over(posting_list)
    assert refused.value.guard == "no_revocation_stands"
    assert "差し止める" in refusal_words(refused.value, "ja")
    keep_back_parcel(packing=second, **DESK)
    assert made.handed_over(posting_list) == 1
    assert Packing.objects.get(pk=second).state == PackingState.OPENED
    assert Card.objects.get(application=other).state == CardState.PERSONALISED
    with pytest.raises(ActNotAllowed):
        keep_back_parcel(packing=second, **DESK)


def test_a_list_that_held_nothing_else_is_given_up(issued):
    packing = made.packed(issued, tracking=posted.tracking())
    made.listed(packing)
    with pytest.raises(GuardRefused, match="a_revocation_stands"):
        keep_back_parcel(packing=packing, **DESK)
    asked(issued)
    with pytest.raises(DutyMissing):
        keep_back_parcel(packing=packing, actor=given.EXAMINER, now=given.NOW)
    keep_back_parcel(packing=packing, **DESK)
    assert PostingList.objects.get().given_up_at == given.NOW
    assert {EventKind.PARCEL_UNLISTED, EventKind.PARCEL_OPENED} <= seen()


def test_a_card_in_the_house_is_destroyed_with_its_mailer_once_no_parcel_holds_it(house, issued):
    packing = made.packed(issued)
    given.revoked(house, certificate_of(issued))
    with pytest.raises(PackingRefused):
        spoil_returned_card(application=issued, **DESK)
    keep_back_parcel(packing=packing, **DESK)
    spoil_returned_card(application=issued, **DESK)
    card, mailer = Card.objects.get(), Mailer.objects.get()
    assert (card.state, mailer.state) == (CardState.SPOILED, MailerState.SPOILED)
    destroy_card(serial=card.serial, **DESK)
    assert [one.serial for one in revoked_cards()] == [card.serial]
    destroy_mailer(number=mailer.number, actor=given.MAIL, now=given.NOW)
    assert revoked_cards() == ()


def test_a_card_that_may_still_be_sent_stays_in_use(house, issued):
    with pytest.raises(GuardRefused, match="nobody_may_be_sent_the_card"):
        spoil_returned_card(application=issued, **DESK)
    parcel = posted.to_subscriber(issued)
    record_returned_parcel(parcel=parcel, returned_on=posted.DAY, reason=ReturnReason.NOT_COLLECTED, **DESK)
    asked(issued)
    with pytest.raises(GuardRefused, match="nobody_may_be_sent_the_card"):
        spoil_returned_card(application=issued, **DESK)
    assert Card.objects.get().state == CardState.RETURNED


def test_a_parcel_on_its_way_is_called_back_comes_back_and_goes_no_more(house, issued):
    parcel = posted.to_subscriber(issued)
    given.revoked(house, certificate_of(issued))
    asked_for = call_back_parcel(parcel=parcel, called_on=posted.DAY, **DESK)
    with pytest.raises(Conflict, match="call"):
        call_back_parcel(parcel=parcel, called_on=posted.DAY, **DESK)
    answer = {"outcome": CallBackOutcome.STOPPED, "answered_on": posted.DAY}
    record_call_back_answer(call_back=asked_for, **answer, **DESK)
    with pytest.raises(Conflict):
        record_call_back_answer(call_back=asked_for, **answer, **DESK)
    [row] = CallBack.objects.all()
    assert (row.called_by, row.outcome, row.answered_to) == (
        given.DESK.name,
        CallBackOutcome.STOPPED,
        given.DESK.name,
    )
    assert [one.state for one in revoked_cards()] == [CardState.SENT]
    record_returned_parcel(parcel=parcel, returned_on=posted.DAY, reason=ReturnReason.CALLED_BACK, **DESK)
    assert Parcel.objects.get().return_reason == ReturnReason.CALLED_BACK
    assert whereabouts(issued).parcel is None
    with pytest.raises(GuardRefused, match="certificate_is_valid"):
        made.packed(issued)
    spoil_returned_card(application=issued, **DESK)
    assert Card.objects.get().state == CardState.SPOILED
    assert {EventKind.PARCEL_CALLED_BACK, EventKind.CALL_BACK_ANSWERED} <= seen()


@pytest.mark.parametrize("outcome", [CallBackOutcome.DELIVERED, CallBackOutcome.NOT_STOPPED])
def test_what_the_post_did_not_stop_has_left_the_house(house, issued, outcome):
    parcel = posted.to_subscriber(issued)
    given.revoked(house, certificate_of(issued))
    asked_for = call_back_parcel(parcel=parcel, called_on=posted.DAY, **DESK)
    record_call_back_answer(call_back=asked_for, outcome=outcome, answered_on=posted.DAY, **DESK)
    assert revoked_cards() == ()
    again = call_back_parcel(parcel=parcel, called_on=posted.DAY, **DESK)
    assert again != asked_for


def test_only_what_a_revocation_stands_against_is_called_back_and_on_days_that_can_be(house, issued):
    parcel = posted.to_subscriber(issued)
    with pytest.raises(GuardRefused, match="a_revocation_stands"):
        call_back_parcel(parcel=parcel, called_on=posted.DAY, **DESK)
    given.revoked(house, certificate_of(issued))
    for day in (posted.DAY - DAY, posted.DAY + DAY):
        with pytest.raises(GuardRefused, match="ask"):
            call_back_parcel(parcel=parcel, called_on=day, **DESK)
    asked_for = call_back_parcel(parcel=parcel, called_on=posted.DAY, **DESK)
    with pytest.raises(GuardRefused, match="answered_after_asking"):
        record_call_back_answer(
            call_back=asked_for, outcome=CallBackOutcome.STOPPED, answered_on=posted.DAY - DAY, **DESK
        )
    with pytest.raises(Unknown):
        call_back_parcel(parcel=ParcelId(99), called_on=posted.DAY, **DESK)
    with pytest.raises(Unknown):
        record_call_back_answer(
            call_back=CallBackId(99), outcome=CallBackOutcome.STOPPED, answered_on=posted.DAY, **DESK
        )
    record_returned_parcel(parcel=parcel, returned_on=posted.DAY, reason=ReturnReason.OTHER, **DESK)
    with pytest.raises(GuardRefused, match="parcel_is_on_its_way"):
        call_back_parcel(parcel=parcel, called_on=posted.DAY, **DESK)
    assert Certificate.objects.get().state == CertificateState.REVOKED
