"""A paper is taken in, or the CA begins by itself: the ground is chosen, its reason code follows (21, 22)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.calendar import JST
from inro.practice.certificate import CertificateState
from inro.practice.grounds import GROUNDS, Invoker, grounds_brought_by
from inro.practice.revocation import RequestRefused, RequestWay, RevocationPaper
from inro.store.errors import Unknown
from inro.store.ids import EnclosureId
from inro.store.reads.certificate import CertificateRecord, certificate_of_application
from inro.store.reads.revocation_board import waiting_papers
from inro.usecases.revocation import record_revocation_request
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_instant
from inro.web.office.letters.case import LetterCase, case_or_404
from inro.web.office.queue.purpose import reads_case
from inro.web.office.revocation.board import LABELS

_TYPED = ("ground", "way", "requested_at", "name_on_form", "note", "enclosure", "urgent", "unavoidable")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.RECORD_REVOCATION_REQUEST)
@reads_case
def new_revocation(request: HttpRequest, number: str, invoker: str) -> HttpResponse:
    """Take down an application or a request as it came, or what the CA itself has found."""
    case = case_or_404(number)
    if invoker not in list(Invoker):
        raise Http404
    brings, certificate = Invoker(invoker), certificate_or_404(case)
    if request.method != "POST":
        return _show(request, case, certificate, brings, [])
    try:
        _record(request, certificate, brings)
    except REFUSALS as refusal:
        return _show(request, case, certificate, brings, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("revocation", args=[number]))


def certificate_or_404(case: LetterCase) -> CertificateRecord:
    """Return the certificate of a case.

    Raises: Http404 where none was issued.
    """
    try:
        return certificate_of_application(case.application_id)
    except Unknown as unknown:
        raise Http404 from unknown


def _record(request: HttpRequest, certificate: CertificateRecord, invoker: Invoker) -> None:
    now, ground = clock.now(), text_of(request.POST, "ground")
    if ground not in GROUNDS or GROUNDS[ground].invoker is not invoker:
        raise RequestRefused(field="ground", problem="missing")
    paper = None if invoker is Invoker.CA else _paper(request, invoker, ground)
    record_revocation_request(
        certificate=certificate.certificate_id,
        ground=ground,
        paper=paper,
        requested_at=typed_instant(request.POST, "requested_at") if paper else now.replace(microsecond=0),
        note=text_of(request.POST, "note"),
        enclosure=_enclosure(request) if paper else None,
        actor=actor_of(request),
        now=now,
    )


def _paper(request: HttpRequest, invoker: Invoker, ground: str) -> RevocationPaper:
    way = text_of(request.POST, "way")
    if way not in list(RequestWay):
        raise RequestRefused(field="way", problem="missing")
    return RevocationPaper(
        invoker=invoker,
        form=GROUNDS[ground].form,
        way=RequestWay(way),
        name_on_form=text_of(request.POST, "name_on_form"),
        urgent="urgent" in request.POST,
        unavoidable="unavoidable" in request.POST,
    )


def _enclosure(request: HttpRequest) -> EnclosureId | None:
    typed = text_of(request.POST, "enclosure")
    return EnclosureId(int(typed)) if typed.isascii() and typed.isdigit() else None


def _show(
    request: HttpRequest,
    case: LetterCase,
    certificate: CertificateRecord,
    invoker: Invoker,
    errors: list[Said],
    *,
    status: int = 200,
) -> HttpResponse:
    kind = grounds_brought_by(invoker)[0].form.value
    papers = [one for one in waiting_papers(case.application_id) if one.kind == kind]
    context = {
        "place": "revocations",
        "case": case,
        "certificate": certificate,
        "is_valid": certificate.state is CertificateState.VALID,
        "invoker": invoker,
        "title": LABELS[invoker],
        "others": [(one, LABELS[one]) for one in Invoker if one is not invoker],
        "grounds": grounds_brought_by(invoker),
        "ways": list(RequestWay),
        "papers": papers,
        "typed": _typed(request, papers),
        "errors": errors,
    }
    return render(request, "office/revocation/new.html", context, status=status)


def _typed(request: HttpRequest, papers: list[Any]) -> dict[str, str]:
    if request.method == "POST":
        return typed_fields(request.POST, _TYPED)
    typed = {"ground": request.GET.get("ground", "")}
    if papers:
        typed |= {"enclosure": str(papers[0].enclosure_id), "way": "fax" if papers[0].by_fax else "post"}
    typed["requested_at"] = clock.now().astimezone(JST).strftime("%Y/%m/%d %H:%M")
    return typed
