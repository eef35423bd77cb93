"""Parcels: packed by scan, to a verified address, a proxy's card and PIN by two persons (17.4, 24.1)."""

from datetime import timedelta

import pytest

from inro.practice.card import CardState, MailerState
from inro.practice.duties import SeparationBreached
from inro.practice.packing import ReturnReason
from inro.practice.parcels import Content, Scanned, WrongContents, WrongTrackingNumber
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, ParcelId
from inro.store.models import Card, Mailer, Parcel
from inro.store.reads.receipt import receipt_record
from inro.usecases.actor import DutyMissing
from inro.usecases.dispatch import (
    dispatch_mailer,
    dispatch_parcel,
    record_returned_parcel,
    spoil_returned_card,
)
from inro.usecases.expiry import expire_certificates
from tests import given, posted

DESK = {"actor": given.DESK, "now": given.NOW}
DAY = timedelta(days=1)


@pytest.fixture
def house(db):
    return given.office()


@pytest.fixture
def issued(house) -> ApplicationId:
    return posted.issued(house)


@pytest.fixture
def proxys(house) -> ApplicationId:
    """An issued application with a proxy recipient."""
    return posted.issued(house, findings=given.WITH_PROXY)


def nothing_posted(before) -> None:
    assert chain_end() == before
    assert Parcel.objects.count() == 0
    assert Card.objects.get().state == CardState.PERSONALISED
    assert Mailer.objects.get().state == MailerState.PRINTED


def test_card_and_pin_go_to_the_subscriber_in_one_parcel(issued):
    parcel = posted.to_subscriber(issued)
    assert Card.objects.get().state == CardState.SENT
    assert Mailer.objects.get().state == MailerState.SENT
    assert receipt_record(issued).dispatched_on == posted.DAY
    with pytest.raises(ActNotAllowed):
        posted.to_subscriber(issued, number=5)
    assert Parcel.objects.get().pk == parcel
    assert Parcel.objects.get().posted_by == "p-desk"


def test_with_a_proxy_card_and_pin_go_apart_by_two_persons(proxys):
    posted.to_proxy(proxys)
    posted.pin_alone(proxys)
    contents = sorted((p.card_id is not None, p.mailer_id is not None) for p in Parcel.objects.all())
    assert contents == [(False, True), (True, False)]
    assert {p.posted_by for p in Parcel.objects.all()} == {"p-desk", "p-mail"}


@pytest.mark.parametrize("first", ["card", "pin"])
def test_one_person_posts_not_both_of_a_proxys_case(proxys, first):
    # p-desk is appointed to both duties: it is the case that parts them.
    acts = {"card": posted.to_proxy, "pin": posted.pin_alone}
    acts.pop(first)(proxys, by=given.DESK)
    before = chain_end()
    with pytest.raises(SeparationBreached):
        acts.popitem()[1](proxys, by=given.DESK)
    assert chain_end() == before
    assert Parcel.objects.count() == 1


def test_the_duties_of_card_and_pin_are_two(proxys):
    before = chain_end()
    with pytest.raises(DutyMissing):
        posted.to_proxy(proxys, by=given.MAIL)
    with pytest.raises(DutyMissing):
        posted.pin_alone(proxys, by=given.EXAMINER)
    nothing_posted(before)


@pytest.mark.parametrize("act", [posted.to_proxy, posted.pin_alone])
def test_without_a_verified_proxy_nothing_is_split(issued, act):
    before = chain_end()
    with pytest.raises(GuardRefused, match="addressee_is_confirmed"):
        act(issued)
    nothing_posted(before)


def test_a_certificate_that_is_revoked_is_not_posted(house):
    made = given.issued(house)
    given.revoked(house, made)
    before = chain_end()
    with pytest.raises(GuardRefused, match="certificate_is_valid"):
        posted.to_subscriber(posted.application_of(made))
    nothing_posted(before)


@pytest.mark.parametrize("is_recorded", [False, True])
def test_a_certificate_that_ended_is_not_posted(issued, is_recorded):
    later = given.NOW + 500 * DAY
    if is_recorded:
        expire_certificates(actor=given.SIGNER, now=later)
    before = chain_end()
    with pytest.raises(GuardRefused, match="certificate_is_valid"):
        posted.to_subscriber(issued, now=later)
    nothing_posted(before)


@pytest.mark.parametrize("wrong", [[Content.CARD], [Content.CARD, Content.PIN_MAILER]])
def test_a_parcel_with_other_contents_is_not_posted(issued, wrong):
    before = chain_end()
    with pytest.raises(WrongContents):
        dispatch_parcel(
            application=issued,
            proxy=False,
            scanned=posted.scan(issued, wrong),
            tracking=posted.tracking(),
            posted_on=posted.DAY,
            **DESK,
        )
    nothing_posted(before)


def test_a_parcel_of_another_application_is_not_posted(house, issued):
    other = posted.issued(house)
    before = chain_end()
    scanned = posted.scan(other, posted.TOGETHER)
    with pytest.raises(GuardRefused, match="packing_is_checked"):
        dispatch_parcel(
            application=issued,
            proxy=False,
            scanned=scanned,
            tracking=posted.tracking(),
            posted_on=posted.DAY,
            **DESK,
        )
    assert chain_end() == before
    assert not Parcel.objects.exists()


def test_a_wrong_tracking_number_posts_nothing(proxys):
    before = chain_end()
    with pytest.raises(WrongTrackingNumber):
        dispatch_mailer(
            application=proxys,
            scanned=[Scanned(content=Content.PIN_MAILER, application=posted.number_of(proxys))],
            tracking="30000000000",
            posted_on=posted.DAY,
            actor=given.MAIL,
            now=given.NOW,
        )
    nothing_posted(before)


def test_a_returned_parcel_is_split_for_a_proxy(proxys):
    parcel = posted.to_subscriber(proxys)
    record_returned_parcel(
        parcel=parcel, returned_on=posted.DAY + 12 * DAY, reason=ReturnReason.NOT_COLLECTED, **DESK
    )
    assert Card.objects.get().state == CardState.RETURNED
    with pytest.raises(Conflict):
        record_returned_parcel(
            parcel=parcel, returned_on=posted.DAY, reason=ReturnReason.NOT_COLLECTED, **DESK
        )
    posted.to_proxy(proxys, number=7, on=posted.DAY + 13 * DAY)
    # Whoever had the card in hand, together with the PIN or not, does not post the PIN.
    with pytest.raises(SeparationBreached):
        posted.pin_alone(proxys, by=given.DESK, on=posted.DAY + 13 * DAY)
    posted.pin_alone(proxys, on=posted.DAY + 13 * DAY)
    # A later posting to a proxy recipient extends nothing (18.7, 23.1).
    assert receipt_record(proxys).dispatched_on == posted.DAY
    with pytest.raises(Unknown):
        record_returned_parcel(
            parcel=ParcelId(99), returned_on=posted.DAY, reason=ReturnReason.NOT_COLLECTED, **DESK
        )


def test_a_card_that_came_back_is_taken_out_of_use_with_its_mailer(issued):
    parcel = posted.to_subscriber(issued)
    record_returned_parcel(
        parcel=parcel, returned_on=posted.DAY + 12 * DAY, reason=ReturnReason.NOT_COLLECTED, **DESK
    )
    spoil_returned_card(application=issued, **DESK)
    assert Card.objects.get().state == CardState.SPOILED
    assert Mailer.objects.get().state == MailerState.SPOILED
