"""The two officers' check against anti-social forces: who looked where, and what was found (46)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.antisocial import CheckResult, CheckSource, is_matched
from inro.practice.application import ApplicationAct
from inro.practice.calendar import JST
from inro.store.reads.antisocial import antisocial_records, officer_checks
from inro.usecases.antisocial import record_antisocial_check
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import chosen_of, typed_instant
from inro.web.office.letters.case import LetterCase, allows, case_or_404
from inro.web.office.queue.purpose import reads_case

_TYPED = ("source", "result", "remark", "checked_at")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_APPLICATION)
@reads_case
def antisocial(request: HttpRequest, number: str) -> HttpResponse:
    """Show the checks of a case and take down another one."""
    case = case_or_404(number)
    if request.method != "POST":
        return _show(request, case, [])
    try:
        record_antisocial_check(
            application=case.application_id,
            source=chosen_of(CheckSource, request.POST, "source"),
            result=chosen_of(CheckResult, request.POST, "result"),
            remark=text_of(request.POST, "remark"),
            checked_at=typed_instant(request.POST, "checked_at"),
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _show(request, case, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("antisocial", args=[number]))


def _show(request: HttpRequest, case: LetterCase, errors: list[Said], *, status: int = 200) -> HttpResponse:
    typed = typed_fields(request.POST, _TYPED)
    now = clock.now().astimezone(JST).strftime("%Y/%m/%d %H:%M")
    context = {
        "place": "cases",
        "tab": "antisocial",
        "case": case,
        "form": case.record.form,
        "errors": errors,
        "checks": antisocial_records(case.application_id),
        "matched": is_matched(officer_checks(case.application_id)),
        "records": allows(request, Act.RECORD_ANTISOCIAL_CHECK) and case.can(ApplicationAct.CHECK_ANTISOCIAL),
        "sources": list(CheckSource),
        "results": list(CheckResult),
        "typed": typed | {"checked_at": typed["checked_at"] or now},
    }
    return render(request, "office/letters/antisocial.html", context, status=status)
