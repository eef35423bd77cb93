"""Parcels out and back: what goes into which, to whom, under which number (17.4, 18.1, 19.1, 24.1)."""

from collections.abc import Sequence
from datetime import date, datetime

from inro.practice.card import CardAct, CardState, MailerAct, MailerState, next_mailer_state, next_state
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.parcels import Content, ParcelPlan, Scanned, check_packing, tracking_number
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, ParcelId
from inro.store.models import Card, Mailer, Parcel
from inro.usecases.act import Act, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject


def dispatch_parcel(
    *,
    application: ApplicationId,
    plan: ParcelPlan,
    scanned: Sequence[Scanned],
    tracking: str,
    posted_on: date,
    actor: Actor,
    now: datetime,
) -> ParcelId:
    """Post one parcel packed by scan; card and mailer are then on their way (17.4, 18.1).

    Raises: DutyMissing, WrongContents, WrongTrackingNumber, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Duty.DISPATCH)
    check_packing(plan=plan, scanned=scanned)
    number = tracking_number(tracking, mail=plan.mail)
    named = find(application).number
    with act(actor=actor, now=now) as doing:
        card = _send_card(application) if Content.CARD in plan.contents else None
        mailer = _send_mailer(application) if Content.PIN_MAILER in plan.contents else None
        parcel = Parcel.objects.create(
            application_id=application,
            card=card,
            mailer=mailer,
            mail=plan.mail,
            address=plan.address,
            tracking_number=number,
            posted_on=posted_on,
        )
        doing.record(
            EventKind.PARCEL_DISPATCHED,
            subject=subject(named),
            parcel=parcel.pk,
            card=card.serial if card else None,
            mailer=mailer.number if mailer else None,
            mail=plan.mail.value,
            tracking_number=number,
            posted_on=posted_on.isoformat(),
        )
    return ParcelId(parcel.pk)


def record_returned_parcel(*, parcel: ParcelId, returned_on: date, actor: Actor, now: datetime) -> None:
    """Record that a parcel came back unopened; card and mailer can be posted again, apart if need be (24.1).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Duty.DISPATCH)
    row = Parcel.objects.select_related("card", "mailer", "application").filter(pk=parcel).first()
    if row is None:
        raise Unknown(what="parcel", detail=str(parcel))
    with act(actor=actor, now=now) as doing:
        change(Parcel, row=row.pk, expected={"returned_on": None}, to={"returned_on": returned_on})
        if row.card is not None:
            _move_card(row.card, CardAct.RECORD_RETURN)
        if row.mailer is not None:
            _move_mailer(row.mailer, MailerAct.RECORD_RETURN)
        doing.record(
            EventKind.PARCEL_RETURNED,
            subject=subject(row.application.number),
            parcel=row.pk,
            returned_on=returned_on.isoformat(),
        )


def spoil_returned_card(*, application: ApplicationId, actor: Actor, now: datetime) -> None:
    """Take a card that came back, or was handed in, out of use for good; it is then only destroyed (17.2).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Duty.ISSUANCE_OPERATION)
    with act(actor=actor, now=now) as doing:
        card = _card(application)
        _move_card(card, CardAct.SPOIL)
        doing.record(EventKind.CARD_SPOILED, subject=f"card/{card.serial}")
        _spoil_mailer(doing, card)


def _spoil_mailer(doing: Act, card: Card) -> None:
    mailer = Mailer.objects.filter(card=card, state=MailerState.PRINTED).first()
    if mailer is not None:
        _move_mailer(mailer, MailerAct.SPOIL)
        doing.record(EventKind.MAILER_SPOILED, subject=f"mailer/{mailer.number}", card=card.serial)


def _send_card(application: ApplicationId) -> Card:
    card = _card(application)
    _move_card(card, CardAct.SEND)
    return card


def _send_mailer(application: ApplicationId) -> Mailer:
    mailer = Mailer.objects.filter(card=_card(application)).first()
    if mailer is None:
        raise Unknown(what="mailer", detail=f"of application {application}")
    _move_mailer(mailer, MailerAct.SEND)
    return mailer


def _move_card(card: Card, act_: CardAct) -> None:
    state = next_state(CardState(card.state), act_)
    change(Card, row=card.pk, expected={"state": card.state}, to={"state": state})


def _move_mailer(mailer: Mailer, act_: MailerAct) -> None:
    state = next_mailer_state(MailerState(mailer.state), act_)
    change(Mailer, row=mailer.pk, expected={"state": mailer.state}, to={"state": state})


def _card(application: ApplicationId) -> Card:
    card = Card.objects.filter(order__application_id=application).first()
    if card is None:
        raise Unknown(what="card", detail=f"of application {application}")
    return card
