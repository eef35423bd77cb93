"""Reminders of slips that did not come, many at once; each goes the way of every letter (18.7, 43)."""

from collections.abc import Sequence
from datetime import datetime

from inro.practice.acts import Act
from inro.practice.calendar import Calendar
from inro.practice.editions import Terms
from inro.practice.letters import LetterRefused
from inro.practice.receipt import check_reminder
from inro.store.ids import ApplicationId
from inro.store.reads.receipt import receipt_record
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.letters import add_reminder_letter
from inro.usecases.receipt import stage_of


def write_reminders(
    *,
    cases: Sequence[tuple[ApplicationId, Terms]],
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> int:
    """Write the reminders of these cases, each under its terms, all or none; return how many (18.7).

    They wait to be printed and posted; the ten days begin with the postmark.

    Raises: DutyMissing, LetterRefused for none, GuardRefused where one is not due, Unknown, Conflict where
    one waits already.
    """
    actor.check(Act.WRITE_REMINDERS)
    if not cases:
        raise LetterRefused(field="cases", problem="none")
    with act(actor=actor, now=now) as doing:
        for application, terms in cases:
            record = receipt_record(application)
            check_reminder(stage_of(record, terms, calendar, now))
            add_reminder_letter(
                doing,
                application=application,
                dispatched_on=record.dispatched_on,
                by=actor.name,
                at=now,
            )
    return len(cases)
