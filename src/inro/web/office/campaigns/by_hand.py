"""Notices given by hand, recorded on a campaign's page, confirmed by another person (11.2, 43)."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from inro.practice.acts import Act
from inro.practice.campaign import CampaignRefused
from inro.practice.notices import Channel
from inro.store.numbers import completed_number
from inro.usecases import campaign_by_hand
from inro.web.office import clock
from inro.web.office.campaigns.acts import done
from inro.web.office.campaigns.typed import day_typed
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of


@require_POST
@needs(Act.RECORD_BY_HAND)
def record(request: HttpRequest, number: str) -> HttpResponse:
    """Record that somebody was told outside of the lots."""
    return done(
        request,
        number,
        lambda: campaign_by_hand.record_by_hand(
            number=number,
            case=_case(request.POST),
            channel=_channel(request.POST),
            served_on=day_typed(request.POST, "served_on", field="served_on"),
            reason=text_of(request.POST, "reason"),
            actor=actor_of(request),
            now=clock.now(),
        ),
    )


@require_POST
@needs(Act.CONFIRM_BY_HAND)
def confirm(request: HttpRequest, number: str, by_hand: int) -> HttpResponse:
    """Confirm what another person recorded."""
    return done(
        request,
        number,
        lambda: campaign_by_hand.confirm_by_hand(
            number=number, by_hand=by_hand, actor=actor_of(request), now=clock.now()
        ),
    )


@require_POST
@needs(Act.DROP_BY_HAND)
def drop(request: HttpRequest, number: str, by_hand: int) -> HttpResponse:
    """Withdraw a record that nobody confirmed."""
    return done(
        request,
        number,
        lambda: campaign_by_hand.drop_by_hand(
            number=number, by_hand=by_hand, actor=actor_of(request), now=clock.now()
        ),
    )


def _case(post: QueryDict) -> str:
    typed = text_of(post, "case")
    if not typed:
        raise CampaignRefused(field="item", problem="missing")
    return completed_number(typed, series="A") or typed


def _channel(post: QueryDict) -> Channel:
    typed = text_of(post, "way")
    if typed not in list(Channel):
        raise CampaignRefused(field="channel", problem="missing")
    return Channel(typed)
