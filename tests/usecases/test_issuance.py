"""The issuance walk on record: each step after the one before, nothing twice (17.1, 17.3, 19.3)."""

import hashlib

import pytest

from inro.practice.card import CardState, MailerState
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import OrderId
from inro.store.models import Card, Certificate, Erasure, IssuanceOrder, Mailer, SerialNumber, SubscriberKey
from inro.store.numbers import is_number, mailer_number
from inro.store.reads.issuance import (
    OrderRecord,
    held_orders,
    issuance_order,
    issuance_orders,
    order_of_application,
    public_key_is_known,
)
from inro.store.states import IssuanceStep, Medium, OrderState
from inro.usecases.actor import DutyMissing, process
from inro.usecases.card import destroy_card, destroy_mailer, receive_blank_cards
from inro.usecases.issuance_card import (
    intend_mailer,
    record_card_proof,
    record_certificate_on_card,
    record_hand_over,
    record_key_on_card,
    record_mailer_printed,
    release_card,
    reopen_order,
    reserve_card,
    spoil_card,
)
from inro.usecases.issuance_certificate import (
    claim_hand_over,
    record_certificate,
    record_signing_intent,
    refuse_hand_over,
    reserve_serial,
)
from inro.usecases.issuance_claim import claim_issuance_order
from tests import given

STATION = {"actor": given.STATION, "now": given.NOW}
SIGNER = {"actor": given.SIGNER, "now": given.NOW}


@pytest.fixture
def order(db) -> OrderId:
    return given.accepted(given.office())


def move_key(order: OrderId, public_key_info: bytes | None = None) -> None:
    record_key_on_card(
        order=order,
        public_key_info=public_key_info or given.public_key_info(),
        origin="hsm-session",
        evidence=given.EVIDENCE,
        **STATION,
    )


STEPS = {
    "move_key": move_key,
    "prove_key": lambda order: record_card_proof(order=order, challenge=b"c", signature=b"s", **STATION),
    "intend_mailer": lambda order: intend_mailer(order=order, **STATION),
    "print_mailer": lambda order: record_mailer_printed(order=order, evidence=given.EVIDENCE, **STATION),
    "hand_over": lambda order: record_hand_over(order=order, payload=b"{}", signature=b"s", **STATION),
}


def walked(order: OrderId, *, until: str | None) -> None:
    """Take the station's walk up to and including a step; None is the reserved card."""
    given.reserved(order)
    for name, take in STEPS.items():
        if until is None:
            return
        take(order)
        if name == until:
            return


@pytest.mark.parametrize("done", [None, *STEPS])
@pytest.mark.parametrize("tried", STEPS)
def test_only_the_next_step_can_be_recorded(order, done, tried):
    walked(order, until=done)
    names = [None, *STEPS]
    before = chain_end()
    if names.index(tried) == names.index(done) + 1:
        STEPS[tried](order)
        assert chain_end().seq > before.seq
    else:
        with pytest.raises(Conflict):
            STEPS[tried](order)
        assert chain_end() == before


def test_a_station_finds_its_unfinished_order_again_and_nobody_else_does(order):
    given.reserved(order)
    assert claim_issuance_order(station="station-1", **STATION) is None
    assert IssuanceOrder.objects.get().attempts == 1
    assert held_orders(station="station-1") == (order,)
    other = process("station-2")
    assert claim_issuance_order(station="station-2", actor=other, now=given.NOW) is None
    assert held_orders(station="station-2") == ()


def test_another_station_cannot_go_on_with_a_claimed_order(order):
    given.reserved(order)
    before = chain_end()
    with pytest.raises(Conflict):
        record_key_on_card(
            order=order,
            public_key_info=given.public_key_info(),
            origin="x",
            evidence={},
            actor=process("station-2"),
            now=given.NOW,
        )
    assert chain_end() == before
    assert SubscriberKey.objects.count() == Erasure.objects.count() == 0


def test_no_person_can_do_the_processes_acts(order):
    with pytest.raises(DutyMissing):
        claim_issuance_order(station="p-desk", actor=given.DESK, now=given.NOW)
    with pytest.raises(DutyMissing):
        claim_issuance_order(station="station-2", **STATION)
    assert IssuanceOrder.objects.get().state == OrderState.WAITING


def test_without_a_blank_card_of_the_medium_nothing_is_reserved(order):
    given.blank_cards(1)
    claim_issuance_order(station="station-1", **STATION)
    with pytest.raises(Unknown, match="blank"):
        reserve_card(order=order, medium=Medium.HARDWARE, **STATION)
    assert Card.objects.get().state == CardState.BLANK


def test_a_public_key_is_on_record_once_for_ever(order):
    spki = given.public_key_info()
    given.reserved(order)
    move_key(order, spki)
    spoil_card(order=order, why="test", **STATION)
    given.reserved(order)
    before = chain_end()
    with pytest.raises(Conflict):
        move_key(order, spki)
    assert chain_end() == before
    assert public_key_is_known(hashlib.sha256(spki).hexdigest())
    assert issuance_order(order).step is IssuanceStep.RESERVE_CARD


def waiting_again(order: OrderId) -> OrderRecord:
    """Return an order that waits as if no station had ever held it."""
    record = issuance_order(order)
    assert record.state is OrderState.WAITING
    assert (record.step, record.card, record.claimed_by) == (None, None, None)
    return record


@pytest.mark.parametrize("step", [None, "move_key", "prove_key", "intend_mailer"])
def test_before_the_mailer_is_printed_a_card_is_given_up_and_the_order_waits_again(order, step):
    walked(order, until=step)
    number = issuance_order(order).mailer_number
    spoil_card(order=order, why="interrupted", **STATION)

    record = waiting_again(order)
    card = Card.objects.get()
    assert card.state == CardState.SPOILED
    assert card.application_id == record.application_id
    if number:
        assert Mailer.objects.get(number=number).state == MailerState.SPOILED
        destroy_mailer(number=number, actor=given.DESK, now=given.NOW)
    destroy_card(serial=card.serial, actor=given.DESK, now=given.NOW)
    assert Card.objects.get().state == CardState.DESTROYED
    given.card_ready(order)
    assert issuance_order(order).mailer_number == mailer_number(order=order, attempt=2) != number


def test_a_card_nothing_was_written_onto_is_blank_again_and_serves_another_order(order):
    walked(order, until=None)
    release_card(order=order, why="not begun", **STATION)
    waiting_again(order)
    card = Card.objects.get()
    assert (card.state, card.application_id) == (CardState.BLANK, None)
    assert claim_issuance_order(station="station-1", **STATION) == order
    assert reserve_card(order=order, medium=Medium.VIRTUAL, **STATION).serial == card.serial


def test_an_order_without_a_card_is_given_back(order):
    claim_issuance_order(station="station-1", **STATION)
    release_card(order=order, why="no blank card", **STATION)
    assert issuance_order(order).state is OrderState.WAITING


@pytest.mark.parametrize("step", ["move_key", "prove_key", "intend_mailer", "print_mailer"])
def test_a_card_written_onto_is_never_blank_again(order, step):
    walked(order, until=step)
    before = chain_end()
    with pytest.raises(Conflict):
        release_card(order=order, why="not begun", **STATION)
    assert chain_end() == before
    assert Card.objects.get().state == CardState.RESERVED


@pytest.mark.parametrize("step", ["print_mailer", "hand_over"])
def test_once_the_mailer_is_printed_no_card_is_given_up(order, step):
    walked(order, until=step)
    before = chain_end()
    with pytest.raises(Conflict):
        spoil_card(order=order, why="interrupted", **STATION)
    assert chain_end() == before


def test_key_and_pin_erasures_are_on_record(order):
    given.card_ready(order)
    assert sorted(Erasure.objects.values_list("kind", flat=True)) == ["pin", "subscriber_key"]
    number = Mailer.objects.get().number
    assert is_number(number)
    assert number == mailer_number(order=order, attempt=1)


def test_the_signer_is_given_its_unfinished_hand_over_again(order):
    given.handed_over(order)
    assert claim_hand_over(signer="signer-1", **SIGNER) == order
    assert claim_hand_over(signer="signer-1", **SIGNER) == order
    assert claim_hand_over(signer="signer-2", actor=process("signer-2"), now=given.NOW) is None


def test_an_order_keeps_its_first_serial_and_its_first_intent(order):
    given.handed_over(order)
    first = reserve_serial(order=order, serial=given.serial(), **SIGNER)
    assert reserve_serial(order=order, serial=given.serial(), **SIGNER) == first
    signed, other = given.certificate(serial=first), given.certificate(serial=first)
    intent = given.intent_for(order, first, signed)
    assert record_signing_intent(order=order, intent=intent, **SIGNER) == intent
    assert (
        record_signing_intent(order=order, intent=given.intent_for(order, first, other), **SIGNER) == intent
    )
    with pytest.raises(Conflict, match="other bytes"):
        record_certificate(order=order, certificate=other.der, **SIGNER)
    made = record_certificate(order=order, certificate=signed.der, **SIGNER)
    before = chain_end()
    assert record_certificate(order=order, certificate=signed.der, **SIGNER) == made
    assert chain_end() == before
    assert Certificate.objects.count() == SerialNumber.objects.count() == 1


def test_an_intent_under_a_serial_of_another_order_is_refused(order):
    given.handed_over(order)
    number = given.serial()
    with pytest.raises(Conflict):
        record_signing_intent(
            order=order, intent=given.intent_for(order, number, given.certificate(serial=number)), **SIGNER
        )


def test_a_serial_is_never_reserved_twice(db):
    house = given.office()
    number = given.serial()
    one = given.handed_over(given.accepted(house))
    reserve_serial(order=one, serial=number, **SIGNER)
    other = given.accepted(house)
    with pytest.raises(Conflict):
        reserve_serial(order=other, serial=number, **SIGNER)
    assert SerialNumber.objects.count() == 1


@pytest.mark.parametrize("length", [8, 19, 21])
def test_a_serial_has_twenty_octets(order, length):
    with pytest.raises(Conflict):
        reserve_serial(order=order, serial=b"\x01" * length, **SIGNER)
    assert SerialNumber.objects.count() == 0


def test_no_certificate_without_a_recorded_intent(order):
    given.handed_over(order)
    number = reserve_serial(order=order, serial=given.serial(), **SIGNER)
    before = chain_end()
    with pytest.raises(Conflict, match="intent"):
        record_certificate(order=order, certificate=given.certificate(serial=number).der, **SIGNER)
    assert Certificate.objects.count() == 0
    assert chain_end() == before


def test_a_refused_hand_over_is_taken_up_with_another_card(order):
    given.handed_over(order)
    number = reserve_serial(order=order, serial=given.serial(), **SIGNER)
    refuse_hand_over(order=order, why="FindingsStand", **SIGNER)
    assert claim_hand_over(signer="signer-1", **SIGNER) is None
    reopen_order(order=order, why="key refused", actor=given.DESK, now=given.NOW)
    assert Card.objects.get().state == CardState.SPOILED
    assert Mailer.objects.get().state == MailerState.SPOILED
    given.handed_over(order)
    assert reserve_serial(order=order, serial=given.serial(), **SIGNER) == number


def test_what_is_about_to_be_signed_cannot_be_refused_any_more(order):
    given.handed_over(order)
    number = reserve_serial(order=order, serial=given.serial(), **SIGNER)
    intent = given.intent_for(order, number, given.certificate(serial=number))
    record_signing_intent(order=order, intent=intent, **SIGNER)
    with pytest.raises(Conflict):
        refuse_hand_over(order=order, why="x", **SIGNER)
    assert issuance_order(order).state is OrderState.HANDED_OVER


def test_a_card_that_reads_back_another_certificate_is_not_finished(order):
    given.certified(order)
    with pytest.raises(Conflict):
        record_certificate_on_card(order=order, read_back_sha256="0" * 64, **STATION)
    assert issuance_order(order).state is OrderState.CERTIFIED
    assert Card.objects.get().state == CardState.RESERVED


def test_orders_are_found_by_state_and_application(order):
    assert [record.order_id for record in issuance_orders(OrderState.WAITING)] == [order]
    assert order_of_application(issuance_order(order).application_id) == order
    with pytest.raises(Unknown):
        issuance_order(OrderId(99))


def test_a_card_serial_is_registered_once(db):
    given.blank_cards(1)
    card = Card.objects.get()
    again = given.BlankCard(serial=card.serial, model="x", medium=Medium.VIRTUAL)
    with pytest.raises(Conflict):
        receive_blank_cards(cards=[again], actor=given.DESK, now=given.NOW)
    assert Card.objects.count() == 1
