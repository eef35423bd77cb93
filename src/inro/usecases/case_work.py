"""Who works on which case: taken on, given back, open for work for a while, taken over (40(7)).

That a case is open for work is a note to the others: states still change by compare-and-set alone (ADR 0015).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.case_work import OPEN_FOR, CaseOpenElsewhere, TakeOverReason, check_chosen, check_filter
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.store.change import change
from inro.store.ids import ApplicationId
from inro.store.models import CaseOpening, KeptFilter, QueueRow
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject

_OF_SOMEBODY = ("assignee", "assignee_name", "assigned_at")


def take_case(*, seen: Mapping[ApplicationId, str | None], name: str, actor: Actor, now: datetime) -> None:
    """Make cases the actor's own, all or none; `seen` says whose each was when the actor looked.

    `name` is the actor's, as the others see it beside the case.

    Raises: DutyMissing, NothingChosen, Unknown, Conflict when one is somebody else's by now.
    """
    actor.check(Act.TAKE_CASE)
    check_chosen(tuple(map(str, seen)))
    with act(actor=actor, now=now) as doing:
        for application, whose in sorted(seen.items()):
            if whose != actor.name:
                _give(
                    application,
                    whose,
                    {"assignee": actor.name, "assignee_name": name, "assigned_at": now},
                )
                _say(doing, EventKind.CASE_TAKEN, application, instead_of=whose)
        _or_nothing(doing)


def return_case(*, seen: Mapping[ApplicationId, str | None], actor: Actor, now: datetime) -> None:
    """Make cases nobody's again, all or none; what is nobody's stays so.

    Raises: DutyMissing, NothingChosen, Unknown, Conflict when one is another's than was seen.
    """
    actor.check(Act.RETURN_CASE)
    check_chosen(tuple(map(str, seen)))
    with act(actor=actor, now=now) as doing:
        for application, whose in sorted(seen.items()):
            if whose is not None:
                _give(application, whose, dict.fromkeys(_OF_SOMEBODY))
                _say(doing, EventKind.CASE_RETURNED, application, whose=whose)
        _or_nothing(doing)


def open_case(*, application: ApplicationId, name: str, actor: Actor, now: datetime) -> datetime:
    """Open a case for work under the person's name, or keep it open; return until when (not audited).

    Raises: DutyMissing, CaseOpenElsewhere while another has it open, Unknown, Conflict.
    """
    actor.check(Act.OPEN_CASE)
    until = now + OPEN_FOR
    with act(actor=actor, now=now) as doing:
        doing.nothing()
        find(application)
        rows = CaseOpening.objects.filter(pk=application)
        if rows.filter(person=actor.name, until__gt=now).update(until=until):
            return until
        left = rows.filter(Q(until__lte=now) | Q(person=actor.name))
        if left.update(person=actor.name, name=name, opened_at=now, until=until):
            return until
        held = rows.first()
        if held is not None:
            raise CaseOpenElsewhere(holder=held.name, until=held.until)
        CaseOpening.objects.create(
            application_id=application, person=actor.name, name=name, opened_at=now, until=until
        )
    return until


def leave_case(*, application: ApplicationId, actor: Actor, now: datetime) -> None:
    """Close a case that the person has open; one that is another's, or nobody's, stays as it is.

    Raises: DutyMissing.
    """
    actor.check(Act.LEAVE_CASE)
    with act(actor=actor, now=now) as doing:
        doing.nothing()
        CaseOpening.objects.filter(pk=application, person=actor.name).delete()


def take_over_case(
    *,
    application: ApplicationId,
    holder: str,
    reason: TakeOverReason,
    name: str,
    actor: Actor,
    now: datetime,
) -> datetime:
    """Take over a case that `holder` has open, for a reason that is recorded; return until when.

    Raises: DutyMissing, Unknown, Conflict when somebody else has it open by now.
    """
    actor.check(Act.TAKE_OVER_CASE)
    until = now + OPEN_FOR
    with act(actor=actor, now=now) as doing:
        change(
            CaseOpening,
            row=application,
            expected={"person": holder},
            to={"person": actor.name, "name": name, "opened_at": now, "until": until},
        )
        doing.record(
            EventKind.CASE_TAKEN_OVER,
            subject=subject(find(application).number),
            holder=holder,
            reason=reason.value,
        )
    return until


def keep_filter(*, name: str, query: str, actor: Actor, now: datetime) -> None:
    """Keep a list's filter under a name of the person's own; the same name again replaces it (not audited).

    Raises: DutyMissing, FilterRefused, NumberInText.
    """
    actor.check(Act.KEEP_FILTER)
    if holds_forbidden_number(name):
        raise NumberInText(field="filter_name")
    own = KeptFilter.objects.filter(person=actor.name)
    check_filter(name=name, kept=own.exclude(name=name).count())
    with act(actor=actor, now=now) as doing:
        doing.nothing()
        own.filter(name=name).delete()
        KeptFilter.objects.create(person=actor.name, name=name, query=query, kept_at=now)


def drop_filter(*, kept: int, actor: Actor, now: datetime) -> None:
    """Forget one of the person's own filters.

    Raises: DutyMissing.
    """
    actor.check(Act.DROP_FILTER)
    with act(actor=actor, now=now) as doing:
        doing.nothing()
        KeptFilter.objects.filter(pk=kept, person=actor.name).delete()


def _give(application: ApplicationId, whose: str | None, to: dict[str, Any]) -> None:
    change(QueueRow, row=application, expected={"assignee": whose}, to=to)


def _say(doing: Doing, kind: EventKind, application: ApplicationId, **details: str | None) -> None:
    number = QueueRow.objects.values_list("number", flat=True).get(pk=application)
    doing.record(kind, subject=subject(number), **details)


def _or_nothing(doing: Doing) -> None:
    if not doing.entries:
        doing.nothing()
