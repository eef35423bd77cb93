"""The day's list, uploads, and one batch: sorted piles, the tray, forms filed in one confirm (8.4, 8.5)."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from inro.paper.scan.preview import MEDIA_TYPE, view
from inro.ports.errors import PortError
from inro.practice.acts import Act
from inro.practice.calendar import JST, jst_date
from inro.practice.enclosures import PaperKind
from inro.practice.intake import ArrivalWay, DiscardReason, EnclosureRefused, ScanSource, TrayReason
from inro.store.errors import Unknown
from inro.store.reads.application import application_by_number
from inro.store.reads.intake import batch_by_number, batch_lines, envelopes_since
from inro.web.office.clerk import actor_of, needs
from inro.web.office.house import house
from inro.web.office.intake.answers import (
    application_number,
    chosen,
    envelope_facts,
    places_of,
    text_of,
    typed_fields,
)
from inro.web.office.intake.cases import DeskCase, desk_case
from inro.web.office.intake.forms import file_own_forms
from inro.web.office.intake.opened import DeskClosed, crew
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.intake.tray import Batch, CasePile, TrayPage, piles
from inro.web.office.upload import refused_files

_SHOWN_DAYS = 7
_VIEW_WIDTHS = (112, 900, 1400, 2000)
_TURNS = {"left": 3, "right": 1, "over": 2}


@require_safe
@needs(Act.TAKE_BATCH)
def intake(request: HttpRequest) -> HttpResponse:
    """Show the batches and envelopes of these days, and take files in."""
    return _intake(request, [])


@require_POST
@needs(Act.TAKE_BATCH)
def upload(request: HttpRequest) -> HttpResponse:
    """Take the chosen files in as one batch."""
    files: list[bytes | Exception] = [file.read() for file in request.FILES.getlist("files")]
    files += refused_files(request)
    if not files:
        return _intake(request, [said(EnclosureRefused(field="files", problem="missing"))], status=422)
    try:
        batch = crew().take(files=files, source=ScanSource.UPLOAD, actor=actor_of(request))
    except REFUSALS as refusal:
        return _intake(request, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("batch", args=[batch.number]))


@require_safe
@needs(Act.TAKE_BATCH)
def batch(request: HttpRequest, number: str) -> HttpResponse:
    """Show one batch: its pages by case, and those that belong to none yet."""
    return _batch(request, number, [])


@require_GET
@needs(Act.TAKE_BATCH)
def progress(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001
    """Tell the page's script how far the batch is, in a word that changes with everything there is to see."""
    found = _on_desk(number)
    busy = found.opening > 0 or any(page.filing for page in found.waiting)
    state = "/".join(str(part) for part in (found.opening, len(found.pages), len(found.waiting), busy))
    return JsonResponse({"busy": busy, "state": state})


@require_POST
@needs(Act.TAKE_BATCH)
def handle_pages(request: HttpRequest, number: str) -> HttpResponse:
    """Assign, turn or discard the ticked pages."""
    found = _on_desk(number)
    try:
        _handle(found, request)
    except REFUSALS as refusal:
        return _batch(request, number, [said(refusal)], typed=request.POST, status=422)
    return HttpResponseRedirect(f"{reverse('batch', args=[number])}#tray")


@require_POST
@needs(Act.REGISTER_DOCUMENT)
def file_forms(request: HttpRequest, number: str) -> HttpResponse:
    """Register and store every page that identifies itself as a form of ours, case by case."""
    found = _on_desk(number)
    try:
        facts = envelope_facts(request.POST)
        shelf = text_of(request.POST, "shelf")
        file_own_forms(crew=crew(), batch=found, facts=facts, shelf=shelf, actor=actor_of(request))
    except REFUSALS as refusal:
        return _batch(request, number, [said(refusal)], typed=request.POST, status=422)
    return HttpResponseRedirect(reverse("batch", args=[number]))


@require_safe
@needs(Act.TAKE_BATCH)
def picture(request: HttpRequest, number: str, place: int, width: int) -> HttpResponse:  # noqa: ARG001
    """Give a picture of a page, made here of its pixels."""
    page = crew().desk.page(number, place)
    if page is None or not page.waits or width not in _VIEW_WIDTHS:
        raise Http404
    if width == _VIEW_WIDTHS[0]:
        return HttpResponse(page.thumbnail, content_type=MEDIA_TYPE)
    try:
        return HttpResponse(view(crew().desk.picture(page), width=width), content_type=MEDIA_TYPE)
    except PortError as gone:
        raise Http404 from gone


def _handle(found: Batch, request: HttpRequest) -> None:
    desk, post = crew().desk, request.POST
    asked = text_of(post, "do")
    if asked == "separators":
        places = [page.place for page in found.separators]
        desk.discard(found, places, reason=DiscardReason.SEPARATOR, actor=actor_of(request))
        return
    places = places_of(post)
    if asked == "tray":
        desk.back_to_tray(found, places, reason=TrayReason.PUT_BACK)
    elif asked in _TURNS:
        desk.turn(found, places, quarter_turns=_TURNS[asked])
    elif asked == "discard":
        reason = chosen(DiscardReason, post, "reason", field="reason")
        desk.discard(found, places, reason=reason, actor=actor_of(request))
    elif asked == "assign":
        kind = chosen(PaperKind, post, "kind", field="kind")
        desk.assign(found, places, number=_known_number(text_of(post, "number")), kind=kind)
        crew().seek_numbers()


def _known_number(typed: str) -> str:
    number = application_number(typed)
    try:
        return application_by_number(number).number
    except Unknown as unknown:
        raise EnclosureRefused(field="number", problem="unknown") from unknown


def _intake(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    try:
        crew_ = crew()
    except DeskClosed as closed:
        return render(request, "office/intake/closed.html", {"place": "intake", "closed": closed}, status=503)
    now, documents = crew_.desk.clock(), house().installation.documents
    since = now - timedelta(days=_SHOWN_DAYS)
    on_desk = {one.number: one for one in crew_.desk.batches()}
    context = {
        "place": "intake",
        "errors": errors,
        "batches": [(line, on_desk.get(line.number)) for line in batch_lines(since=since)],
        "envelopes": envelopes_since(jst_date(since)),
        "scanner": documents.scanner,
        "scanner_trouble": crew_.scanner_trouble,
        "minutes": documents.quarantine_time // timedelta(minutes=1),
        "file_octets": documents.file_octets,
        "upload_octets": documents.quarantine_octets,
    }
    return render(request, "office/intake/list.html", context, status=status)


def _batch(
    request: HttpRequest,
    number: str,
    errors: list[Said],
    *,
    typed: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        line = batch_by_number(number)
    except Unknown as unknown:
        raise Http404 from unknown
    found = crew().desk.batch(number)
    today = crew().desk.clock().astimezone(JST).strftime("%Y/%m/%d")
    fresh = {"arrived_on": today, "way": ArrivalWay.POST.value}
    names = ("number", "kind", "reason", "arrived_on", "way", "shelf")
    stacked = piles(found.pages) if found else []
    context = {
        "place": "intake",
        "line": line,
        "batch": found,
        "piles": [_line_of(pile) for pile in stacked],
        "own_forms": sum(len(pages) for pile in stacked for pages in pile.own_forms.values()),
        "troubles": [
            (page.place, said(page.trouble)) for page in (found.waiting if found else []) if page.trouble
        ],
        "refused": [(place, said(refusal)) for place, refusal in (found.refused if found else [])],
        "kinds": list(PaperKind),
        "reasons": [reason for reason in DiscardReason if reason is not DiscardReason.SEPARATOR],
        "ways": list(ArrivalWay),
        "errors": errors,
        "typed": typed_fields(typed, names) if typed is not None else fresh,
    }
    return render(request, "office/intake/batch.html", context, status=status)


def _line_of(pile: CasePile) -> tuple[CasePile, DeskCase, TrayPage | None]:
    case = desk_case(pile.number)
    return pile, case, case.next_to_redact(pile)


def _on_desk(number: str) -> Batch:
    found = crew().desk.batch(number)
    if found is None:
        raise Http404
    return found
