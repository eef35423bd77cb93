"""Before a case is shown: why it is read, by the clerk's duty or as they say, on record (40(1), 40(7))."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from inro.practice.calendar import jst_date
from inro.practice.intake import ReadingPurpose
from inro.practice.reading import PurposeNotYours, derived_purpose, purposes_of
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.queue import CasePlace, case_place
from inro.store.reads.reading import purpose_on
from inro.usecases.actor import Actor
from inro.usecases.reading import view_application
from inro.web.office import clock
from inro.web.office.clerk import actor_of
from inro.web.office.intake.saying import Said, said


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFor:
    """A case that may be shown: its place in the queue and the purpose that is on record."""

    place: CasePlace
    purpose: ReadingPurpose
    purposes: tuple[ReadingPurpose, ...]


def read_for(request: HttpRequest, number: str) -> ReadFor | HttpResponse:
    """Record why a case is read and return that, or the page that asks.

    The purpose is the one the address names, else what follows from duty and stage, else what the person
    gave for this case earlier in the day.

    Raises: Http404, RecordsUnwritable.
    """
    place = _found(number)
    actor, now = actor_of(request), clock.now()
    named = request.GET.get("purpose", "")
    try:
        purpose = ReadingPurpose(named) if named in list(ReadingPurpose) else _known(place, actor, now)
        if purpose is None:
            return _ask(request, place, [])
        view_application(application=ApplicationId(place.case), purpose=purpose, actor=actor, now=now)
    except PurposeNotYours as refusal:
        return _ask(request, place, [said(refusal)])
    return ReadFor(place=place, purpose=purpose, purposes=purposes_of(actor.duties))


def reads_case[**P](
    view: Callable[Concatenate[HttpRequest, str, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Show a page of a case, named by its number, only once it is on record why it is read.

    What is sent is an act with a record of its own.
    """

    @wraps(view)
    def recorded(request: HttpRequest, number: str, *given: P.args, **named: P.kwargs) -> HttpResponse:
        asked = None if request.method == "POST" else read_for(request, number)
        return asked if isinstance(asked, HttpResponse) else view(request, number, *given, **named)

    return recorded  # type: ignore[return-value]


def _known(place: CasePlace, actor: Actor, now: datetime) -> ReadingPurpose | None:
    derived = derived_purpose(duties=actor.duties, stage=place.stage)
    return derived or purpose_on(
        ApplicationId(place.case), person=actor.name, day=jst_date(now), among=purposes_of(actor.duties)
    )


def _ask(request: HttpRequest, place: CasePlace, errors: list[Said]) -> HttpResponse:
    context = {
        "place": "cases",
        "number": place.number,
        "purposes": purposes_of(actor_of(request).duties),
        # Where on the page the reader was going.
        "going": [(name, value) for name, value in request.GET.items() if name != "purpose"],
        "errors": errors,
    }
    return render(request, "office/queue/ask_purpose.html", context, status=422 if errors else 200)


def _found(number: str) -> CasePlace:
    try:
        return case_place(number)
    except Unknown as unknown:
        raise Http404 from unknown
