"""Which draft a browser has open: a signed cookie with the draft's number, for a limited time (40(7)).

A visit that ended shows nothing any more, but what was just typed is still saved: nothing is lost.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse

from inro.store.errors import Unknown
from inro.store.reads.draft import DraftRecord, draft_record

COOKIE = "inro_draft"
PATH = "/apply/"
IDLE = timedelta(minutes=60)
# How long after its end a visit may still hand in what was being typed.
LATE = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An opened draft; `ended` says that nothing of it may be shown any more."""

    draft: DraftRecord
    ended: bool


def visit_of(request: HttpRequest) -> Visit | None:
    """Return the draft that a browser has open, None if there is none or it was deleted."""
    cookie = request.COOKIES.get(COOKIE, "")
    number = _number(cookie, LATE)
    if number is None:
        return None
    try:
        return Visit(draft=draft_record(number), ended=_number(cookie, IDLE) is None)
    except Unknown:
        return None


def remember(response: HttpResponse, draft: DraftRecord) -> HttpResponse:
    """Keep the draft open in this browser for a while from now."""
    response.set_cookie(
        COOKIE,
        _signer().sign(draft.number),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Close the draft in this browser."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response


def _number(cookie: str, allowed: timedelta) -> str | None:
    try:
        return _signer().unsign(cookie, max_age=allowed)
    except (SignatureExpired, BadSignature):
        return None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="inro.draft")
