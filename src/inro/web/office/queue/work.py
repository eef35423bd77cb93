"""Work on one case: taken on, given back, opened, left, taken over; the others see who has it (40(7))."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from inro.practice.acts import Act
from inro.practice.case_work import TakeOverReason
from inro.practice.intake import EnclosureRefused
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.queue import CasePlace, case_place
from inro.usecases.case_work import leave_case, open_case, return_case, take_case, take_over_case
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import chosen, text_of
from inro.web.office.intake.saying import REFUSALS, said
from inro.web.office.queue.case_page import case_page


@require_POST
@needs(Act.OPEN_CASE)
def work(request: HttpRequest, number: str) -> HttpResponse:
    """Do what the bar above a case offers; a script that only keeps the case open gets no page."""
    try:
        place = case_place(number)
    except Unknown as unknown:
        raise Http404 from unknown
    quiet = bool(request.POST.get("quiet"))
    try:
        _do(request, place, text_of(request.POST, "do"))
    except REFUSALS as refusal:
        return HttpResponse(status=409) if quiet else case_page(request, number, errors=[said(refusal)])
    return HttpResponse(status=204) if quiet else HttpResponseRedirect(reverse("case", args=[number]))


def _do(request: HttpRequest, place: CasePlace, what: str) -> None:
    case, actor, now = ApplicationId(place.case), actor_of(request), clock.now()
    name: str = request.clerk.name  # type: ignore[attr-defined]
    seen = {case: text_of(request.POST, "seen") or None}
    match what:
        case "open":
            open_case(application=case, name=name, actor=actor, now=now)
        case "leave":
            leave_case(application=case, actor=actor, now=now)
        case "take_over":
            reason = chosen(TakeOverReason, request.POST, "taken_for", field="taken_for")
            holder = text_of(request.POST, "holder")
            take_over_case(application=case, holder=holder, reason=reason, name=name, actor=actor, now=now)
        case "take":
            take_case(seen=seen, name=name, actor=actor, now=now)
        case "return":
            return_case(seen=seen, actor=actor, now=now)
        case _:
            raise EnclosureRefused(field="do", problem="missing")
