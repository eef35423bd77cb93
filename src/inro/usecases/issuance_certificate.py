"""The signer's half of issuance: serial, intent, certificate, each on record before the next (17.1).

The steps are those of the walk: a `reserve_serial`, b `record_signing_intent`, d `record_certificate`; c, the
signature itself, happens outside any transaction and is made again over the same bytes after a crash.
"""

import hashlib
from datetime import datetime

from cryptography import x509

from inro.pki.repository import UNDIVIDED
from inro.practice.certificate import CertificateState
from inro.practice.events import EventKind
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.ids import CertificateId, OrderId
from inro.store.models import Certificate, IssuanceOrder, SerialNumber, SigningIntent
from inro.store.plain_sql import insert_row
from inro.store.reads.issuance import SigningState, handed_over_orders, locked_signing_state
from inro.store.records import SigningIntentRecord
from inro.store.states import IssuanceStep, OrderState, Scope
from inro.usecases.act import act
from inro.usecases.actor import Actor

CLAIMED_AT_ONCE = 16


def claim_hand_over(*, signer: str, actor: Actor, now: datetime) -> OrderId | None:
    """Return a handed-over order for this signer: one it already holds, else the oldest of some now claimed.

    Raises: RecordsUnwritable.
    """
    actor.check_process()
    found = handed_over_orders(signer=signer, most=CLAIMED_AT_ONCE)
    held = [order for order, holder in found if holder is not None]
    if held or not found:
        return held[0] if held else None
    claimed: list[OrderId] = []
    with act(actor=actor, now=now) as doing:
        # Several in one durable step: claiming each alone costs as much as half of what follows it.
        for order, _ in found:
            if _is_claimed(order, signer):
                claimed.append(order)
                doing.record(EventKind.ORDER_CLAIMED, subject=f"order/{order}", signer=signer)
        if not claimed:
            doing.nothing()  # Another signer was first.
    return claimed[0] if claimed else None


def _is_claimed(order: OrderId, signer: str) -> bool:
    expected = {"state": OrderState.HANDED_OVER, "signer": None}
    try:
        change(IssuanceOrder, row=order, expected=expected, to={"signer": signer})
    except Conflict:
        return False
    return True


def reserve_serial(
    *, order: OrderId, serial: bytes, actor: Actor, now: datetime, partition: int = UNDIVIDED
) -> bytes:
    """Record a serial number for an order (step a); an order that has one keeps it, and that one is returned.

    `partition` is the part of the CRL that covers the certificate.

    Raises: Conflict when the serial number was ever recorded before.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        existing = locked_signing_state(order).serial
        if existing is not None:
            doing.nothing()
            return existing
        insert_row(SerialNumber, serial=serial, order_id=order, reserved_at=now, partition=partition)
        doing.record(EventKind.SERIAL_RESERVED, subject=f"order/{order}", serial=serial.hex())
    return serial


def record_signing_intent(
    *, order: OrderId, intent: SigningIntentRecord, actor: Actor, now: datetime
) -> SigningIntentRecord:
    """Record the linted bytes that are about to be signed (step b); what is returned is what must be signed.

    Raises: Conflict when the serial number is not the order's.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        state = locked_signing_state(order)
        if state.serial_id is None or state.serial != intent.serial:
            raise Conflict(what="serial", detail=f"{intent.serial.hex()} is not of order {order}")
        if state.intent is not None:
            doing.nothing()
            return state.intent
        tbs_sha256 = hashlib.sha256(intent.tbs).hexdigest()
        insert_row(
            SigningIntent,
            serial_id=state.serial_id,
            tbs=intent.tbs,
            tbs_sha256=tbs_sha256,
            lint=intent.lint,
            profile_sha256=intent.profile_sha256,
            issued_at=intent.issued_at,
            not_after=intent.not_after,
            at=now,
        )
        doing.record(
            EventKind.SIGNING_INTENDED,
            subject=f"order/{order}",
            serial=intent.serial.hex(),
            tbs_sha256=tbs_sha256,
            profile_sha256=intent.profile_sha256,
        )
    return intent


def record_certificate(*, order: OrderId, certificate: bytes, actor: Actor, now: datetime) -> CertificateId:
    """Record the certificate that was signed (step d) and what follows; a second time changes nothing.

    Raises: Conflict when it does not hold the recorded bytes, ValueError when it is none.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        state = locked_signing_state(order)
        intent = state.intent
        if state.serial_id is None or intent is None:
            raise Conflict(what="order", detail=f"{order} has no recorded intent")
        if x509.load_der_x509_certificate(certificate).tbs_certificate_bytes != intent.tbs:
            raise Conflict(
                what="certificate", detail=f"{intent.serial.hex()} holds other bytes than intended"
            )
        if state.certificate_id is not None:
            doing.nothing()
            return CertificateId(state.certificate_id)
        sha256 = hashlib.sha256(certificate).hexdigest()
        made = _insert(state, state.serial_id, intent, certificate, sha256)
        change(
            IssuanceOrder,
            row=order,
            expected={"state": OrderState.HANDED_OVER},
            to={"state": OrderState.CERTIFIED, "step": IssuanceStep.RECORD_CERTIFICATE},
        )
        doing.record(
            EventKind.CERTIFICATE_ISSUED,
            subject=f"order/{order}",
            serial=intent.serial.hex(),
            certificate_sha256=sha256,
            spki_sha256=state.spki_sha256,
        )
    return CertificateId(made)


def refuse_hand_over(*, order: OrderId, why: str, actor: Actor, now: datetime) -> None:
    """Record that the signer refuses a hand-over; `why` is the refusal's name, nothing of the person.

    Raises: Conflict once something was about to be signed, for then it has to be finished.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        if locked_signing_state(order).intent is not None:
            raise Conflict(what="order", detail=f"{order} is already being signed")
        change(
            IssuanceOrder,
            row=order,
            expected={"state": OrderState.HANDED_OVER},
            to={"state": OrderState.REFUSED, "refused_for": why},
        )
        doing.record(EventKind.ISSUANCE_REFUSED, subject=f"order/{order}", why=why)


def _insert(
    state: SigningState, serial: int, intent: SigningIntentRecord, certificate: bytes, sha256: str
) -> int:
    return insert_row(
        Certificate,
        serial_id=serial,
        application_id=state.application_id,
        key_id=state.key_id,
        role=Scope.SUBSCRIBER,
        der=certificate,
        sha256=sha256,
        issued_at=intent.issued_at,
        not_after=intent.not_after,
        state=CertificateState.VALID,
        profile_sha256=intent.profile_sha256,
        generation=1,
    )
