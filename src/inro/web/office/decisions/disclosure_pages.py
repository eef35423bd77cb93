"""Handing data of a case to an authority, signed for; and the register of it (41, 44.2)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inro.configuration.errors import ConfigurationRefused
from inro.practice.acts import Act
from inro.practice.approval import Purpose
from inro.practice.disclosure import AuthorityRequest, DisclosureScope
from inro.store.reads.application import ApplicationRecord
from inro.store.reads.legal_disclosure import legal_disclosures
from inro.usecases.decision import OtherMatter
from inro.usecases.legal_disclosure import check_request, make_legal_disclosure
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import answer, content_of_today, question
from inro.web.office.decisions.officers import officers
from inro.web.office.found_case import found_case
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_day
from inro.web.office.queue.purpose import reads_case

_REFUSALS = (*REFUSALS, ConfigurationRefused)
_TYPED = ("authority", "ground", "reference", "asked_on")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.MAKE_LEGAL_DISCLOSURE)
@reads_case
def legal_disclosure(request: HttpRequest, number: str) -> HttpResponse:
    """Take down what an authority asks for, then show it as it will be signed."""
    case, now = found_case(number), clock.now()
    if request.method != "POST":
        return _form(request, case, [])
    try:
        asked = _request(request)
        check_request(request=asked, now=now)
        among = officers(now)
        content = content_of_today(
            purpose=Purpose.LEGAL_DISCLOSURE,
            case=case.number,
            content=asked.as_record(),
            among=among,
            now=now,
        )
        put = question(request, content, among)
    except _REFUSALS as refusal:
        return _form(request, case, [said(refusal)])
    context = {"place": "cases", "case": case, "asked": asked, "question": put}
    context |= {"sign_to": reverse("sign_legal_disclosure", args=[number])}
    return render(request, "office/decisions/sign_disclosure.html", context)


@require_POST
@needs(Act.MAKE_LEGAL_DISCLOSURE)
def sign_legal_disclosure(request: HttpRequest, number: str) -> HttpResponse:
    """Record the disclosure with what the officer's security key signed."""
    case, now = found_case(number), clock.now()
    try:
        approval = answer(request)
        if approval.content.purpose is not Purpose.LEGAL_DISCLOSURE:
            raise OtherMatter(part="purpose")
        make_legal_disclosure(
            application=case.application_id,
            request=AuthorityRequest.from_record(approval.content.content),
            approval=approval,
            officers=officers(now),
            actor=actor_of(request),
            now=now,
        )
    except _REFUSALS as refusal:
        return _form(request, case, [said(refusal)])
    return HttpResponseRedirect(reverse("legal_disclosure", args=[number]))


@require_safe
@needs(Act.VIEW_LEGAL_DISCLOSURES)
def register(request: HttpRequest) -> HttpResponse:
    """List everything that was handed to authorities."""
    context = {"place": "disclosures", "disclosures": legal_disclosures()}
    return render(request, "office/decisions/disclosures.html", context)


def _request(request: HttpRequest) -> AuthorityRequest:
    chosen = request.POST.getlist("scope")
    return AuthorityRequest(
        authority=text_of(request.POST, "authority"),
        ground=text_of(request.POST, "ground"),
        reference=text_of(request.POST, "reference"),
        asked_on=typed_day(request.POST, "asked_on"),
        scope=tuple(one for one in DisclosureScope if one.value in chosen),
    )


def _form(request: HttpRequest, case: ApplicationRecord, errors: list[Said]) -> HttpResponse:
    context = {
        "place": "cases",
        "case": case,
        "scopes": list(DisclosureScope),
        "chosen": request.POST.getlist("scope"),
        "typed": typed_fields(request.POST, _TYPED),
        "made": legal_disclosures(case.application_id),
        "errors": errors,
    }
    return render(request, "office/decisions/disclose.html", context, status=422 if errors else 200)
