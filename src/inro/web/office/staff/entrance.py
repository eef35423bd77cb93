"""The office's door: sign in, lock, unlock, sign out; each asks a passkey for a fresh answer (40(7))."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from inro.pki.assertion import AssertionRefused, encode_octets
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.errors import Refused
from inro.practice.permission import ACT_DUTIES
from inro.store.errors import StoreError
from inro.store.reads.staff import StaffRecord, credential_ids
from inro.usecases.actor import Actor
from inro.usecases.entry import EntryClosedForAWhile
from inro.usecases.sign_in import SignedIn, sign_in, sign_out, unlock_session
from inro.web.acts import anyone
from inro.web.office import clock
from inro.web.office.house import house
from inro.web.office.intake.saying import said
from inro.web.office.staff.challenges import (
    Purpose,
    draw_challenge,
    read_assertion,
    relying_party,
    take_challenge,
)
from inro.web.office.staff.session import OFFICE, Presence, begin_session, left_by, lock, unlock

_NO_CSRF = "csrfmiddlewaretoken"


class TypedByAnother(Refused):
    """The form that waits was sent by somebody else, whose session had ended."""

    def __init__(self, *, person: str) -> None:
        super().__init__(person=person)
        self.person = person


@require_http_methods(["GET", "HEAD", "POST"])
@anyone(Act.SIGN_IN)
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Ask for a passkey; a page at another address of this machine leads to the one passkeys are of."""
    if house().installation.demonstration:
        return HttpResponseRedirect(reverse("desk"))
    elsewhere = _at_the_address(request)
    if elsewhere is not None:
        return elsewhere
    if _presence(request) is not None and request.method != "POST":
        return HttpResponseRedirect(_back(request))
    if request.method != "POST":
        return render(request, "office/staff/sign_in.html", _context(request))
    waiting = _waiting(request)
    try:
        entered = _sign_in(request)
    except (Refused, StoreError) as refusal:
        if waiting:
            return JsonResponse({"problem": said(refusal).words}, status=_status(refusal))
        context = _context(request) | {"errors": [said(refusal)]}
        return render(request, "office/staff/sign_in.html", context, status=_status(refusal))
    begin_session(request, entered)
    return _entered(request, entered) if waiting else HttpResponseRedirect(_back(request, entered.member))


@require_POST
@anyone(Act.SIGN_IN)
def sign_in_challenge(request: HttpRequest) -> HttpResponse:
    """Ask any passkey of this site."""
    return JsonResponse(_asked(draw_challenge(request, Purpose.SIGN_IN), ()))


@require_http_methods(["GET", "HEAD", "POST"])
@anyone(Act.UNLOCK_SESSION)
def lock_page(request: HttpRequest) -> HttpResponse:
    """Ask whoever signed in for the passkey again; a script is answered in JSON, since a form waits there."""
    presence = _presence(request)
    if presence is None:
        return HttpResponseRedirect(reverse("sign_in"))
    if request.method != "POST":
        return locked(request, presence) if presence.locked else HttpResponseRedirect(_back(request))
    waiting = _waiting(request)
    try:
        unlock_session(
            staff=presence.member.staff,
            assertion=read_assertion(request.POST.get("response", "")),
            challenge=take_challenge(request, Purpose.UNLOCK),
            relying_party=relying_party(),
            actor=OFFICE,
            now=clock.now(),
        )
    except (Refused, StoreError) as refusal:
        if waiting:
            return JsonResponse({"problem": said(refusal).words}, status=_status(refusal))
        return locked(request, presence, errors=[said(refusal)], status=_status(refusal))
    unlock(request)
    return HttpResponse(status=204) if waiting else HttpResponseRedirect(_back(request))


@require_POST
@anyone(Act.UNLOCK_SESSION)
def lock_challenge(request: HttpRequest) -> HttpResponse:
    """Ask the passkeys of whoever signed in."""
    presence = _presence(request)
    if presence is None:
        return JsonResponse({"problem": ""}, status=401)
    drawn = draw_challenge(request, Purpose.UNLOCK)
    return JsonResponse(_asked(drawn, credential_ids(presence.member.staff)))


@require_POST
@anyone(Act.UNLOCK_SESSION)
def lock_now(request: HttpRequest) -> HttpResponse:
    """Lock the session of whoever leaves the desk."""
    if _presence(request) is not None:
        lock(request)
    return HttpResponseRedirect(reverse("lock"))


@require_POST
@anyone(Act.SIGN_OUT)
def sign_out_page(request: HttpRequest) -> HttpResponse:
    """End the session, locked or not."""
    presence = _presence(request)
    if presence is not None:
        sign_out(actor=Actor(name=presence.member.person), now=clock.now())
    request.session.flush()
    return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'said': 'signed_out'})}")


def locked(request: HttpRequest, presence: Presence, *, status: int = 200, **more: object) -> HttpResponse:
    """Show the lock; a form that was sent meanwhile waits in the page and is sent again after unlocking."""
    own = request.path == reverse("lock")
    context = {
        "place": "lock",
        "member": presence.member,
        "next": _back(request) if own else request.get_full_path(),
    }
    if request.method == "POST" and not own:
        context |= kept_form(request)
    return render(request, "office/staff/lock.html", context | more, status=status)


def left_waiting(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in where a form came after the session's end; it waits in the page and is sent again."""
    context = {"place": "sign_in", "next": request.get_full_path(), "left_by": left_by(request)}
    return render(request, "office/staff/sign_in.html", context | kept_form(request), status=403)


def kept_form(request: HttpRequest) -> dict[str, object]:
    """Return a form that was sent and not done, as a page keeps it; files cannot be kept."""
    typed = [(name, one) for name in request.POST for one in request.POST.getlist(name)]
    return {
        "again": request.get_full_path(),
        "typed": [(name, one) for name, one in typed if name != _NO_CSRF],
        "has_files": bool(request.FILES) or bool(getattr(request, "refused_files", [])),
    }


def _entered(request: HttpRequest, entered: SignedIn) -> JsonResponse:
    """Answer a page in which a form waits: its new token, and whether it is this person's to send."""
    token, typed_by = get_token(request), request.POST.get("left_by", "")
    if typed_by in {"", entered.member.person}:
        return JsonResponse({"token": token})
    problem = said(TypedByAnother(person=typed_by)).words
    return JsonResponse({"token": token, "problem": problem}, status=409)


def _waiting(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _sign_in(request: HttpRequest) -> SignedIn:
    challenge = take_challenge(request, Purpose.SIGN_IN)
    return sign_in(
        assertion=read_assertion(request.POST.get("response", "")),
        challenge=challenge,
        relying_party=relying_party(),
        actor=OFFICE,
        now=clock.now(),
    )


def _asked(challenge: str, credentials: tuple[bytes, ...]) -> dict[str, object]:
    return {
        "challenge": challenge,
        "rpId": relying_party().rp_id,
        "userVerification": "required",
        "timeout": 120_000,
        "allowCredentials": [{"type": "public-key", "id": encode_octets(one)} for one in credentials],
    }


def _presence(request: HttpRequest) -> Presence | None:
    presence: Presence | None = getattr(request, "presence", None)
    return presence


def _context(request: HttpRequest) -> dict[str, object]:
    return {"place": "sign_in", "next": _back(request), "said": request.GET.get("said", "")}


def _back(request: HttpRequest, member: StaffRecord | None = None) -> str:
    back = request.POST.get("next") or request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    if back == "/" and member is not None:
        # Who keeps the machines sees no cases: their first page is the staff's.
        duties = member.duties_on(jst_date(clock.now()))
        return "/" if duties & ACT_DUTIES[Act.VIEW_APPLICATION] else reverse("account")
    return back


def _at_the_address(request: HttpRequest) -> HttpResponse | None:
    wanted = {urlsplit(origin).netloc for origin in relying_party().origins}
    if request.get_host() in wanted or request.method == "POST":
        return None
    return HttpResponseRedirect(f"{relying_party().origins[0]}{request.get_full_path()}")


def _status(refusal: Exception) -> int:
    if isinstance(refusal, EntryClosedForAWhile):
        return 429
    return 400 if isinstance(refusal, AssertionRefused) else 403
