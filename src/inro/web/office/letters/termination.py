"""The CA ends an accepted application before a certificate exists: why, and what ends with it (16, 46)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.application import ApplicationState, TerminationReason
from inro.practice.deadlines import issuing_deadline
from inro.usecases.termination import terminate_application
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import chosen_of
from inro.web.office.letters.case import LetterCase, allows, case_or_404
from inro.web.office.queue.purpose import reads_case


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_APPLICATION)
@reads_case
def termination(request: HttpRequest, number: str) -> HttpResponse:
    """Show whether an application can still be ended, and end it."""
    case = case_or_404(number)
    if request.method != "POST":
        return _show(request, case, [])
    try:
        terminate_application(
            application=case.application_id,
            reason=chosen_of(TerminationReason, request.POST, "why"),
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _show(request, case, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("termination", args=[number]))


def _show(request: HttpRequest, case: LetterCase, errors: list[Said], *, status: int = 200) -> HttpResponse:
    record = case.record
    ended = record.examination_ended_at
    context = {
        "place": "cases",
        "tab": "termination",
        "case": case,
        "errors": errors,
        "reasons": list(TerminationReason),
        "chosen": text_of(request.POST, "why"),
        "last": ended and issuing_deadline(examination_ended_at=ended, period=record.period),
        "ends": record.state == ApplicationState.ACCEPTED and allows(request, Act.TERMINATE_APPLICATION),
    }
    return render(request, "office/letters/termination.html", context, status=status)
