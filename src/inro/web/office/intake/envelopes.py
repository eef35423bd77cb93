"""Envelopes: registered by hand, their papers listed, and what is missing or too old (8.4, 9.2)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.calendar import JST
from inro.practice.enclosures import ISSUED_PAPERS, PaperKind
from inro.practice.intake import ArrivalWay, EnclosureRefused
from inro.store.errors import Unknown
from inro.store.reads.application import application_record
from inro.store.reads.intake import EnvelopeRecord, envelope_by_number, envelope_record
from inro.usecases.application import record_resubmission
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import (
    application_number,
    chosen,
    enclosed_paper,
    envelope_facts,
    text_of,
    typed_fields,
)
from inro.web.office.intake.cases import desk_case
from inro.web.office.intake.forms import new_envelope, register_paper
from inro.web.office.intake.opened import crew
from inro.web.office.intake.saying import REFUSALS, Said, said

_ENVELOPE_FIELDS = ("arrived_on", "way", "note")
_PAPER_FIELDS = ("number", "kind", "pages", "original", "issuer", "issued_on", "shelf")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.RECEIVE_ENVELOPE)
def new(request: HttpRequest) -> HttpResponse:
    """Register an envelope before anything of it is scanned."""
    errors: list[Said] = []
    typed = {"arrived_on": _today(), "way": ArrivalWay.POST.value, "note": ""}
    if request.method == "POST":
        try:
            envelope = new_envelope(crew=crew(), facts=envelope_facts(request.POST), actor=actor_of(request))
            return HttpResponseRedirect(reverse("envelope", args=[envelope_record(envelope).number]))
        except REFUSALS as refusal:
            errors, typed = [said(refusal)], typed_fields(request.POST, _ENVELOPE_FIELDS)
    context = {"place": "intake", "errors": errors, "typed": typed, "ways": list(ArrivalWay)}
    return render(request, "office/intake/new_envelope.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.REGISTER_ENCLOSURE)
def envelope(request: HttpRequest, number: str) -> HttpResponse:
    """Show an envelope with its papers; add one, or take a mended case back into examination."""
    try:
        found = envelope_by_number(number)
    except Unknown as unknown:
        raise Http404 from unknown
    if request.method != "POST":
        return _show(request, found, [])
    try:
        if text_of(request.POST, "do") == "resubmit":
            _resubmit(request)
        else:
            _add_paper(request, found)
    except REFUSALS as refusal:
        return _show(request, found, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("envelope", args=[number]))


def _add_paper(request: HttpRequest, found: EnvelopeRecord) -> None:
    post = request.POST.copy()
    number = application_number(text_of(post, "number"))
    kind = chosen(PaperKind, post, "kind", field="kind")
    for name in ("pages", "original", "issuer", "issued_on", "shelf"):
        post[f"{name}-{kind}"] = post.get(name, "")
    try:
        case = desk_case(number)
    except Unknown as unknown:
        raise EnclosureRefused(field="number", problem="unknown") from unknown
    register_paper(
        crew=crew(),
        envelope=found.envelope_id,
        case=case,
        paper=enclosed_paper(post, kind),
        actor=actor_of(request),
    )


def _resubmit(request: HttpRequest) -> None:
    """Take a deficient case back into examination with its form as it stands (9.2)."""
    case = desk_case(application_number(text_of(request.POST, "case")))
    form = application_record(case.application_id).form
    if form is None:
        raise Unknown(what="application", detail=case.number)
    record_resubmission(
        application=case.application_id, form=form, actor=actor_of(request), now=crew().desk.clock()
    )


def _show(
    request: HttpRequest, found: EnvelopeRecord, errors: list[Said], *, status: int = 200
) -> HttpResponse:
    typed = typed_fields(request.POST, _PAPER_FIELDS)
    if request.method != "POST" and found.applications:
        typed["number"] = found.applications[-1]
    context = {
        "place": "intake",
        "envelope": found,
        "cases": [
            (desk_case(number), [line for line in found.enclosures if line.application == number])
            for number in found.applications
        ],
        "kinds": list(PaperKind),
        "issued": ISSUED_PAPERS,
        "typed": typed,
        "errors": errors,
    }
    return render(request, "office/intake/envelope.html", context, status=status)


def _today() -> str:
    return crew().desk.clock().astimezone(JST).strftime("%Y/%m/%d")
