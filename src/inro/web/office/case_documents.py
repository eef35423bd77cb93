"""A case's documents: opened for a purpose that is recorded first, shown as pictures made here (40(7)).

The file that was kept never leaves the process. A case stays open to the clerk for half an hour.
"""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from inro.paper.scan.preview import MEDIA_TYPE, ZOOM_PERCENT, view
from inro.ports.errors import PortError
from inro.practice.acts import Act
from inro.practice.intake import EnclosureRefused, ReadingPurpose
from inro.store.errors import StoreError, Unknown
from inro.store.reads.application import ApplicationRecord
from inro.store.reads.intake import DocumentRecord, document_by_reference, documents_of
from inro.usecases.document import document_subject, stored_document, view_documents
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.found_case import found_case
from inro.web.office.intake.answers import chosen
from inro.web.office.intake.opened import crew
from inro.web.office.intake.pictures import page_of_kept
from inro.web.office.intake.saying import Said, said

_OPEN_FOR = timedelta(minutes=30)
_WIDTHS = (112, 900)
_signer = TimestampSigner(salt="inro.documents")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_DOCUMENTS)
def case_documents(request: HttpRequest, number: str) -> HttpResponse:
    """Ask why, record it, then show the pages that are kept of a case."""
    case = found_case(number)
    errors: list[Said] = []
    if request.method == "POST":
        try:
            purpose = chosen(ReadingPurpose, request.POST, "purpose", field="purpose")
            view_documents(
                application=case.application_id,
                purpose=purpose,
                actor=actor_of(request),
                now=clock.now(),
            )
            opened = urlencode({"opened": opened_token(request, number)})
            return HttpResponseRedirect(f"{reverse('documents', args=[number])}?{opened}")
        except (EnclosureRefused, StoreError) as refusal:
            errors = [said(refusal)]
    if errors or not is_open(request, number):
        context = {"place": "cases", "case": case, "purposes": list(ReadingPurpose), "errors": errors}
        return render(request, "office/open_documents.html", context, status=422 if errors else 200)
    return _show(request, case)


@require_safe
@needs(Act.VIEW_DOCUMENTS)
def document_picture(request: HttpRequest, number: str, reference: str, width: int) -> HttpResponse:
    """Give a picture of a kept page of an opened case."""
    if not is_open(request, number) or width not in _WIDTHS:
        raise Http404
    record = _document(number, reference)
    try:
        content = crew().desk.room.store.get(
            stored_document(record), subject=document_subject(record.reference)
        )
    except (PortError, Unknown) as gone:
        raise Http404 from gone
    picture = view(
        page_of_kept(content), width=width, zoom_percent=_zoom(request), quarter_turns=_turns(request)
    )
    return HttpResponse(picture, content_type=MEDIA_TYPE)


def _show(request: HttpRequest, case: ApplicationRecord) -> HttpResponse:
    pages = documents_of(case.application_id)
    wanted = request.GET.get("page", "")
    shown = next((page for page in pages if page.reference == wanted), pages[0] if pages else None)
    place = pages.index(shown) if shown else 0
    context = {
        "place": "cases",
        "case": case,
        "pages": pages,
        "shown": shown,
        "previous": pages[place - 1] if place > 0 else None,
        "next": pages[place + 1] if place + 1 < len(pages) else None,
        "opened": request.GET["opened"],
        "zoom": _zoom(request),
        "zooms": ZOOM_PERCENT,
        "turns": _turns(request),
        "turned_on": (_turns(request) + 1) % 4,
        "minutes": _OPEN_FOR // timedelta(minutes=1),
    }
    return render(request, "office/documents.html", context)


def opened_token(request: HttpRequest, number: str) -> str:
    """Return what keeps a case's documents open to the clerk, whose reading has just been recorded."""
    return _signer.sign(_opening(request, number))


def _opening(request: HttpRequest, number: str) -> str:
    return f"{number}/{actor_of(request).name}"


def is_open(request: HttpRequest, number: str) -> bool:
    """Return whether a case's documents are open to the clerk (40(7))."""
    try:
        opened = _signer.unsign(request.GET.get("opened", ""), max_age=_OPEN_FOR)
    except BadSignature:
        return False
    return opened == _opening(request, number)


def _document(number: str, reference: str) -> DocumentRecord:
    try:
        record = document_by_reference(reference)
    except Unknown as unknown:
        raise Http404 from unknown
    if record.application != number:
        raise Http404
    return record


def _zoom(request: HttpRequest) -> int:
    asked = request.GET.get("zoom", "")
    return int(asked) if asked.isdigit() and int(asked) in ZOOM_PERCENT else ZOOM_PERCENT[0]


def _turns(request: HttpRequest) -> int:
    asked = request.GET.get("turns", "")
    return int(asked) if asked in {"0", "1", "2", "3"} else 0
