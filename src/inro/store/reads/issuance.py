"""What station and signer read of an order (17.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inro.practice.card import CardState
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, CardId, OrderId
from inro.store.models import Card, Certificate, IssuanceOrder, SerialNumber, SubscriberKey
from inro.store.reads.decisions import DecisionRecord, decisions_of_application
from inro.store.records import CardRecord, KeyRecord, SigningIntentRecord
from inro.store.states import IssuanceStep, Medium, OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecord:
    """One issuance order with all that the secure room needs of its application."""

    order_id: OrderId
    application_id: ApplicationId
    application_number: str
    state: OrderState
    step: IssuanceStep | None
    claimed_by: str | None
    signer: str | None
    refused_for: str | None
    attempts: int
    content: dict[str, Any]
    content_sha256: str
    period: ValidityPeriod
    edition: str
    edition_sha256: str
    examination_ended_at: datetime
    accepted_at: datetime
    decisions: tuple[DecisionRecord, ...]
    card: CardRecord | None
    mailer_number: str | None
    key: KeyRecord | None
    hand_over: bytes | None
    station_signature: bytes | None
    serial: bytes | None
    intent: SigningIntentRecord | None
    certificate: bytes | None


def card_record(row: Card) -> CardRecord:
    """Return a card row as a value."""
    return CardRecord(
        card_id=CardId(row.pk),
        serial=row.serial,
        medium=Medium(row.medium),
        model=row.model,
        state=CardState(row.state),
    )


def issuance_order(order: OrderId) -> OrderRecord:
    """Return an order as it stands.

    Raises: Unknown.
    """
    row = IssuanceOrder.objects.select_related("application", "card").filter(pk=order).first()
    if row is None:
        raise Unknown(what="order", detail=str(order))
    return _order(row)


def issuance_orders(*states: OrderState) -> tuple[OrderRecord, ...]:
    """Return the orders in these states, oldest first."""
    rows = IssuanceOrder.objects.select_related("application", "card").order_by("id")
    return tuple(_order(row) for row in rows.filter(state__in=[state.value for state in states]))


def order_of_application(application: ApplicationId) -> OrderId:
    """Return the order of an accepted application.

    Raises: Unknown.
    """
    found = IssuanceOrder.objects.filter(application_id=application).values_list("pk", flat=True).first()
    if found is None:
        raise Unknown(what="order", detail=f"application {application}")
    return OrderId(found)


def held_orders(*, station: str) -> tuple[OrderId, ...]:
    """Return the unfinished orders a station has claimed, oldest first: what it takes up after a restart."""
    unfinished = [
        OrderState.CLAIMED.value,
        OrderState.CARD_READY.value,
        OrderState.HANDED_OVER.value,
        OrderState.CERTIFIED.value,
    ]
    rows = IssuanceOrder.objects.filter(claimed_by=station, state__in=unfinished).order_by("id")
    return tuple(OrderId(pk) for pk in rows.values_list("pk", flat=True))


def public_key_is_known(spki_sha256: str) -> bool:
    """Return whether a public key was ever on one of our cards (5.2)."""
    return SubscriberKey.objects.filter(spki_sha256=spki_sha256).exists()


def _order(row: IssuanceOrder) -> OrderRecord:
    application, card = row.application, row.card
    if application.examination_ended_at is None or application.accepted_at is None:
        raise Unknown(what="order", detail=f"{row.pk} of an application never accepted")
    serial = SerialNumber.objects.select_related("intent").filter(order=row).first()
    return OrderRecord(
        order_id=OrderId(row.pk),
        application_id=ApplicationId(application.pk),
        application_number=application.number,
        state=OrderState(row.state),
        step=IssuanceStep(row.step) if row.step else None,
        claimed_by=row.claimed_by,
        signer=row.signer,
        refused_for=row.refused_for,
        attempts=row.attempts,
        content=application.content or {},
        content_sha256=application.content_sha256 or "",
        period=ValidityPeriod(application.period),
        edition=application.edition,
        edition_sha256=application.edition_sha256,
        examination_ended_at=application.examination_ended_at,
        accepted_at=application.accepted_at,
        decisions=decisions_of_application(application.pk),
        card=card_record(card) if card else None,
        mailer_number=_mailer_number(card),
        key=_key(card),
        hand_over=_octets(row.hand_over),
        station_signature=_octets(row.station_signature),
        serial=bytes(serial.serial) if serial else None,
        intent=intent_record(serial) if serial else None,
        certificate=_certificate(serial),
    )


def intent_record(serial: SerialNumber) -> SigningIntentRecord | None:
    """Return what was about to be signed under a serial number, or None."""
    row = getattr(serial, "intent", None)
    if row is None:
        return None
    return SigningIntentRecord(
        serial=bytes(serial.serial),
        tbs=bytes(row.tbs or b""),
        lint=row.lint,
        profile_sha256=row.profile_sha256,
        issued_at=row.issued_at,
        not_after=row.not_after,
    )


def _certificate(serial: SerialNumber | None) -> bytes | None:
    if serial is None:
        return None
    return _octets(Certificate.objects.filter(serial=serial).values_list("der", flat=True).first())


def _mailer_number(card: Card | None) -> str | None:
    mailer = getattr(card, "mailer", None)
    return str(mailer.number) if mailer else None


def _key(card: Card | None) -> KeyRecord | None:
    row = getattr(card, "key", None)
    if row is None:
        return None
    return KeyRecord(
        spki_sha256=row.spki_sha256,
        public_key_info=bytes(row.public_key_info or b""),
        origin=row.origin,
        challenge=_octets(row.proof_challenge),
        signature=_octets(row.proof_signature),
    )


def _octets(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
