"""Doubts about a certificate's content: told, admitted when late, decided on by a person (12.6, 18.5)."""

from datetime import date, datetime

from inro.practice.acts import Act
from inro.practice.calendar import Calendar, jst_date
from inro.practice.delivery import DoubtFacts, check_doubts
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.receipt import suspends
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, ObjectionId
from inro.store.models import ReceiptObjection
from inro.store.reads.receipt import receipt_record
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.receipt import clock_of
from inro.usecases.reminder_kept_back import keep_back_reminder, settle_reminder


def record_objection(
    *,
    application: ApplicationId,
    contacted_on: date,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> ObjectionId:
    """Record that the subscriber told doubts; within 20 days of dispatch they hold reminder and 18.7 (18.5).

    A reminder that was written and not posted is held in the same transaction.

    Raises: DutyMissing, GuardRefused, Unknown when no card was posted, Conflict while others are open.
    """
    actor.check(Act.RECORD_OBJECTION)
    dispatched_on = receipt_record(application).dispatched_on
    check_doubts(DoubtFacts(dispatched_on=dispatched_on, contacted_on=contacted_on, today=jst_date(now)))
    with act(actor=actor, now=now) as doing:
        row = ReceiptObjection.objects.create(
            application_id=application, contacted_on=contacted_on, recorded_by=actor.name
        )
        doing.record(
            EventKind.OBJECTION_RECEIVED,
            subject=subject(find(application).number),
            objection=row.pk,
            contacted_on=contacted_on.isoformat(),
        )
        if _hold(application, terms, calendar):
            keep_back_reminder(doing, application)
    return ObjectionId(row.pk)


def admit_objection(*, objection: ObjectionId, actor: Actor, now: datetime) -> None:
    """Let doubts told too late hold reminder and 18.7 as those in time do (18.5).

    Raises: DutyMissing, Unknown, Conflict when they are decided on or admitted already.
    """
    actor.check(Act.ADMIT_OBJECTION)
    row = _objection(objection)
    with act(actor=actor, now=now) as doing:
        change(
            ReceiptObjection,
            row=objection,
            expected={"decided_on": None, "admitted_by": None},
            to={"admitted_by": actor.name},
        )
        named = subject(row.application.number)
        doing.record(EventKind.OBJECTION_ADMITTED, subject=named, objection=objection)
        keep_back_reminder(doing, ApplicationId(row.application_id))


def decide_objection(*, objection: ObjectionId, founded: bool, actor: Actor, now: datetime) -> None:
    """Record a person's decision on doubts; where they are founded, a revocation is another case (18.5).

    From the day after, the slip is waited for again; a reminder that was held is printed anew, or is void.

    Raises: DutyMissing, Unknown, Conflict when they are decided on already.
    """
    actor.check(Act.DECIDE_OBJECTION)
    row = _objection(objection)
    with act(actor=actor, now=now) as doing:
        change(
            ReceiptObjection,
            row=objection,
            expected={"decided_on": None},
            to={"decided_on": jst_date(now), "decided_by": actor.name, "founded": founded},
        )
        doing.record(
            EventKind.OBJECTION_DECIDED,
            subject=subject(row.application.number),
            objection=objection,
            founded=founded,
        )
        settle_reminder(doing, ApplicationId(row.application_id), founded=founded)


def _hold(application: ApplicationId, terms: Terms, calendar: Calendar) -> bool:
    record = receipt_record(application)
    return suspends(record.objection, clock=clock_of(record, terms, calendar))


def _objection(objection: ObjectionId) -> ReceiptObjection:
    row = ReceiptObjection.objects.select_related("application").filter(pk=objection).first()
    if row is None:
        raise Unknown(what="objection", detail=str(objection))
    return row
