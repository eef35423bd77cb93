"""Before a case is shown: why it is read, by the clerk's duty or as they say, on record (40(1), 40(7))."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from inro.practice.intake import ReadingPurpose
from inro.practice.reading import PurposeNotYours, derived_purpose, purposes_of
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.queue import CasePlace, case_place
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

    The purpose is the one the address names, else what follows from duty and stage.

    Raises: Http404, RecordsUnwritable.
    """
    place = _found(number)
    actor = actor_of(request)
    named = request.GET.get("purpose", "")
    try:
        purpose = _purpose(named, derived_purpose(duties=actor.duties, stage=place.stage))
        if purpose is None:
            return _ask(request, place, [])
        view_application(application=ApplicationId(place.case), purpose=purpose, actor=actor, now=clock.now())
    except PurposeNotYours as refusal:
        return _ask(request, place, [said(refusal)])
    return ReadFor(place=place, purpose=purpose, purposes=purposes_of(actor.duties))


def _purpose(named: str, derived: ReadingPurpose | None) -> ReadingPurpose | None:
    return ReadingPurpose(named) if named in list(ReadingPurpose) else derived


def _ask(request: HttpRequest, place: CasePlace, errors: list[Said]) -> HttpResponse:
    context = {
        "place": "cases",
        "number": place.number,
        "purposes": purposes_of(actor_of(request).duties),
        "errors": errors,
    }
    return render(request, "office/queue/ask_purpose.html", context, status=422 if errors else 200)


def _found(number: str) -> CasePlace:
    try:
        return case_place(number)
    except Unknown as unknown:
        raise Http404 from unknown
