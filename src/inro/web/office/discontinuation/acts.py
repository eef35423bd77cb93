"""What is done on the page of the service's end, each act a form of its own (11)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from inro.practice.acts import Act
from inro.usecases import discontinuation, last_lists
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import answer
from inro.web.office.decisions.officers import officers
from inro.web.office.discontinuation.page import discontinuation_page
from inro.web.office.house import house
from inro.web.office.intake.saying import REFUSALS, said


@require_POST
@needs(Act.PROPOSE_DISCONTINUATION)
def propose(request: HttpRequest, campaign: str) -> HttpResponse:
    """Propose the last day of a campaign by what the officer's security key signed."""
    now = clock.now()
    return _done(
        request,
        lambda: discontinuation.propose_discontinuation(
            campaign=campaign,
            approval=answer(request),
            officers=officers(now),
            actor=actor_of(request),
            now=now,
        ),
    )


@require_POST
@needs(Act.DECIDE_DISCONTINUATION)
def decide(request: HttpRequest) -> HttpResponse:
    """Decide what another officer proposed."""
    now = clock.now()
    return _done(
        request,
        lambda: discontinuation.decide_discontinuation(
            approval=answer(request), officers=officers(now), actor=actor_of(request), now=now
        ),
    )


@require_POST
@needs(Act.WITHDRAW_DISCONTINUATION)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the plan back before its day."""
    return _done(
        request,
        lambda: discontinuation.withdraw_discontinuation(actor=actor_of(request), now=clock.now()),
    )


@require_POST
@needs(Act.CONFIRM_TOLD)
def told(request: HttpRequest) -> HttpResponse:
    """Confirm that everybody was told in time."""
    return _done(request, lambda: discontinuation.confirm_told(actor=actor_of(request), now=clock.now()))


@require_POST
@needs(Act.OPEN_LAST_CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """Open the revocation cases of the last day."""
    return _done(request, lambda: discontinuation.open_last_cases(actor=actor_of(request), now=clock.now()))


@require_POST
@needs(Act.CONFIRM_ALL_REVOKED)
def revoked(request: HttpRequest) -> HttpResponse:
    """Confirm that no certificate is valid any more."""
    return _done(
        request, lambda: discontinuation.confirm_all_revoked(actor=actor_of(request), now=clock.now())
    )


@require_POST
@needs(Act.PROPOSE_LAST_LISTS)
def propose_lists(request: HttpRequest) -> HttpResponse:
    """Propose the last lists by what the officer's security key signed."""
    now = clock.now()
    return _done(
        request,
        lambda: last_lists.propose_last_lists(
            retention_years=house().policy.list_profile.last_retention_years,
            approval=answer(request),
            officers=officers(now),
            actor=actor_of(request),
            now=now,
        ),
    )


@require_POST
@needs(Act.DECIDE_LAST_LISTS)
def decide_lists(request: HttpRequest) -> HttpResponse:
    """Let the signer make the last lists."""
    now = clock.now()
    return _done(
        request,
        lambda: last_lists.decide_last_lists(
            retention_years=house().policy.list_profile.last_retention_years,
            approval=answer(request),
            officers=officers(now),
            actor=actor_of(request),
            now=now,
        ),
    )


def _done(request: HttpRequest, does: Callable[[], object]) -> HttpResponse:
    try:
        does()
    except REFUSALS as refusal:
        return discontinuation_page(request, errors=[said(refusal)])
    return HttpResponseRedirect(reverse("discontinuation"))
