"""What is done to a campaign from its page, each act a form of its own (2.2, 11, 15, 30(2), 40(7), 43)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from inro.configuration.paper_operator import operator_of
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.store.reads.campaign import CampaignRecord
from inro.usecases import campaign as campaigns
from inro.usecases.campaign_letters import House, print_campaign
from inro.usecases.governing import governing_policy
from inro.web.office import clock
from inro.web.office.campaigns.campaign import campaign_page, found
from inro.web.office.campaigns.typed import day_typed, items_typed
from inro.web.office.clerk import actor_of, needs
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, said


@require_POST
@needs(Act.UPDATE_CAMPAIGN)
def extend(request: HttpRequest, number: str) -> HttpResponse:
    """Add who became concerned since the campaign was planned."""
    return done(
        request,
        number,
        lambda: campaigns.update_campaign(number=number, actor=actor_of(request), now=clock.now()),
    )


@require_POST
@needs(Act.RELEASE_CAMPAIGN)
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Release what another person planned, as it was seen."""
    told = text_of(request.POST, "told")
    return done(
        request,
        number,
        lambda: campaigns.release_campaign(
            number=number,
            told=int(told) if told.isascii() and told.isdigit() else -1,
            actor=actor_of(request),
            now=clock.now(),
        ),
    )


@require_POST
@needs(Act.WITHDRAW_CAMPAIGN)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Give a campaign up before its release."""
    return done(
        request,
        number,
        lambda: campaigns.withdraw_campaign(number=number, actor=actor_of(request), now=clock.now()),
    )


@require_POST
@needs(Act.PRINT_CAMPAIGN)
def print_lot(request: HttpRequest, number: str) -> HttpResponse:
    """Print the next lot of letters."""
    now = clock.now()
    own = House(
        edition=governing_policy(house().policy).edition_on(jst_date(now)),
        operator=operator_of(house().installation),
        words=house().policy.notice_words,
    )
    return done(
        request,
        number,
        lambda: print_campaign(
            number=number,
            dated_on=day_typed(request.POST, "dated_on", field="dated_on"),
            house=own,
            actor=actor_of(request),
            now=now,
        ),
    )


@require_POST
@needs(Act.POST_CAMPAIGN)
def post_lot(request: HttpRequest, number: str, batch: int) -> HttpResponse:
    """Record a lot as posted, without the letters that were kept back."""
    return done(
        request,
        number,
        lambda: campaigns.post_campaign(
            number=number,
            batch=batch,
            postmark=day_typed(request.POST, "postmark", field="postmark"),
            kept_back=items_typed(text_of(request.POST, "kept_back")),
            actor=actor_of(request),
            now=clock.now(),
        ),
    )


@require_POST
@needs(Act.POST_CAMPAIGN_PAGE)
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Post the campaign's page: it stands on the public page at once."""
    return done(
        request,
        number,
        lambda: campaigns.post_campaign_page(
            number=number,
            words=house().policy.notice_words,
            operator=operator_of(house().installation),
            actor=actor_of(request),
            now=clock.now(),
        ),
    )


@require_POST
@needs(Act.LIST_REVOCATIONS)
def revocations(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the list of the certificates that end to the revocation desk."""
    return done(
        request,
        number,
        lambda: campaigns.list_revocations(number=number, actor=actor_of(request), now=clock.now()),
    )


@require_POST
@needs(Act.FINISH_CAMPAIGN)
def finish(request: HttpRequest, number: str) -> HttpResponse:
    """Close a campaign."""
    return done(
        request,
        number,
        lambda: campaigns.finish_campaign(number=number, actor=actor_of(request), now=clock.now()),
    )


def done(request: HttpRequest, number: str, do: Callable[[], object]) -> HttpResponse:
    """Do what was asked on a campaign's page, and show it again; what was refused stands above it."""
    record: CampaignRecord = found(number)
    try:
        do()
    except REFUSALS as refusal:
        return campaign_page(request, record, errors=[said(refusal)], status=409)
    return HttpResponseRedirect(reverse("campaign", args=[number]))
