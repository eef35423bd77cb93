"""An application ends before its certificate: withdrawn until the acceptance, after it by the CA (16)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, TerminationReason
from inro.practice.deadlines import issuing_deadline
from inro.usecases.actor import Actor
from inro.usecases.application import withdraw_application
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
    """Show who can still end an application, and end it."""
    case = case_or_404(number)
    if request.method != "POST":
        return _show(request, case, [])
    try:
        _end(case, request.POST, actor_of(request))
    except REFUSALS as refusal:
        return _show(request, case, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("termination", args=[number]))


def _end(case: LetterCase, post: QueryDict, actor: Actor) -> None:
    application, now = case.application_id, clock.now()
    if text_of(post, "do") == "withdraw":
        withdraw_application(application=application, actor=actor, now=now)
        return
    reason = chosen_of(TerminationReason, post, "why")
    terminate_application(application=application, reason=reason, actor=actor, now=now)


def _show(request: HttpRequest, case: LetterCase, errors: list[Said], *, status: int = 200) -> HttpResponse:
    ended = case.record.examination_ended_at
    context = {
        "place": "cases",
        "tab": "termination",
        "case": case,
        "errors": errors,
        "reasons": list(TerminationReason),
        "chosen": text_of(request.POST, "why"),
        "last": ended and issuing_deadline(examination_ended_at=ended, period=case.record.period),
        "can_end": case.can(ApplicationAct.TERMINATE),
        "ends": allows(request, Act.TERMINATE_APPLICATION),
        "can_withdraw": case.can(ApplicationAct.WITHDRAW),
        "withdraws": allows(request, Act.WITHDRAW_APPLICATION),
    }
    return render(request, "office/letters/termination.html", context, status=status)
