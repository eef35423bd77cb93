"""A mass revocation is planned: by what the certificates are chosen, on which ground (11.3, 22.1)."""

import unicodedata
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from inro.japanese.eras import read_date
from inro.practice.acts import Act
from inro.practice.mass_revocation import MASS_GROUNDS, Criterion, PlanRefused
from inro.store.reads.mass_list import choices
from inro.usecases.mass_revocation import plan_discontinuation, plan_mass_revocation
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said

_FIELDS = (
    *("everyone", "card_model", "key_origin", "profile_sha256", "organization", "operator"),
    *("issued_from", "issued_until", "ground"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.PLAN_MASS_REVOCATION)
def new(request: HttpRequest) -> HttpResponse:
    """Plan a mass revocation; nothing is revoked by it."""
    if request.method != "POST":
        return _form(request, [])
    try:
        number = plan_mass_revocation(
            criterion=_criterion(request.POST),
            ground=text_of(request.POST, "ground"),
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _form(request, [said(refusal)])
    return HttpResponseRedirect(reverse("mass_revocation", args=[number]))


@require_POST
@needs(Act.PLAN_DISCONTINUATION)
def discontinuation(request: HttpRequest) -> HttpResponse:
    """Plan what a discontinuation ends, by the list its campaign handed over."""
    try:
        number = plan_discontinuation(
            campaign=text_of(request.POST, "campaign"), actor=actor_of(request), now=clock.now()
        )
    except REFUSALS as refusal:
        return _form(request, [said(refusal)])
    return HttpResponseRedirect(reverse("mass_revocation", args=[number]))


def _form(request: HttpRequest, errors: list[Said]) -> HttpResponse:
    context = {
        "place": "revocations",
        "choices": choices(),
        "grounds": MASS_GROUNDS,
        "typed": typed_fields(request.POST, _FIELDS),
        "errors": errors,
    }
    return render(request, "office/mass_revocation/new.html", context, status=422 if errors else 200)


def _criterion(post: QueryDict) -> Criterion:
    return Criterion(
        everyone=text_of(post, "everyone") == "on",
        card_model=text_of(post, "card_model"),
        key_origin=text_of(post, "key_origin"),
        profile_sha256=text_of(post, "profile_sha256"),
        organization=unicodedata.normalize("NFKC", text_of(post, "organization")),
        operator=text_of(post, "operator"),
        issued_from=_day(post, "issued_from"),
        issued_until=_day(post, "issued_until"),
    )


def _day(post: QueryDict, field: str) -> date | None:
    typed = text_of(post, field)
    if not typed:
        return None
    day = read_date(typed).day
    if day is None:
        raise PlanRefused(field=field, problem="not_a_date")
    return day
