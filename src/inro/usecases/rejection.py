"""Rejection: a second officer's decision with a security key, its reason, the letter that tells it (9.2)."""

import hashlib
from datetime import datetime

from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, ApplicationState, next_state
from inro.practice.approval import REJECT, Purpose, rejection
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
from inro.usecases.decision import Approval, Officers, check_approval, insert_decision
from inro.usecases.letters import add_rejection_letter


def reject_application(
    *,
    application: ApplicationId,
    reason: str,
    approval: Approval,
    officers: Officers,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> None:
    """Reject an application; the reason is signed and goes into the notice, its hash into the log (9.2).

    Papers found deficient may be corrected for twenty days after the notice: till then nobody rejects them.

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, GuardRefused, ActNotAllowed,
    Conflict.
    """
    actor.check(Act.REJECT_APPLICATION)
    with act(actor=actor, now=now) as doing:
        row = find(application)
        next_state(ApplicationState(row.state), ApplicationAct.REJECT)
        check_rejection(_facts(row, reason, actor, terms, calendar, now))
        check_approval(
            approval=approval,
            purpose=Purpose.REJECTION,
            verdict=REJECT,
            case=row.number,
            content=rejection(reason=reason),
            earlier=(),
            officers=officers,
            actor=actor,
            now=now,
        )
        step(application, ApplicationAct.REJECT, decider=actor.name, closed_at=now)
        doing.record(
            EventKind.APPLICATION_REJECTED,
            subject=subject(row.number),
            reason_sha256=hashlib.sha256(reason.encode()).hexdigest(),
            assertion_sha256=insert_decision(
                approval=approval, person=actor.name, now=now, application=application
            ),
        )
        add_rejection_letter(doing, application=application, reason=reason, by=actor.name, at=now)


def _facts(
    row: Application, reason: str, actor: Actor, terms: Terms, calendar: Calendar, now: datetime
) -> RejectionFacts:
    return RejectionFacts(
        examiner=row.examiner or "",
        decider=actor.name,
        reason=reason,
        correction_time_runs=_correction_time_runs(row, terms, calendar, now),
    )


def _correction_time_runs(row: Application, terms: Terms, calendar: Calendar, now: datetime) -> bool:
    time = correction_time(ApplicationId(row.pk), terms=terms, calendar=calendar)
    # The twenty days begin with the notice: before it arrived, they are all still to come.
    return time is not None and time.stage(now) is not CorrectionStage.LAPSED
