"""The station's half of issuance: card, key, mailer, hand-over (5.2, 17.1, 17.3, 19.3)."""

import hashlib
from datetime import datetime
from typing import Any

from inro.practice.acts import Act
from inro.practice.application import ApplicationState
from inro.practice.card import CardState, MailerState
from inro.practice.duties import Duty, Performed, check_separation
from inro.practice.events import EventKind
from inro.store.change import change
from inro.store.errors import Conflict, StockEmpty, Unknown
from inro.store.ids import OrderId
from inro.store.models import Application, Card, Certificate, Erasure, IssuanceOrder, Mailer, SubscriberKey
from inro.store.numbers import mailer_number
from inro.store.reads.issuance import card_record
from inro.store.records import CardRecord
from inro.store.states import ErasedThing, IssuanceStep, Medium, OrderState
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor

# How many cards are tried before a busy station gives up this pass.
_TRIED_AT_ONCE = 16


def reserve_card(*, order: OrderId, medium: Medium, actor: Actor, now: datetime) -> CardRecord:
    """Reserve the oldest blank card of a medium for a claimed order.

    Raises: Conflict if the order has one or was lost, StockEmpty if no blank card is left.
    """
    actor.check_process()
    blanks = Card.objects.filter(state=CardState.BLANK, medium=medium).order_by("id")
    for blank in blanks[:_TRIED_AT_ONCE]:
        if _reserve(blank, order=order, actor=actor, now=now):
            return card_record(Card.objects.get(pk=blank.pk))
    raise StockEmpty(medium=medium.value)


def _reserve(blank: Card, *, order: OrderId, actor: Actor, now: datetime) -> bool:
    application = _order(order).application_id
    with act(actor=actor, now=now) as doing:
        taken = Card.objects.filter(pk=blank.pk, state=CardState.BLANK).update(
            state=CardState.RESERVED, application=application
        )
        if not taken:
            # Another station took this card first; the next one will do.
            doing.nothing()
            return False
        change(
            IssuanceOrder,
            row=order,
            expected=_held(actor) | {"state": OrderState.CLAIMED, "card": None},
            to={"card": blank.pk, "step": IssuanceStep.RESERVE_CARD},
        )
        doing.record(EventKind.CARD_RESERVED, subject=_subject(order), card=blank.serial)
    return True


def record_key_on_card(
    *,
    order: OrderId,
    public_key_info: bytes,
    origin: str,
    evidence: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Record step 3: the key is on the card and gone from the equipment (17.3), and was never on another.

    Raises: Conflict, also when the public key was ever recorded before.
    """
    actor.check_process()
    card = _card(order)
    spki_sha256 = hashlib.sha256(public_key_info).hexdigest()
    with act(actor=actor, now=now) as doing:
        _step(order, actor=actor, after=IssuanceStep.RESERVE_CARD, to=IssuanceStep.MOVE_KEY)
        SubscriberKey.objects.create(
            spki_sha256=spki_sha256,
            card=card,
            origin=origin,
            made_at=now,
            public_key_info=public_key_info,
        )
        _erase(card, ErasedThing.SUBSCRIBER_KEY, evidence, now, spki_sha256=spki_sha256)
        subject = _subject(order)
        doing.record(EventKind.KEY_MADE, subject=subject, spki_sha256=spki_sha256, origin=origin)
        doing.record(EventKind.KEY_MOVED, subject=subject, card=card.serial, spki_sha256=spki_sha256)
        doing.record(EventKind.KEY_ERASED, subject=subject, spki_sha256=spki_sha256, evidence=evidence)


def record_card_proof(
    *, order: OrderId, challenge: bytes, signature: bytes, actor: Actor, now: datetime
) -> None:
    """Record step 4: the card signed a challenge, so the key lives there and works.

    Raises: Conflict.
    """
    actor.check_process()
    card = _card(order)
    with act(actor=actor, now=now) as doing:
        _step(order, actor=actor, after=IssuanceStep.MOVE_KEY, to=IssuanceStep.PROVE_KEY)
        key = SubscriberKey.objects.get(card=card)
        change(
            SubscriberKey,
            row=key.pk,
            expected={"proof_challenge": None},
            to={"proof_challenge": challenge, "proof_signature": signature},
        )
        doing.record(
            EventKind.KEY_PROVED,
            subject=_subject(order),
            spki_sha256=key.spki_sha256,
            challenge_sha256=hashlib.sha256(challenge).hexdigest(),
        )


def intend_mailer(*, order: OrderId, actor: Actor, now: datetime) -> str:
    """Record that a PIN mailer is about to be printed and return its number; it is printed once (19.3).

    Raises: Conflict.
    """
    actor.check_process()
    card = _card(order)
    with act(actor=actor, now=now) as doing:
        _step(order, actor=actor, after=IssuanceStep.PROVE_KEY, to=IssuanceStep.INTEND_MAILER)
        number = mailer_number(order=order, attempt=_order(order).attempts)
        Mailer.objects.create(number=number, card=card, state=MailerState.INTENDED, intended_at=now)
        doing.record(EventKind.MAILER_INTENDED, subject=_subject(order), mailer=number, card=card.serial)
    return number


def record_mailer_printed(*, order: OrderId, evidence: dict[str, Any], actor: Actor, now: datetime) -> None:
    """Record step 5: the mailer is printed and the PIN gone (19.3); from here no secret is needed.

    Raises: Conflict.
    """
    actor.check_process()
    card = _card(order)
    with act(actor=actor, now=now) as doing:
        change(
            IssuanceOrder,
            row=order,
            expected=_held(actor) | {"state": OrderState.CLAIMED, "step": IssuanceStep.INTEND_MAILER},
            to={"state": OrderState.CARD_READY, "step": IssuanceStep.PRINT_MAILER},
        )
        mailer = Mailer.objects.get(card=card)
        change(
            Mailer,
            row=mailer.pk,
            expected={"state": MailerState.INTENDED},
            to={"state": MailerState.PRINTED, "printed_at": now},
        )
        _erase(card, ErasedThing.PIN, evidence, now)
        doing.record(EventKind.MAILER_PRINTED, subject=_subject(order), mailer=mailer.number)
        doing.record(EventKind.PIN_ERASED, subject=_subject(order), card=card.serial, evidence=evidence)


def record_hand_over(
    *, order: OrderId, payload: bytes, signature: bytes, actor: Actor, now: datetime
) -> None:
    """Record step 6: the station's signed hand-over, which asks the signer for the certificate.

    Raises: Conflict.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        change(
            IssuanceOrder,
            row=order,
            expected=_held(actor) | {"state": OrderState.CARD_READY},
            to={
                "state": OrderState.HANDED_OVER,
                "step": IssuanceStep.HAND_OVER,
                "hand_over": payload,
                "station_signature": signature,
            },
        )
        doing.record(
            EventKind.HANDED_OVER,
            subject=_subject(order),
            hand_over_sha256=hashlib.sha256(payload).hexdigest(),
        )


def record_certificate_on_card(*, order: OrderId, read_back_sha256: str, actor: Actor, now: datetime) -> None:
    """Record step 7: the certificate was read back from the card as issued; the application is issued.

    Raises: Conflict, also when what was read back is another certificate.
    """
    actor.check_process()
    row = _order(order)
    card = _card(order)
    certificate = Certificate.objects.filter(application_id=row.application_id).first()
    if certificate is None:
        raise Conflict(what="order", detail=f"{order} has no certificate yet")
    if certificate.sha256 != read_back_sha256:
        raise Conflict(what="card", detail=f"{card.serial} carries another certificate")
    with act(actor=actor, now=now) as doing:
        change(
            IssuanceOrder,
            row=order,
            expected=_held(actor) | {"state": OrderState.CERTIFIED},
            to={"state": OrderState.DONE, "step": IssuanceStep.FINISH_CARD},
        )
        change(
            Card,
            row=card.pk,
            expected={"state": CardState.RESERVED},
            to={"state": CardState.PERSONALISED},
        )
        change(
            Application,
            row=row.application_id,
            expected={"state": ApplicationState.ACCEPTED},
            to={"state": ApplicationState.ISSUED},
        )
        doing.record(
            EventKind.CARD_FINISHED,
            subject=_subject(order),
            card=card.serial,
            certificate_sha256=read_back_sha256,
        )


def release_card(*, order: OrderId, why: str, actor: Actor, now: datetime) -> None:
    """Give an order back of which no card was touched: a card reserved for it is blank again, it waits again.

    Raises: Conflict once anything was recorded as written onto the card.
    """
    actor.check_process()
    card = _order(order).card
    begun = None if card is None else IssuanceStep.RESERVE_CARD
    with act(actor=actor, now=now) as doing:
        _wait_again(order, card, expected=_held(actor) | {"state": OrderState.CLAIMED, "step": begun})
        if card is not None:
            change(
                Card,
                row=card.pk,
                expected={"state": CardState.RESERVED},
                to={"state": CardState.BLANK, "application": None},
            )
        released = {} if card is None else {"released": card.serial}
        doing.record(EventKind.ISSUANCE_FAILED, subject=_subject(order), why=why, **released)


def spoil_card(*, order: OrderId, why: str, actor: Actor, now: datetime) -> None:
    """Give up an order's card before it is ready: card and mailer are spoiled, the order waits again.

    Raises: Conflict once the mailer was printed, for from there everything can be repeated.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        _give_up_card(doing, order, expected=_held(actor) | {"state": OrderState.CLAIMED}, why=why)


def reopen_order(*, order: OrderId, why: str, actor: Actor, now: datetime) -> None:
    """Let a refused order start again with another card; the first one is spoiled.

    Whoever examined or accepted the application has no hand in its card (9.1, 17.1).

    Raises: DutyMissing, SeparationBreached, Conflict.
    """
    actor.check(Act.REOPEN_ORDER)
    application = _order(order).application
    decided = ((Duty.EXAMINATION, application.examiner), (Duty.ACCEPTANCE, application.decider))
    check_separation(
        duty=Duty.ISSUANCE_OPERATION,
        person=actor.name,
        performed=[Performed(duty=duty, person=person or "") for duty, person in decided],
    )
    with act(actor=actor, now=now) as doing:
        _give_up_card(doing, order, expected={"state": OrderState.REFUSED}, why=why)


def _give_up_card(doing: Doing, order: OrderId, *, expected: dict[str, Any], why: str) -> None:
    card = _order(order).card
    _wait_again(order, card, expected=expected)
    if card is not None:
        spoil_reserved_card(doing, card)
    doing.record(EventKind.ISSUANCE_FAILED, subject=_subject(order), why=why)


def _wait_again(order: OrderId, card: Card | None, *, expected: dict[str, Any]) -> None:
    change(
        IssuanceOrder,
        row=order,
        expected=expected | {"card": card},
        to={
            "state": OrderState.WAITING,
            "step": None,
            "card": None,
            "claimed_by": None,
            "claimed_at": None,
            "signer": None,
            "hand_over": None,
            "station_signature": None,
            "refused_for": None,
        },
    )


def spoil_reserved_card(doing: Doing, card: Card) -> None:
    """Take a reserved card, and the mailer begun with it, out of use inside the caller's act (17.2, 19.3).

    Raises: Conflict.
    """
    change(Card, row=card.pk, expected={"state": CardState.RESERVED}, to={"state": CardState.SPOILED})
    doing.record(EventKind.CARD_SPOILED, subject=f"card/{card.serial}")
    mailer = Mailer.objects.filter(card=card).first()
    if mailer is not None:
        change(Mailer, row=mailer.pk, expected={"state": mailer.state}, to={"state": MailerState.SPOILED})
        doing.record(EventKind.MAILER_SPOILED, subject=f"mailer/{mailer.number}", card=card.serial)


def _step(order: OrderId, *, actor: Actor, after: IssuanceStep, to: IssuanceStep) -> None:
    change(
        IssuanceOrder,
        row=order,
        expected=_held(actor) | {"state": OrderState.CLAIMED, "step": after},
        to={"step": to},
    )


def _held(actor: Actor) -> dict[str, Any]:
    return {"claimed_by": actor.name}


def _erase(
    card: Card,
    kind: ErasedThing,
    evidence: dict[str, Any],
    now: datetime,
    spki_sha256: str | None = None,
) -> None:
    Erasure.objects.create(kind=kind, card=card, spki_sha256=spki_sha256, evidence=evidence, at=now)


def _order(order: OrderId) -> IssuanceOrder:
    row = IssuanceOrder.objects.select_related("card").filter(pk=order).first()
    if row is None:
        raise Unknown(what="order", detail=str(order))
    return row


def _card(order: OrderId) -> Card:
    card = _order(order).card
    if card is None:
        raise Conflict(what="order", detail=f"{order} has no card")
    return card


def _subject(order: OrderId) -> str:
    return f"order/{order}"
