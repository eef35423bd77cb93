"""The office's read-only pages: one case with its timeline, its certificate (12.6, 40(7))."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inro.pki.show import describe
from inro.practice.acts import Act
from inro.store.reads.cases import case_record
from inro.web.office.clerk import needs
from inro.web.office.queue.case_page import case_page
from inro.web.office.queue.purpose import read_for
from inro.web.public.repository import repository_page


@require_safe
@needs(Act.VIEW_APPLICATION)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show one case with its timeline, each act with its clause."""
    return case_page(request, number, errors=[])


@require_safe
@needs(Act.VIEW_CERTIFICATE)
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Show every field of a case's certificate, nothing cut off."""
    found = read_for(request, number)
    if isinstance(found, HttpResponse):
        return found
    record = case_record(number)
    if record.certificate is None or record.certificate.der is None:
        raise Http404
    context = {"case": record, "rows": describe(record.certificate.der)}
    return render(request, "office/certificate.html", context)


@require_safe
@needs(Act.VIEW_REPOSITORY)
def repository(request: HttpRequest) -> HttpResponse:
    """Show the repository as the public sees it."""
    return repository_page(request)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for a case or address that is not there."""
    return render(request, "office/missing.html", status=404)
