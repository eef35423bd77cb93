"""Who sits at the desk: in a demonstration the visitor chooses; no sign-in is there yet (40(7))."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Concatenate
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from inro.configuration.clerks import Clerk, load_clerks
from inro.practice.acts import ACT_DUTIES, Act
from inro.usecases.actor import Actor, DutyMissing
from inro.web.office.house import house

COOKIE = "inro_clerk"
_A_DAY = 24 * 3600


def clerk_middleware(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the clerk whom the signed cookie names on every request, or None."""

    def with_clerk(request: HttpRequest) -> HttpResponse:
        person = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=_A_DAY)
        request.clerk = next((one for one in clerks() if one.person == person), None)  # type: ignore[attr-defined]
        return answer(request)

    return with_clerk


def clerks() -> tuple[Clerk, ...]:
    """Return who may sit at this installation's desk."""
    file = house().installation.office.clerks
    return _read(file) if file else ()


@lru_cache(maxsize=4)
def _read(file: Path) -> tuple[Clerk, ...]:
    return load_clerks(file)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts, with today's duties; `needs` has seen to it that somebody does."""
    clerk: Clerk = request.clerk  # type: ignore[attr-defined]
    return Actor(name=clerk.person, duties=clerk.duties)


def needs[**P](
    act: Act,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Open a page only to a clerk with a duty that the table of acts gives for `act` (40(7))."""

    def closing(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def closed(request: HttpRequest, *given: P.args, **named: P.kwargs) -> HttpResponse:
            if getattr(request, "clerk", None) is None:
                back = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
                return HttpResponseRedirect(f"{reverse('desk')}?{back}")
            try:
                actor_of(request).check(act)
            except DutyMissing as refusal:
                return _denied(request, refusal, act)
            return view(request, *given, **named)

        closed.act = act  # type: ignore[attr-defined]
        return closed  # type: ignore[return-value]

    return closing


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Let the visitor of a demonstration say who they are."""
    back = request.POST.get("next") or request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    chosen = next((one for one in clerks() if one.person == request.POST.get("person")), None)
    if request.method == "POST" and chosen is not None:
        response = HttpResponseRedirect(back)
        response.set_signed_cookie(
            COOKIE, chosen.person, salt=COOKIE, max_age=_A_DAY, httponly=True, samesite="Strict"
        )
        return response
    return render(request, "office/desk.html", {"place": "desk", "clerks": clerks(), "next": back})


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer for a form that was not made by this site, or too long ago."""
    return render(request, "office/stale_form.html", status=403)


def _denied(request: HttpRequest, refusal: DutyMissing, act: Act) -> HttpResponse:
    allowed = [one for one in clerks() if one.duties & ACT_DUTIES.get(act, frozenset())]
    context = {"refusal": refusal, "allowed": allowed, "back": request.get_full_path()}
    return render(request, "office/denied.html", context, status=403)
