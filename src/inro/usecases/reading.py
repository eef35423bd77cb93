"""Who reads what is on record of a case, and for which purpose: once a day on record (40(1), 40(7))."""

from collections.abc import Collection
from datetime import datetime

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.case_work import check_chosen
from inro.practice.events import EventKind
from inro.practice.intake import ReadingPurpose
from inro.practice.reading import ReadThing, check_purpose
from inro.store.ids import ApplicationId
from inro.store.models import Application, Reading
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor


def view_application(
    *, application: ApplicationId, purpose: ReadingPurpose, actor: Actor, now: datetime
) -> None:
    """Record that a person reads a case, and why, before it is shown: once for each purpose and day (40(7)).

    Raises: DutyMissing, PurposeNotYours, Conflict.
    """
    actor.check(Act.VIEW_APPLICATION)
    check_purpose(duties=actor.duties, purpose=purpose)
    # Most readings are on record already: those open no transaction and wait for nobody's.
    if _is_recorded(application, ReadThing.CASE, purpose, actor, now):
        return
    with act(actor=actor, now=now) as doing:
        record_reading([application], ReadThing.CASE, purpose, doing, actor, now)


def list_letters(
    *, applications: Collection[ApplicationId], purpose: ReadingPurpose, actor: Actor, now: datetime
) -> None:
    """Record that a person lists the addressees of several cases, and why, before they are shown (40(7)).

    Raises: DutyMissing, PurposeNotYours, NothingChosen.
    """
    actor.check(Act.LIST_LETTERS)
    check_purpose(duties=actor.duties, purpose=purpose)
    check_chosen(tuple(map(str, applications)))
    with act(actor=actor, now=now) as doing:
        record_reading(applications, ReadThing.LETTER_LIST, purpose, doing, actor, now)


def record_reading(
    applications: Collection[ApplicationId],
    thing: ReadThing,
    purpose: ReadingPurpose,
    doing: Doing,
    actor: Actor,
    now: datetime,
) -> None:
    """Record inside the caller's act what of these cases was not read for this purpose today yet."""
    same = Reading.objects.filter(person=actor.name, thing=thing, purpose=purpose, day=jst_date(now))
    known = set(same.filter(application__in=applications).values_list("application_id", flat=True))
    new = [application for application in applications if application not in known]
    for application in new:
        note_reading(application, thing, purpose, actor, now)
    numbers = Application.objects.filter(pk__in=new).order_by("pk").values_list("number", flat=True)
    for number in numbers:
        doing.record(
            EventKind.DATA_READ, subject=f"application/{number}", purpose=purpose.value, thing=thing.value
        )
    if not new:
        doing.nothing()


def note_reading(
    application: ApplicationId, thing: ReadThing, purpose: ReadingPurpose, actor: Actor, now: datetime
) -> None:
    """Write the row of a reading inside the caller's act; where two tabs open at once, one row is enough."""
    row = Reading(
        application_id=application,
        person=actor.name,
        thing=thing,
        purpose=purpose,
        day=jst_date(now),
        first_at=now,
    )
    Reading.objects.bulk_create([row], ignore_conflicts=True)


def _is_recorded(
    application: ApplicationId, thing: ReadThing, purpose: ReadingPurpose, actor: Actor, now: datetime
) -> bool:
    return Reading.objects.filter(
        application=application, person=actor.name, thing=thing, purpose=purpose, day=jst_date(now)
    ).exists()
