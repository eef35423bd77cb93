"""Handing data of a case to an authority, signed for; and the register of it (41, 44.2)."""

import secrets
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inro.configuration.errors import ConfigurationRefused
from inro.practice.acts import Act
from inro.practice.approval import ApprovalContent, Purpose
from inro.practice.calendar import jst_date
from inro.practice.disclosure import AuthorityRequest, DisclosureScope
from inro.store.errors import Unknown
from inro.store.reads.application import ApplicationRecord, application_by_number
from inro.store.reads.legal_disclosure import legal_disclosures
from inro.usecases.decision import Officers, OtherMatter, content_to_approve
from inro.usecases.legal_disclosure import check_request, make_legal_disclosure
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import answer, question
from inro.web.office.decisions.officers import officers
from inro.web.office.house import house
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
    case, now = _case(number), clock.now()
    if request.method != "POST":
        return _form(request, case, [])
    try:
        asked = _request(request)
        check_request(request=asked, now=now)
        among = officers(now)
        put = question(request, _asked(case, asked, among, now), among)
    except _REFUSALS as refusal:
        return _form(request, case, [said(refusal)])
    context = {"place": "cases", "case": case, "asked": asked, "question": put}
    context |= {"sign_to": reverse("sign_legal_disclosure", args=[number])}
    return render(request, "office/decisions/sign_disclosure.html", context)


@require_POST
@needs(Act.MAKE_LEGAL_DISCLOSURE)
def sign_legal_disclosure(request: HttpRequest, number: str) -> HttpResponse:
    """Record the disclosure with what the officer's security key signed."""
    case, now = _case(number), clock.now()
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


def _asked(
    case: ApplicationRecord, asked: AuthorityRequest, among: Officers, now: datetime
) -> ApprovalContent:
    made = house().policy
    edition = made.edition_on(jst_date(now))
    return content_to_approve(
        purpose=Purpose.LEGAL_DISCLOSURE,
        case=case.number,
        content=asked.as_record(),
        after=None,
        edition=(edition.terms.edition, edition.sha256),
        profile_sha256=made.profile.sha256,
        roster=among.roster,
        random_bytes=secrets.token_bytes,
        now=now,
    )


def _case(number: str) -> ApplicationRecord:
    try:
        return application_by_number(number)
    except Unknown as unknown:
        raise Http404 from unknown
