"""Who sits at the desk: whoever signed in by passkey; in a demonstration the visitor chooses (40(7))."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Concatenate
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from inro.configuration.clerks import Clerk, load_clerks
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.permission import ACT_DUTIES
from inro.store.reads.staff import staff_records
from inro.usecases.actor import Actor, DutyMissing, process
from inro.usecases.refused_act import record_refused_act
from inro.web.acts import anyone
from inro.web.office import clock
from inro.web.office.house import house
from inro.web.office.keys import listens_to_keys
from inro.web.office.staff.entrance import kept_form, left_waiting, locked
from inro.web.office.staff.session import Presence, asks_in_passing, presence_of

COOKIE = "inro_clerk"
_A_DAY = 24 * 3600
# What is sent there answers a question that was asked once: it is asked anew.
_DOOR = frozenset({"sign_in", "lock", "enrol", "enrol_key"})


def clerk_middleware(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the clerk on every request, or None: nobody is there, or the session is locked."""

    def with_clerk(request: HttpRequest) -> HttpResponse:
        if house().installation.demonstration:
            person = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=_A_DAY)
            request.clerk = next((one for one in clerks() if one.person == person), None)  # type: ignore[attr-defined]
        else:
            presence = presence_of(request)
            request.presence = presence  # type: ignore[attr-defined]
            request.clerk = None if presence is None or presence.locked else presence.clerk()  # type: ignore[attr-defined]
        request.listens_to_keys = listens_to_keys(request)  # type: ignore[attr-defined]
        return answer(request)

    return with_clerk


def clerks() -> tuple[Clerk, ...]:
    """Return who works here today: a demonstration's clerks, elsewhere the staff with duties."""
    file = house().installation.office.clerks
    if house().installation.demonstration:
        return _read(file) if file else ()
    today = jst_date(clock.now())
    held = ((one, one.duties_on(today)) for one in staff_records())
    return tuple(Clerk(person=one.person, name=one.name, duties=duties) for one, duties in held if duties)


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
                return _entrance(request)
            try:
                actor_of(request).check(act)
            except DutyMissing as refusal:
                return _denied(request, refusal, act)
            return view(request, *given, **named)

        closed.act = act  # type: ignore[attr-defined]
        return closed  # type: ignore[return-value]

    return closing


@require_http_methods(["GET", "HEAD", "POST"])
@anyone(Act.CHOOSE_CLERK)
def desk(request: HttpRequest) -> HttpResponse:
    """Let the visitor of a demonstration say who they are; no other installation has this page."""
    if not house().installation.demonstration:
        raise Http404
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
    """Answer for a form not made by this site, or before the last sign-in; one of this site is kept."""
    made_here = urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    match = request.resolver_match
    kept = kept_form(request) if made_here and match and match.url_name not in _DOOR else {}
    return render(request, "office/stale_form.html", kept, status=403)


def _entrance(request: HttpRequest) -> HttpResponse:
    """Lead whoever is not there yet to where they say who they are; a form that was sent meanwhile waits."""
    presence: Presence | None = getattr(request, "presence", None)
    if asks_in_passing(request):
        return JsonResponse({}, status=401)
    if presence is not None and request.method == "POST":
        return locked(request, presence, status=403)
    if request.method == "POST" and not house().installation.demonstration:
        return left_waiting(request)
    door = "desk" if house().installation.demonstration else "sign_in" if presence is None else "lock"
    back = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
    return HttpResponseRedirect(f"{reverse(door)}?{back}")


def _denied(request: HttpRequest, refusal: DutyMissing, act: Act) -> HttpResponse:
    record_refused_act(refused=act, person=actor_of(request), actor=process("office"), now=clock.now())
    allowed = [one for one in clerks() if one.duties & ACT_DUTIES.get(act, frozenset())]
    context = {"refusal": refusal, "allowed": allowed, "back": request.get_full_path()}
    return render(request, "office/denied.html", context, status=403)
