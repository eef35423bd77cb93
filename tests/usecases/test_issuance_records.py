"""What issuance leaves on record, and what can't be recorded a second time (5.2, 17.1-17.4, 19.3, 24.1)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from inro.practice.card import CardState, MailerState
from inro.practice.parcels import Address, Mail
from inro.store.audit import chain_end
from inro.store.errors import Conflict
from inro.store.models import Application, Card, Erasure, Mailer, Parcel, SubscriberKey
from inro.store.reads.issuance import issuance_order
from inro.store.states import ErasedThing
from inro.usecases.issuance_card import intend_mailer, record_key_on_card, record_mailer_printed, spoil_card
from tests import given


def test_the_erasure_of_key_and_pin_is_on_record_with_its_evidence(db):
    order = given.card_ready(given.accepted(given.office()))
    erased = {row.kind: row for row in Erasure.objects.all()}
    assert set(erased) == {ErasedThing.SUBSCRIBER_KEY, ErasedThing.PIN}
    assert all(row.evidence == given.EVIDENCE for row in erased.values())
    assert erased[ErasedThing.SUBSCRIBER_KEY].spki_sha256 == SubscriberKey.objects.get().spki_sha256
    assert issuance_order(order).card is not None


def test_a_pin_mailer_is_intended_and_printed_once(db):
    order = given.card_ready(given.accepted(given.office()))
    before = chain_end()
    with pytest.raises(Conflict):
        intend_mailer(order=order, actor=given.STATION, now=given.NOW)
    with pytest.raises(Conflict):
        record_mailer_printed(order=order, evidence=given.EVIDENCE, actor=given.STATION, now=given.NOW)
    with pytest.raises(Conflict):
        spoil_card(order=order, why="again", actor=given.STATION, now=given.NOW)
    assert Mailer.objects.get().state == MailerState.PRINTED
    assert chain_end() == before


def test_a_card_given_up_takes_its_mailer_along(db):
    order = given.reserved(given.accepted(given.office()))
    record_key_on_card(
        order=order,
        public_key_info=given.public_key_info(),
        origin="hsm-session",
        evidence=given.EVIDENCE,
        actor=given.STATION,
        now=given.NOW,
    )
    spoil_card(order=order, why="CardSpoiled", actor=given.STATION, now=given.NOW)
    assert Card.objects.get().state == CardState.SPOILED
    assert issuance_order(order).card is None


def test_no_public_key_comes_onto_a_second_card(db):
    house = given.office()
    known = given.public_key_info()
    first, second = given.accepted(house), given.accepted(house)
    given.reserved(first)
    _record_key(first, known)
    given.blank_cards(1)
    # The station finishes its first order before it takes a second, so the first is given up.
    spoil_card(order=first, why="CardSpoiled", actor=given.STATION, now=given.NOW)
    for order in (first, second):
        assert issuance_order(order).card is None
    given.reserved(first)
    before = chain_end()
    with pytest.raises(Conflict):
        _record_key(first, known)
    assert SubscriberKey.objects.count() == 1
    assert chain_end() == before


@pytest.mark.parametrize(
    ("mail", "address", "card", "mailer"),
    [
        (Mail.SIMPLIFIED_REGISTERED, Address.SUBSCRIBER_RESIDENT_RECORD, True, False),
        (Mail.RESTRICTED_DELIVERY, Address.PROXY_SEAL_CERTIFICATE, True, True),
        (Mail.SIMPLIFIED_REGISTERED, Address.PROXY_SEAL_CERTIFICATE, False, True),
        (Mail.RESTRICTED_DELIVERY, Address.SUBSCRIBER_RESIDENT_RECORD, False, False),
    ],
)
def test_the_record_takes_no_parcel_against_the_ways_of_posting(db, mail, address, card, mailer):
    given.card_ready(given.accepted(given.office()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.create(
            application=Application.objects.get(),
            card=Card.objects.get() if card else None,
            mailer=Mailer.objects.get() if mailer else None,
            mail=mail,
            address=address,
            tracking_number="12345678901",
            posted_on=date(2026, 12, 2),
        )
    assert not Parcel.objects.exists()


def _record_key(order, public_key_info):
    record_key_on_card(
        order=order,
        public_key_info=public_key_info,
        origin="hsm-session",
        evidence=given.EVIDENCE,
        actor=given.STATION,
        now=given.NOW,
    )
