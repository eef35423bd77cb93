"""From the form to the end of an application that is not accepted (7, 8.4, 9.2, 16)."""

from datetime import datetime
from typing import Any

from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, ApplicationState, next_state
from inro.practice.events import EventKind
from inro.practice.stated import StatedForm
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, PastApplicationId
from inro.store.models import Application
from inro.store.numbers import next_number
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.service_day import check_service_open


def record_application(
    *,
    form: StatedForm,
    edition: str,
    edition_sha256: str,
    actor: Actor,
    now: datetime,
    predecessor: ApplicationId | None = None,
) -> ApplicationId:
    """Record what an applicant stated, under the edition of the terms consented to (2.1, 7, 12.1).

    `predecessor` is the application this one renews (6.2, 8.11).

    Raises: ServiceEnded.
    """
    actor.check(Act.RECORD_APPLICATION)
    with act(actor=actor, now=now) as doing:
        check_service_open(now)
        row = add_application(
            doing,
            form=form,
            edition=edition,
            edition_sha256=edition_sha256,
            now=now,
            predecessor=predecessor,
        )
    return ApplicationId(row.pk)


def record_form_printed(*, application: ApplicationId, actor: Actor, now: datetime) -> None:
    """Record that the wizard printed the form (8.1).

    Raises: ActNotAllowed, Conflict.
    """
    actor.check(Act.RECORD_FORM_PRINTED)
    with act(actor=actor, now=now) as doing:
        row = step(application, ApplicationAct.PRINT_FORM)
        doing.record(EventKind.FORM_PRINTED, subject=subject(row.number))


def receive_application(
    *, application: ApplicationId, received_at: datetime, actor: Actor, now: datetime
) -> None:
    """Record that the sealed form arrived by post or by hand (8.4).

    Raises: DutyMissing, ActNotAllowed, Conflict.
    """
    actor.check(Act.RECEIVE_APPLICATION)
    check_service_open(now)
    with act(actor=actor, now=now) as doing:
        receive(application=application, received_at=received_at, doing=doing)


def receive(*, application: ApplicationId, received_at: datetime, doing: Doing) -> None:
    """Make an application a received one inside the caller's act (8.4).

    Raises: ActNotAllowed, Conflict.
    """
    row = step(application, ApplicationAct.RECEIVE, received_at=received_at)
    doing.record(
        EventKind.APPLICATION_RECEIVED, subject=subject(row.number), received_at=received_at.isoformat()
    )


def begin_examination(*, application: ApplicationId, actor: Actor, now: datetime) -> None:
    """Take an application into examination, or back into it (9.1).

    Raises: DutyMissing, ActNotAllowed, Conflict.
    """
    actor.check(Act.BEGIN_EXAMINATION)
    with act(actor=actor, now=now) as doing:
        row = find(application)
        sent_back = row.state == ApplicationState.EXAMINED
        step(application, ApplicationAct.EXAMINE)
        doing.record(
            EventKind.EXAMINATION_SENT_BACK if sent_back else EventKind.EXAMINATION_STARTED,
            subject=subject(row.number),
        )


def find_deficient(
    *, application: ApplicationId, points: int, points_sha256: str, actor: Actor, now: datetime
) -> None:
    """Record how many deficiencies were found; the notice of them is `send_notice` (9.2).

    Who finds them in an examination is its examiner: another person rejects, if it comes to that.

    Raises: DutyMissing, ActNotAllowed, Conflict.
    """
    actor.check(Act.FIND_DEFICIENT)
    with act(actor=actor, now=now) as doing:
        make_deficient(
            doing,
            application=application,
            points=points,
            points_sha256=points_sha256,
            by=actor.name,
            at=now,
        )


def make_deficient(
    doing: Doing, *, application: ApplicationId, points: int, points_sha256: str, by: str, at: datetime
) -> None:
    """Make an application a deficient one inside the caller's act, by whom and when (9.2).

    Raises: ActNotAllowed, Conflict, Unknown.
    """
    examines = find(application).state == ApplicationState.EXAMINING
    examiner = {"examiner": by} if examines else {}
    row = step(application, ApplicationAct.FIND_DEFICIENT, deficient_at=at, **examiner)
    doing.record(
        EventKind.DEFICIENCY_FOUND,
        subject=subject(row.number),
        points=points,
        points_sha256=points_sha256,
    )


def record_resubmission(*, application: ApplicationId, form: StatedForm, actor: Actor, now: datetime) -> None:
    """Record corrected papers and what they now state (9.2).

    Raises: DutyMissing, ActNotAllowed, Conflict.
    """
    actor.check(Act.RECORD_RESUBMISSION)
    with act(actor=actor, now=now) as doing:
        take_back(doing, application=application, stated=form.as_record())


def take_back(doing: Doing, *, application: ApplicationId, stated: dict[str, Any], **details: Any) -> None:
    """Take a mended application back into examination inside the caller's act (9.2).

    `details` go into the log.

    Raises: ActNotAllowed, Conflict, Unknown.
    """
    row = step(application, ApplicationAct.RESUBMIT, stated=stated)
    doing.record(
        EventKind.RESUBMISSION_RECEIVED,
        subject=subject(row.number),
        stated_sha256=canonical_sha256(stated),
        **details,
    )


def withdraw_application(*, application: ApplicationId, actor: Actor, now: datetime) -> None:
    """Record that the applicant withdrew before acceptance; afterwards there is no way back (16).

    Raises: DutyMissing, ActNotAllowed, Conflict.
    """
    actor.check(Act.WITHDRAW_APPLICATION)
    with act(actor=actor, now=now) as doing:
        row = step(application, ApplicationAct.WITHDRAW, closed_at=now)
        doing.record(EventKind.APPLICATION_WITHDRAWN, subject=subject(row.number))


def add_application(
    doing: Doing,
    *,
    form: StatedForm,
    edition: str,
    edition_sha256: str,
    now: datetime,
    predecessor: ApplicationId | None = None,
    past: PastApplicationId | None = None,
) -> Application:
    """Add an application inside the caller's act; return its row. `past` is what it renews from before."""
    stated = form.as_record()
    row = Application.objects.create(
        number=next_number("A", now=now),
        kind=form.kind,
        state=ApplicationState.DRAFTED,
        edition=edition,
        edition_sha256=edition_sha256,
        period=form.period,
        stated=stated,
        drafted_at=now,
        predecessor_id=predecessor,
        past_id=past,
    )
    doing.record(
        EventKind.APPLICATION_DRAFTED,
        subject=subject(row.number),
        edition=edition,
        edition_sha256=edition_sha256,
        stated_sha256=canonical_sha256(stated),
    )
    return row


def find(application: ApplicationId) -> Application:
    """Return an application's row.

    Raises: Unknown.
    """
    row = Application.objects.filter(pk=application).first()
    if row is None:
        raise Unknown(what="application", detail=str(application))
    return row


def step(application: ApplicationId, act_: ApplicationAct, **columns: Any) -> Application:
    """Move an application on inside the caller's act, from the state it was read in; return it as read.

    Raises: ActNotAllowed, Conflict, Unknown.
    """
    row = find(application)
    state = next_state(ApplicationState(row.state), act_)
    change(Application, row=row.pk, expected={"state": row.state}, to={"state": state, **columns})
    return row


def subject(number: str) -> str:
    """Return what the audit log calls an application."""
    return f"application/{number}"
