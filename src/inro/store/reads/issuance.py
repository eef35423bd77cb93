"""What station and signer read of an order (17.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from inro.practice.card import CardState
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, CardId, OrderId
from inro.store.models import Card, IssuanceOrder, SubscriberKey
from inro.store.plain_sql import first_row, for_update, instant, json_of, octets, rows, select
from inro.store.reads.decisions import DecisionRecord, decisions_of_application
from inro.store.records import CardRecord, KeyRecord, SigningIntentRecord
from inro.store.states import IssuanceStep, Medium, OrderState

_COLUMNS = (
    *("o.id", "o.state", "o.step", "o.claimed_by", "o.signer", "o.refused_for", "o.attempts"),
    *(
        "o.hand_over",
        "o.station_signature",
        "a.id",
        "a.number",
        "a.content",
        "a.content_sha256",
        "a.findings",
    ),
    *("a.period", "a.edition", "a.edition_sha256", "a.examination_ended_at", "a.accepted_at"),
    *("c.id", "c.serial", "c.medium", "c.model", "c.state", "m.number"),
    *("k.spki_sha256", "k.public_key_info", "k.origin", "k.proof_challenge", "k.proof_signature"),
    *("s.serial", "i.tbs", "i.lint", "i.profile_sha256", "i.issued_at", "i.not_after", "x.der"),
)
# One statement for what the ORM would ask in six.
_ORDERS = select(
    _COLUMNS,
    """store_issuanceorder o
JOIN store_application a ON a.id = o.application_id
LEFT JOIN store_card c ON c.id = o.card_id
LEFT JOIN store_mailer m ON m.card_id = o.card_id
LEFT JOIN store_subscriberkey k ON k.card_id = o.card_id
LEFT JOIN store_serialnumber s ON s.order_id = o.id
LEFT JOIN store_signingintent i ON i.serial_id = s.id
LEFT JOIN store_certificate x ON x.serial_id = s.id""",
)
_STATE_COLUMNS = (
    *("o.application_id", "k.id", "k.spki_sha256", "s.id", "s.serial", "x.id"),
    *("i.tbs", "i.lint", "i.profile_sha256", "i.issued_at", "i.not_after"),
)
_STATE = select(
    _STATE_COLUMNS,
    """store_issuanceorder o
LEFT JOIN store_subscriberkey k ON k.card_id = o.card_id
LEFT JOIN store_serialnumber s ON s.order_id = o.id
LEFT JOIN store_signingintent i ON i.serial_id = s.id
LEFT JOIN store_certificate x ON x.serial_id = s.id""",
)


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
    findings: dict[str, Any]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningState:
    """How far the signer is with an order; ids are rows', `certificate_id` is the end of its walk."""

    application_id: int
    key_id: int | None
    spki_sha256: str | None
    serial_id: int | None
    serial: bytes | None
    intent: SigningIntentRecord | None
    certificate_id: int | None


def card_record(row: Card) -> CardRecord:
    """Return a card row as a value."""
    return CardRecord(
        card_id=CardId(row.pk),
        serial=row.serial,
        medium=Medium(row.medium),
        model=row.model,
        state=CardState(row.state),
    )


def blank_cards_by_model() -> tuple[tuple[str, int], ...]:
    """Return the models of the blank cards in stock, in their order, with how many there are."""
    blank = Card.objects.filter(state=CardState.BLANK).values("model").annotate(count=Count("pk"))
    return tuple(blank.order_by("model").values_list("model", "count"))


def has_blank_card(medium: Medium) -> bool:
    """Return whether a blank card of a medium is in stock."""
    return Card.objects.filter(state=CardState.BLANK, medium=medium).exists()


def orders_wait() -> bool:
    """Return whether an order waits for a station."""
    return IssuanceOrder.objects.filter(state=OrderState.WAITING).exists()


def issuance_order(order: OrderId) -> OrderRecord:
    """Return an order as it stands.

    Raises: Unknown.
    """
    row = first_row(f"{_ORDERS} WHERE o.id = %s", [order])
    if row is None:
        raise Unknown(what="order", detail=str(order))
    return _order(row)


def locked_signing_state(order: OrderId) -> SigningState:
    """Lock an order until the caller's transaction ends and return how far the signer is with it.

    Raises: Unknown.
    """
    # Two statements: what another signer wrote while this one waited for the lock must be seen.
    if first_row(for_update("SELECT id FROM store_issuanceorder WHERE id = %s"), [order]) is None:
        raise Unknown(what="order", detail=str(order))
    [row] = rows(f"{_STATE} WHERE o.id = %s", [order])
    found = dict(zip(_STATE_COLUMNS, row, strict=True))
    return SigningState(
        application_id=found["o.application_id"],
        key_id=found["k.id"],
        spki_sha256=found["k.spki_sha256"],
        serial_id=found["s.id"],
        serial=octets(found["s.serial"]),
        intent=_intent(found),
        certificate_id=found["x.id"],
    )


def issuance_orders(*states: OrderState) -> tuple[OrderRecord, ...]:
    """Return the orders in these states, oldest first."""
    places = ", ".join(["%s"] * len(states))
    found = rows(f"{_ORDERS} WHERE o.state IN ({places}) ORDER BY o.id", [state.value for state in states])
    return tuple(_order(row) for row in found)


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


def station_awaits_certificate(station: str) -> bool:
    """Return whether a card of this station waits for the signer."""
    return IssuanceOrder.objects.filter(claimed_by=station, state=OrderState.HANDED_OVER).exists()


def handed_over_orders(*, signer: str, most: int) -> list[tuple[OrderId, str | None]]:
    """Return handed-over orders with the signer who holds them: those of `signer` first, then free ones."""
    statement = (
        "SELECT id, signer FROM store_issuanceorder WHERE state = %s AND (signer = %s OR signer IS NULL) "
        "ORDER BY CASE WHEN signer IS NULL THEN 1 ELSE 0 END, id LIMIT %s"
    )
    return [
        (OrderId(order), holder)
        for order, holder in rows(statement, [OrderState.HANDED_OVER.value, signer, most])
    ]


def public_key_is_known(spki_sha256: str) -> bool:
    """Return whether a public key was ever on one of our cards (5.2)."""
    return SubscriberKey.objects.filter(spki_sha256=spki_sha256).exists()


def _order(row: tuple[Any, ...]) -> OrderRecord:
    found = dict(zip(_COLUMNS, row, strict=True))
    if found["a.examination_ended_at"] is None or found["a.accepted_at"] is None:
        raise Unknown(what="order", detail=f"{found['o.id']} of an application never accepted")
    return OrderRecord(
        order_id=OrderId(found["o.id"]),
        application_id=ApplicationId(found["a.id"]),
        application_number=found["a.number"],
        state=OrderState(found["o.state"]),
        step=IssuanceStep(found["o.step"]) if found["o.step"] else None,
        claimed_by=found["o.claimed_by"],
        signer=found["o.signer"],
        refused_for=found["o.refused_for"],
        attempts=found["o.attempts"],
        content=json_of(found["a.content"]) or {},
        content_sha256=found["a.content_sha256"] or "",
        findings=json_of(found["a.findings"]) or {},
        period=ValidityPeriod(found["a.period"]),
        edition=found["a.edition"],
        edition_sha256=found["a.edition_sha256"],
        examination_ended_at=instant(found["a.examination_ended_at"]),
        accepted_at=instant(found["a.accepted_at"]),
        decisions=decisions_of_application(found["a.id"]),
        card=_card(found),
        mailer_number=found["m.number"],
        key=_key(found),
        hand_over=octets(found["o.hand_over"]),
        station_signature=octets(found["o.station_signature"]),
        serial=octets(found["s.serial"]),
        intent=_intent(found),
        certificate=octets(found["x.der"]),
    )


def _card(found: dict[str, Any]) -> CardRecord | None:
    if found["c.id"] is None:
        return None
    return CardRecord(
        card_id=CardId(found["c.id"]),
        serial=found["c.serial"],
        medium=Medium(found["c.medium"]),
        model=found["c.model"],
        state=CardState(found["c.state"]),
    )


def _key(found: dict[str, Any]) -> KeyRecord | None:
    if found["k.spki_sha256"] is None:
        return None
    return KeyRecord(
        spki_sha256=found["k.spki_sha256"],
        public_key_info=octets(found["k.public_key_info"]) or b"",
        origin=found["k.origin"],
        challenge=octets(found["k.proof_challenge"]),
        signature=octets(found["k.proof_signature"]),
    )


def _intent(found: dict[str, Any]) -> SigningIntentRecord | None:
    if found["i.profile_sha256"] is None:
        return None
    return SigningIntentRecord(
        serial=octets(found["s.serial"]) or b"",
        tbs=octets(found["i.tbs"]) or b"",
        lint=json_of(found["i.lint"]),
        profile_sha256=found["i.profile_sha256"],
        issued_at=instant(found["i.issued_at"]),
        not_after=instant(found["i.not_after"]),
    )
