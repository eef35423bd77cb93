"""Rejection: a second officer's decision, its reason, and the letter that tells it (9.2)."""

import hashlib
from datetime import datetime

from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, ApplicationState, next_state
from inro.practice.calendar import Calendar
from inro.practice.deficiency import CorrectionStage
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.examination import RejectionFacts, check_rejection
from inro.store.ids import ApplicationId
from inro.store.models import Application
from inro.store.reads.deficiency import correction_time
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, step, subject
from inro.usecases.letters import add_rejection_letter


def reject_application(
    *,
    application: ApplicationId,
    reason: str,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> None:
    """Reject an application; the reason goes into the notice, its hash into the log (9.2).

    Papers found deficient may be corrected for twenty days after the notice: till then nobody rejects them.

    Raises: DutyMissing, GuardRefused, ActNotAllowed, Conflict.
    """
    actor.check(Act.REJECT_APPLICATION)
    with act(actor=actor, now=now) as doing:
        row = find(application)
        next_state(ApplicationState(row.state), ApplicationAct.REJECT)
        facts = RejectionFacts(
            examiner=row.examiner or "",
            decider=actor.name,
            reason=reason,
            correction_time_runs=_correction_time_runs(row, terms, calendar, now),
        )
        check_rejection(facts)
        step(application, ApplicationAct.REJECT, decider=actor.name, closed_at=now)
        doing.record(
            EventKind.APPLICATION_REJECTED,
            subject=subject(row.number),
            reason_sha256=hashlib.sha256(reason.encode()).hexdigest(),
        )
        add_rejection_letter(doing, application=application, reason=reason, by=actor.name, at=now)


def _correction_time_runs(row: Application, terms: Terms, calendar: Calendar, now: datetime) -> bool:
    time = correction_time(ApplicationId(row.pk), terms=terms, calendar=calendar)
    # The twenty days begin with the notice: before it arrived, they are all still to come.
    return time is not None and time.stage(now) is not CorrectionStage.LAPSED
