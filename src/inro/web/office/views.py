"""The office's read-only pages: cases, one case with its timeline, its certificate (12.6, 40(7))."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inro.pki.show import describe
from inro.store.errors import Unknown
from inro.store.reads.cases import CaseRecord, case_lines, case_record, case_timeline
from inro.web.office.case_list import chosen_filter, filters, tiles
from inro.web.office.decisions.standing import decisions_shown
from inro.web.office.stages import stages
from inro.web.office.timeline import timeline_days


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases, all or those of one filter."""
    lines = case_lines()
    chosen = chosen_filter(request.GET.get("show", ""))
    context = {
        "place": "cases",
        "tiles": tiles(lines),
        "filters": filters(lines, chosen=chosen),
        "lines": [line for line in lines if chosen.takes(line)],
    }
    return render(request, "office/cases.html", context)


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show one case with its timeline, each act with its clause."""
    record = _found(number)
    context = {
        "case": record,
        "stages": stages(record),
        "days": timeline_days(case_timeline(number)),
        "decisions": decisions_shown(number),
    }
    return render(request, "office/case.html", context)


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Show every field of a case's certificate, nothing cut off."""
    record = _found(number)
    if record.certificate is None or record.certificate.der is None:
        raise Http404
    context = {"case": record, "rows": describe(record.certificate.der)}
    return render(request, "office/certificate.html", context)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for a case or address that is not there."""
    return render(request, "office/missing.html", status=404)


def _found(number: str) -> CaseRecord:
    try:
        return case_record(number)
    except Unknown as unknown:
        raise Http404 from unknown
