"""A campaign is planned: first what is told, then of which day and whom (2.2, 6.2, 11, 12.4, 15, 30(2))."""

import unicodedata
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.campaign import (
    LISTS_ONLY,
    WINDOWS,
    CampaignKind,
    CampaignRefused,
    CampaignSubject,
    rounds_of,
    ways_of,
)
from inro.practice.editions import Terms
from inro.practice.notices import Channel
from inro.usecases.campaign import plan_campaign
from inro.usecases.governing import governing_policy
from inro.web.office import clock
from inro.web.office.campaigns.typed import day_typed
from inro.web.office.clerk import actor_of, needs
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said

_FIELDS = ("day", "until", "before", "edition", "words", "organization", "channel")
_WORDED = frozenset({CampaignKind.TERMS_CHANGE, CampaignKind.DISCONTINUATION, CampaignKind.MAINTENANCE})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.PLAN_CAMPAIGN)
def new(request: HttpRequest) -> HttpResponse:
    """Plan a campaign; what comes of it is shown before another person releases it."""
    asked = (request.POST if request.method == "POST" else request.GET).get("kind", "")
    kind = CampaignKind(asked) if asked in list(CampaignKind) else None
    errors: list[Said] = []
    if request.method == "POST":
        try:
            number = _planned(request, kind)
            return HttpResponseRedirect(reverse("campaign", args=[number]))
        except REFUSALS as refusal:
            errors = [said(refusal)]
    context = {
        "place": "campaigns",
        "kinds": list(CampaignKind),
        "kind": kind,
        "typed": typed_fields(request.POST, _FIELDS),
        "errors": errors,
        **(_asked_of(kind) if kind else {}),
    }
    return render(request, "office/campaigns/new.html", context, status=422 if errors else 200)


def _asked_of(kind: CampaignKind) -> dict[str, object]:
    today = jst_date(clock.now())
    policy = house().policy
    return {
        "editions": [one.terms for one in policy.editions.values() if one.terms.effective_from > today],
        "window": kind in WINDOWS,
        "rounds": rounds_of(kind, governing_policy(policy).edition_on(today).terms),
        "worded": kind in _WORDED,
        "ways": () if kind in LISTS_ONLY else ways_of(kind),
    }


def _planned(request: HttpRequest, kind: CampaignKind | None) -> str:
    if kind is None:
        raise CampaignRefused(field="kind", problem="missing")
    today = jst_date(clock.now())
    terms = _terms(request.POST, kind, today)
    subject = CampaignSubject(
        kind=kind,
        day=_day(request.POST, kind, terms, today),
        until=day_typed(request.POST, "until", field="until") if kind in WINDOWS else None,
        before=_before(request.POST) if kind in WINDOWS else 0,
        edition=terms.edition if kind is CampaignKind.TERMS_CHANGE else "",
        words=text_of(request.POST, "words"),
        organization=unicodedata.normalize("NFKC", text_of(request.POST, "organization")),
        channel=_channel(request.POST),
    )
    return plan_campaign(subject=subject, terms=terms, actor=actor_of(request), now=clock.now())


def _terms(post: QueryDict, kind: CampaignKind, today: date) -> Terms:
    policy = house().policy
    if kind is not CampaignKind.TERMS_CHANGE:
        return governing_policy(policy).edition_on(today).terms
    chosen = policy.editions.get(text_of(post, "edition"))
    if chosen is None:
        raise CampaignRefused(field="edition", problem="missing")
    return chosen.terms


def _day(post: QueryDict, kind: CampaignKind, terms: Terms, today: date) -> date:
    if kind is CampaignKind.TERMS_CHANGE:
        return terms.effective_from
    # An organization's change takes effect when it is told of: its certificates are revoked promptly (15).
    return today if kind is CampaignKind.ORGANIZATION else day_typed(post, "day", field="day")


def _before(post: QueryDict) -> int:
    typed = text_of(post, "before")
    if not (typed.isascii() and typed.isdigit()):
        raise CampaignRefused(field="before", problem="missing")
    return int(typed)


def _channel(post: QueryDict) -> Channel:
    typed = text_of(post, "channel") or Channel.POST.value
    if typed not in list(Channel):
        raise CampaignRefused(field="channel", problem="missing")
    return Channel(typed)
