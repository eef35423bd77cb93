"""The slip, or the reminder of it (18.4-18.7, 22.1(1))."""

from dataclasses import dataclass
from datetime import date, datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.calendar import Calendar, jst_date
from inro.practice.card import CardAct, CardState, next_state
from inro.practice.delivery import SlipFacts, check_confirming_slip, why_parked
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.grounds import Ground
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.receipt import (
    ReceiptClock,
    ReceiptStage,
    may_revoke_for_late_slip,
    receipt_clock,
    receipt_stage,
    suspends,
)
from inro.practice.transitions import GuardRefused
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, NoticeId, SlipId
from inro.store.models import Card, ReceiptSlip
from inro.store.reads.receipt import ReceiptRecord, receipt_record
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.notice import NoticeText, send_notice

LONGEST_SHELF = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipVerdict:
    """What a slip did: it confirmed delivery, or is parked for want of the condition named."""

    slip: SlipId
    parked_for: str | None


def record_receipt_slip(
    *,
    application: ApplicationId,
    arrived_on: date,
    name_agrees: bool,
    seal_matches: bool,
    shelf: str,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> SlipVerdict:
    """Record a slip that came; with name and registered seal, and no doubts open, it confirms delivery.

    Any other slip is kept too, and parked (18.4-18.6). `shelf` is where the paper itself lies from now on.

    Raises: DutyMissing, LetterRefused for no shelf or a day to come, NumberInText, ActNotAllowed,
    Unknown when no card was posted, Conflict when delivery is confirmed.
    """
    actor.check(Act.RECORD_RECEIPT_SLIP)
    _check_slip(arrived_on, shelf, now)
    with act(actor=actor, now=now) as doing:
        record = receipt_record(application)
        facts = SlipFacts(
            name_agrees=name_agrees,
            registered_seal_agrees=seal_matches,
            doubts_open=_doubts_are_open(record, terms, calendar),
        )
        parked_for = why_parked(facts)
        row = ReceiptSlip.objects.create(
            application_id=application,
            arrived_on=arrived_on,
            name_agrees=name_agrees,
            seal_matches=seal_matches,
            parked_for=parked_for,
            shelf=shelf.strip(),
            checked_by=actor.name,
        )
        doing.record(
            EventKind.SLIP_PARKED if parked_for else EventKind.SLIP_RECEIVED,
            subject=subject(find(application).number),
            slip=row.pk,
            arrived_on=arrived_on.isoformat(),
            parked_for=parked_for,
        )
        if parked_for is None:
            _confirm(doing, application)
    return SlipVerdict(slip=SlipId(row.pk), parked_for=parked_for)


def confirm_parked_slip(
    *, slip: SlipId, terms: Terms, calendar: Calendar, actor: Actor, now: datetime
) -> None:
    """Let a slip confirm delivery that came while doubts were open, once they are decided on (18.5, 18.6).

    Raises: DutyMissing, GuardRefused while something is still lacking, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.CONFIRM_PARKED_SLIP)
    row = ReceiptSlip.objects.filter(pk=slip).first()
    if row is None:
        raise Unknown(what="slip", detail=str(slip))
    application = ApplicationId(row.application_id)
    with act(actor=actor, now=now) as doing:
        facts = SlipFacts(
            name_agrees=row.name_agrees,
            registered_seal_agrees=row.seal_matches,
            doubts_open=_doubts_are_open(receipt_record(application), terms, calendar),
        )
        check_confirming_slip(facts)
        change(ReceiptSlip, row=slip, expected={"parked_for": row.parked_for}, to={"parked_for": None})
        _confirm(doing, application)


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

    Doubts told in time hold it back until a person has decided on them (18.5).

    Raises: DutyMissing, GuardRefused before it is due, ChannelRefused, NotArrived, Unknown.
    """
    actor.check(Act.SEND_REMINDER)
    stage = stage_of(receipt_record(application), terms, calendar, now)
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


def is_receipt_period_over(
    *, ground: Ground, application: ApplicationId | None, terms: Terms, calendar: Calendar, now: datetime
) -> bool:
    """Return whether the wait for the slip has ended, as a ground of 18.7 or 22.1(1) asks."""
    if application is None or ground.clause not in ("18.7", "22.1(1)"):
        return False
    try:
        record = receipt_record(application)
    except Unknown:
        return False  # Nothing was posted, so nothing is waited for.
    if ground.clause == "18.7":
        return stage_of(record, terms, calendar, now) is ReceiptStage.REVOCATION_DUE
    return may_revoke_for_late_slip(
        clock=clock_of(record, terms, calendar), slip_arrived_on=record.slip_arrived_on, now=now
    )


def _check_slip(arrived_on: date, shelf: str, now: datetime) -> None:
    if arrived_on > jst_date(now):
        raise LetterRefused(field="arrived_on", problem="later")
    if not shelf.strip():
        raise LetterRefused(field="shelf", problem="missing")
    if len(shelf.strip()) > LONGEST_SHELF:
        raise LetterRefused(field="shelf", problem="too_long")
    if holds_forbidden_number(shelf):
        raise NumberInText(field="shelf")


def _confirm(doing: Doing, application: ApplicationId) -> None:
    card = Card.objects.filter(order__application_id=application).first()
    if card is None:
        raise Unknown(what="card", detail=f"of application {application}")
    state = next_state(CardState(card.state), CardAct.CONFIRM_RECEIPT)
    change(Card, row=card.pk, expected={"state": card.state}, to={"state": state})
    doing.record(EventKind.RECEIPT_CONFIRMED, subject=subject(find(application).number), card=card.serial)


def clock_of(record: ReceiptRecord, terms: Terms, calendar: Calendar) -> ReceiptClock:
    """Return the deadlines of a case's card (18.5, 18.7, 22.1(1)).

    Raises: ReminderTooEarly.
    """
    return receipt_clock(
        dispatched_on=record.dispatched_on,
        reminder_arrived_on=record.reminder_arrived_on,
        terms=terms,
        calendar=calendar,
        settled=record.settled,
    )


def stage_of(record: ReceiptRecord, terms: Terms, calendar: Calendar, now: datetime) -> ReceiptStage:
    """Return where the wait for a case's slip stands (18.5-18.7)."""
    return receipt_stage(
        clock=clock_of(record, terms, calendar),
        slip_arrived_on=record.slip_arrived_on,
        objection=record.objection,
        now=now,
    )


def _doubts_are_open(record: ReceiptRecord, terms: Terms, calendar: Calendar) -> bool:
    return suspends(record.objection, clock=clock_of(record, terms, calendar))
