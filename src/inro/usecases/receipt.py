"""The slip, or the reminder of it (18.4-18.7)."""

from datetime import date, datetime

from inro.practice.calendar import Calendar, jst_date
from inro.practice.card import CardAct, CardState, next_state
from inro.practice.duties import Duty
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.receipt import ReceiptStage, receipt_clock, receipt_stage
from inro.practice.transitions import GuardRefused
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, NoticeId
from inro.store.models import Card, ReceiptSlip
from inro.store.reads.receipt import receipt_record
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.notice import NoticeText, send_notice


def record_receipt_slip(
    *,
    application: ApplicationId,
    arrived_on: date,
    seal_matches: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Record a slip; with the registered seal it confirms delivery, with any other it is parked (18.4, 18.6).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Duty.RECEIPT)
    named = subject(find(application).number)
    with act(actor=actor, now=now) as doing:
        ReceiptSlip.objects.create(
            application_id=application,
            arrived_on=arrived_on,
            seal_matches=seal_matches,
            checked_by=actor.name,
        )
        doing.record(
            EventKind.SLIP_RECEIVED if seal_matches else EventKind.SLIP_PARKED,
            subject=named,
            arrived_on=arrived_on.isoformat(),
        )
        if seal_matches:
            card = Card.objects.filter(order__application_id=application).first()
            if card is None:
                raise Unknown(what="card", detail=f"of application {application}")
            state = next_state(CardState(card.state), CardAct.CONFIRM_RECEIPT)
            change(Card, row=card.pk, expected={"state": card.state}, to={"state": state})
            doing.record(EventKind.RECEIPT_CONFIRMED, subject=named, card=card.serial)


def send_reminder(
    *,
    application: ApplicationId,
    text: NoticeText,
    channel: Channel,
    delivery: Delivery | None,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> NoticeId:
    """Send the reminder of a slip that did not come, once it is overdue and only then (18.7).

    Raises: DutyMissing, GuardRefused before it is due, ChannelRefused, NotArrived, Unknown.
    """
    record = receipt_record(application)
    clock = receipt_clock(
        dispatched_on=record.dispatched_on,
        reminder_arrived_on=record.reminder_arrived_on,
        terms=terms,
        calendar=calendar,
    )
    stage = receipt_stage(clock=clock, slip_arrived_on=record.slip_arrived_on, objection=None, now=now)
    if stage is not ReceiptStage.REMINDER_DUE:
        raise GuardRefused(guard=stage.value, clause="18.7")
    return send_notice(
        application=application,
        kind=NoticeKind.RECEIPT_REMINDER,
        clause="18.7",
        channel=channel,
        text=text,
        sent_on=jst_date(now),
        delivery=delivery,
        actor=actor,
        now=now,
    )
