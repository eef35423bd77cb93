"""Blank cards into stock, spoiled and lost ones out of it (17.1, 17.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inro.practice.acts import Act
from inro.practice.card import (
    CardAct,
    CardState,
    MailerAct,
    MailerState,
    next_mailer_state,
    next_state,
)
from inro.practice.events import EventKind
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.models import Card, Mailer
from inro.store.states import Medium
from inro.usecases.act import act
from inro.usecases.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankCard:
    """A card out of the box; `serial` is 16 hexadecimal digits."""

    serial: str
    model: str
    medium: Medium


def receive_blank_cards(*, cards: Sequence[BlankCard], actor: Actor, now: datetime) -> None:
    """Take blank cards into stock.

    Raises: DutyMissing, Conflict when a serial is on record already.
    """
    actor.check(Act.RECEIVE_BLANK_CARDS)
    with act(actor=actor, now=now) as doing:
        known = Card.objects.filter(serial__in=[card.serial for card in cards]).order_by("serial").first()
        if known is not None:
            raise Conflict(what="card", detail=f"{known.serial} is on record")
        for card in cards:
            Card.objects.create(
                serial=card.serial,
                model=card.model,
                medium=card.medium,
                state=CardState.BLANK,
                registered_at=now,
            )
            doing.record(EventKind.CARD_REGISTERED, subject=f"card/{card.serial}", medium=card.medium.value)


def destroy_card(*, serial: str, actor: Actor, now: datetime) -> None:
    """Record that a spoiled card was destroyed, found by its scanned serial (17.2, 17.3).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.DESTROY_CARD)
    row = _card(serial)
    with act(actor=actor, now=now) as doing:
        state = next_state(CardState(row.state), CardAct.DESTROY)
        change(Card, row=row.pk, expected={"state": row.state}, to={"state": state, "destroyed_at": now})
        doing.record(EventKind.CARD_DESTROYED, subject=f"card/{serial}")


def destroy_mailer(*, number: str, actor: Actor, now: datetime) -> None:
    """Record that a spoiled mailer was destroyed unopened, found by its scanned number (19.3).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.DESTROY_MAILER)
    row = Mailer.objects.filter(number=number).first()
    if row is None:
        raise Unknown(what="mailer", detail=number)
    with act(actor=actor, now=now) as doing:
        state = next_mailer_state(MailerState(row.state), MailerAct.DESTROY)
        change(Mailer, row=row.pk, expected={"state": row.state}, to={"state": state})
        doing.record(EventKind.MAILER_DESTROYED, subject=f"mailer/{number}")


def record_card_lost(*, serial: str, actor: Actor, now: datetime) -> None:
    """Record that a card is lost; its certificate's revocation is a case of its own (19.4, 21.1(3)).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.RECORD_CARD_LOST)
    row = _card(serial)
    with act(actor=actor, now=now) as doing:
        state = next_state(CardState(row.state), CardAct.RECORD_LOSS)
        change(Card, row=row.pk, expected={"state": row.state}, to={"state": state})
        doing.record(EventKind.CARD_LOST, subject=f"card/{serial}")


def _card(serial: str) -> Card:
    row = Card.objects.filter(serial=serial).first()
    if row is None:
        raise Unknown(what="card", detail=serial)
    return row
