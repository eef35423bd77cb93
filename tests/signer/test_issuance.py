"""The signer certifies what was approved and a card proved, once, whatever the database says (9.1, 17.1)."""

import hashlib
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inro.practice.approval import Purpose
from inro.practice.certificate import CertificateState
from inro.practice.validity import ValidityPeriod
from inro.signer.journal import JournalConflict, Kind
from inro.signer.reconciliation import RecordsDisagree
from inro.signer.steps import Step
from inro.store.ids import OrderId
from inro.store.models import Card, Certificate, IssuanceOrder, SerialNumber, SigningIntent
from inro.store.reads.issuance import issuance_order
from inro.store.states import OrderState
from tests import given
from tests.pki import material
from tests.signer.forgery import approve_again
from tests.signer.given_signer import (
    CHALLENGE,
    NOW,
    World,
    assert_refused,
    audited,
    handed_over,
    killed_at,
    sign,
)
from tests.signer.tampering import tamper

WALK = [Step.RESERVE_SERIAL, Step.RECORD_INTENT, Step.SIGN, Step.RECORD_CERTIFICATE]


def killed(world: World, step: Step) -> OrderId:
    """Return an order at which the signer died after a step."""
    order = handed_over(world)
    killed_at(world, step)
    return order


def test_an_order_becomes_a_certificate_for_the_cards_key(world: World) -> None:
    order = handed_over(world)
    done = world.work()
    assert (done.certificates, done.refused) == (1, ())
    made = Certificate.objects.get()
    assert made.state == CertificateState.VALID
    certificate = x509.load_der_x509_certificate(bytes(made.der))
    certificate.verify_directly_issued_by(x509.load_der_x509_certificate(world.room.issuer.certificate))
    reserved = SerialNumber.objects.get(order=order)
    assert certificate.serial_number == int.from_bytes(bytes(reserved.serial))
    remembered = world.room.journal.recall(Kind.CERTIFICATE, bytes(reserved.serial).hex())
    assert remembered is not None
    assert remembered.details["sha256"] == hashlib.sha256(bytes(made.der)).hexdigest()
    assert world.steps[-4:] == WALK
    assert audited(f"order/{order}")[-4:] == [
        "issuance.order_claimed",
        "issuance.serial_reserved",
        "issuance.signing",
        "issuance.certificate_issued",
    ]


def test_a_second_pass_finds_nothing_to_sign(world: World) -> None:
    handed_over(world)
    world.work()
    before = world.token.signatures
    assert world.work().certificates == 0
    assert world.token.signatures == before
    assert Certificate.objects.count() == 1


def test_several_orders_become_as_many_certificates(world: World) -> None:
    orders = [handed_over(world) for _ in range(3)]
    assert world.work().certificates == 3
    assert {order.state for order in IssuanceOrder.objects.filter(pk__in=orders)} == {OrderState.CERTIFIED}
    assert len({bytes(row.serial) for row in SerialNumber.objects.filter(order__in=orders)}) == 3


@pytest.mark.parametrize("step", WALK)
def test_a_walk_broken_off_after_a_step_ends_with_one_certificate(world: World, step: Step) -> None:
    order = killed(world, step)
    intended = list(SigningIntent.objects.values_list("tbs_sha256", flat=True))
    serial = bytes(SerialNumber.objects.get(order=order).serial)
    # Approvals have run out meanwhile: bytes once fixed are finished all the same.
    later = NOW + (timedelta(minutes=5) if step is Step.RESERVE_SERIAL else timedelta(days=40))
    assert world.work(now=later).refused == ()
    made = Certificate.objects.get()
    assert bytes(made.serial.serial) == serial
    assert [*SigningIntent.objects.values_list("tbs_sha256", flat=True)] == intended or not intended
    assert made.issued_at == (later if step is Step.RESERVE_SERIAL else NOW)
    assert world.room.journal.count(Kind.SERIAL) == world.room.journal.count(Kind.CERTIFICATE) == 1


def test_approvals_that_run_out_before_the_bytes_are_fixed_certify_nothing(world: World) -> None:
    order = killed(world, Step.RESERVE_SERIAL)
    assert_refused(world, order, why="ApprovalRefused", now=NOW + timedelta(days=40))


def test_the_database_may_not_choose_a_serial(world: World) -> None:
    order = handed_over(world)
    chosen = b"\x41" * 20
    SerialNumber.objects.create(serial=chosen, order_id=order, reserved_at=NOW)
    assert chosen.hex() in assert_refused(world, order, why="JournalConflict")
    assert world.room.journal.recall(Kind.SERIAL, chosen.hex()) is None


def test_a_serial_replaced_before_the_bytes_are_fixed_stops_the_order(world: World) -> None:
    order = killed(world, Step.RESERVE_SERIAL)
    tamper("UPDATE store_serialnumber SET serial = %s WHERE order_id = %s", b"\x42" * 20, order)
    assert_refused(world, order, why="JournalConflict")


def test_a_serial_given_to_another_order_stops_both(world: World) -> None:
    first = killed(world, Step.RESERVE_SERIAL)
    second = handed_over(world)
    tamper("UPDATE store_serialnumber SET order_id = %s WHERE order_id = %s", second, first)
    before = world.token.signatures
    assert [refusal.partition(":")[0] for refusal in world.work().refused] == ["JournalConflict"] * 2
    assert world.token.signatures == before
    assert not Certificate.objects.exists()


def test_bytes_replaced_on_record_are_not_signed(world: World) -> None:
    order = killed(world, Step.RECORD_INTENT)
    before = world.token.signatures
    tamper("UPDATE store_signingintent SET tbs = %s", given.certificate(serial=given.serial()).tbs)
    with pytest.raises(JournalConflict, match="bytes recorded"):
        world.work()
    assert world.token.signatures == before
    assert not Certificate.objects.exists()
    assert IssuanceOrder.objects.get(pk=order).state == OrderState.HANDED_OVER


def test_content_changed_after_the_bytes_were_fixed_is_not_signed(world: World) -> None:
    killed(world, Step.RECORD_INTENT)
    before = world.token.signatures
    tamper("UPDATE store_application SET period = '2y'")
    with pytest.raises(JournalConflict, match="intent"):
        world.work()
    assert world.token.signatures == before


def test_an_order_that_stops_the_pass_holds_up_no_list(world: World) -> None:
    killed(world, Step.RECORD_INTENT)
    tamper("UPDATE store_application SET period = '2y'")
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(JournalConflict):
        world.work(now=tomorrow)
    assert world.steps.count(Step.RECORD_LIST) == 6


def test_a_deleted_certificate_comes_back_as_it_was(world: World) -> None:
    order = handed_over(world)
    world.work()
    before = bytes(Certificate.objects.get().der)
    tamper("DELETE FROM store_certificate")
    tamper("DELETE FROM store_signingintent")
    tamper("UPDATE store_issuanceorder SET state = 'handed_over'")
    assert world.work(now=NOW + timedelta(days=60)).certificates == 1
    assert bytes(Certificate.objects.get().der) == before
    assert issuance_order(order).state is OrderState.CERTIFIED


def test_a_deleted_certificate_wins_no_second_one_for_another_key(world: World) -> None:
    order = handed_over(world)
    world.work()
    first = bytes(SerialNumber.objects.get(order=order).serial)
    tamper("DELETE FROM store_certificate")
    tamper("DELETE FROM store_signingintent")
    reopened(order)
    handed_over(world, order=order)
    assert_refused(world, order, why="JournalConflict")
    assert bytes(SerialNumber.objects.get(order=order).serial) == first
    assert world.room.journal.count(Kind.INTENT) == 1


def test_a_deleted_certificate_without_its_serial_stops_the_signer(world: World) -> None:
    order = handed_over(world)
    world.work()
    serial = bytes(SerialNumber.objects.get(order=order).serial).hex()
    tamper("DELETE FROM store_certificate")
    tamper("DELETE FROM store_signingintent")
    tamper("DELETE FROM store_serialnumber")
    reopened(order)
    handed_over(world, order=order)
    before = world.token.signatures
    with pytest.raises(RecordsDisagree) as refusal:
        world.work()
    assert [found.key for found in refusal.value.differences] == [serial]
    assert world.token.signatures == before
    assert not Certificate.objects.exists()


def test_a_deleted_certificate_without_its_serial_wins_none_past_the_comparison(world: World) -> None:
    """Even an order that hides from the comparison meets its own approvals in the journal."""
    order = killed(world, Step.RESERVE_SERIAL)
    tamper("DELETE FROM store_serialnumber")
    assert world.work().certificates == 1
    [serial] = [entry.key for entry in world.room.journal.entries(Kind.SERIAL)]
    assert bytes(SerialNumber.objects.get(order=order).serial).hex() == serial


def test_a_key_is_certified_once(world: World) -> None:
    handed_over(world)
    world.work()
    proof = sign(material.key("card-1"), CHALLENGE)
    again = handed_over(world, public_key_info=material.public_key_info("card-1"), proof=proof)
    assert "public-key" in assert_refused(world, again, why="JournalConflict")


def test_a_key_of_another_size_is_not_certified(world: World) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    info = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    order = handed_over(world, public_key_info=info, proof=sign(key, CHALLENGE))
    assert "size" in assert_refused(world, order, why="FindingsStand")


def test_a_certificate_beyond_the_laws_five_years_is_refused_and_stops_nothing(world: World) -> None:
    order = given.accepted(world.house, period=ValidityPeriod.FOUR_YEARS_TEN_MONTHS)
    long_ago = NOW - timedelta(days=200)
    approve_again(world, order, Purpose.ACCEPTANCE, by="p-accept", examination_ended_at=long_ago.isoformat())
    # The station takes up no order whose time is over by the record: it becomes so afterwards.
    handed_over(world, order=order)
    tamper("UPDATE store_application SET examination_ended_at = %s", long_ago)
    assert "five years" in assert_refused(world, order, why="FindingsStand")


def reopened(order: OrderId) -> None:
    """Let an order wait for a card again, as its owner would write it."""
    card = Card.objects.get(order=order)
    tamper(
        "UPDATE store_issuanceorder SET state = 'waiting', step = NULL, card_id = NULL, claimed_by = NULL,"
        " claimed_at = NULL, signer = NULL, hand_over = NULL, station_signature = NULL WHERE id = %s",
        order,
    )
    tamper("UPDATE store_card SET state = 'spoiled' WHERE id = %s", card.pk)


def test_a_swapped_key_row_certifies_the_cards_key_all_the_same(world: World) -> None:
    handed_over(world)
    mallory = material.public_key_info("mallory")
    tamper(
        "UPDATE store_subscriberkey SET public_key_info = %s, spki_sha256 = %s",
        mallory,
        hashlib.sha256(mallory).hexdigest(),
    )
    assert world.work().certificates == 1
    certificate = x509.load_der_x509_certificate(bytes(Certificate.objects.get().der))
    assert certificate.public_key() == material.key("card-1").public_key()
