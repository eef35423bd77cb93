"""Into the wizard and out of it: begin, resume, leave, make anew (40(6), 40(7))."""

import secrets
import unicodedata
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from inro.practice.acts import Act
from inro.practice.discontinuation import ServiceEnded
from inro.practice.errors import Refused
from inro.practice.passphrase import SALT_OCTETS, new_passphrase
from inro.practice.wizard import Step
from inro.store.reads.draft import DraftRecord
from inro.usecases.actor import process
from inro.usecases.draft import begin_draft, open_draft
from inro.usecases.service_day import check_service_open
from inro.web.acts import anyone
from inro.web.public import clock
from inro.web.public.house import edition_today
from inro.web.public.wizard.visit import forget, remember, visit_of
from inro.words.refusals import refusal_words

ACTOR = process("wizard")
# A form made anew is explained and consented to anew.
_COPIED = frozenset(
    {Step.KIND, Step.SUBSCRIBER, Step.ORGANIZATION, Step.AUTHORITY, Step.DELIVERY, Step.CONTACT}
)


@require_http_methods(["GET", "HEAD", "POST"])
@anyone(Act.BEGIN_DRAFT)
def start(request: HttpRequest) -> HttpResponse:
    """Say what is needed and what happens with what is typed; begin when asked (40(6))."""
    if ended := _ended(request):
        return ended
    terms = edition_today().terms
    if request.method == "POST":
        return _begun(request, {})
    visit = visit_of(request)
    open_now = visit.draft if visit is not None and not visit.ended else None
    return render(request, "public/wizard/start.html", {"terms": terms, "open": open_now})


@require_http_methods(["GET", "HEAD", "POST"])
@anyone(Act.OPEN_DRAFT)
def resume(request: HttpRequest) -> HttpResponse:
    """Open a draft by its number and passphrase."""
    typed = request.POST.get("number", "")
    if request.method != "POST":
        return render(request, "public/wizard/resume.html", {"number": ""})
    try:
        draft = opened(typed, request.POST.get("passphrase", ""))
    except Refused as refused:
        problem = refusal_words(refused, get_language() or "ja")
        return render(
            request, "public/wizard/resume.html", {"number": typed[:40], "problem": problem}, status=422
        )
    return remember(redirect("apply-continue"), draft)


@require_POST
@anyone(Act.LEAVE_DRAFT)
def leave(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes it
    """Close the draft in this browser; it is kept."""
    return forget(redirect("apply"))


@require_POST
@anyone(Act.BEGIN_DRAFT)
def again(request: HttpRequest) -> HttpResponse:
    """Begin a new draft with the answers of the present one: a printed form is not changed (8.1)."""
    if ended := _ended(request):
        return ended
    visit = visit_of(request)
    if visit is None or visit.ended:
        return redirect("resume")
    answers = {step: one.fields for step, one in visit.draft.answers.items() if step in _COPIED}
    return _begun(request, answers)


def _ended(request: HttpRequest) -> HttpResponse | None:
    """Return the page that says that the service has ended, None while it goes on (11)."""
    try:
        check_service_open(clock.now())
    except ServiceEnded as ended:
        return render(request, "public/wizard/ended.html", {"last_day": ended.last_day}, status=410)
    return None


def opened(number: str, passphrase: str) -> DraftRecord:
    """Return the draft of a number as it may be typed: any width, any case.

    Raises: DraftNotOpened, DraftClosedForAWhile.
    """
    written = "".join(unicodedata.normalize("NFKC", number[:200]).upper().split())
    return open_draft(number=written, passphrase=passphrase[:200], actor=ACTOR, now=clock.now())


def _begun(request: HttpRequest, answers: Mapping[Step, Mapping[str, str]]) -> HttpResponse:
    passphrase = new_passphrase(secrets.choice)
    terms = edition_today().terms
    try:
        draft = begin_draft(
            passphrase=passphrase,
            salt=secrets.token_bytes(SALT_OCTETS),
            terms=terms,
            actor=ACTOR,
            now=clock.now(),
            answers=answers,
        )
    except Refused as refused:
        problem = refusal_words(refused, get_language() or "ja")
        return render(request, "public/wizard/start.html", {"terms": terms, "problem": problem}, status=503)
    context = {"draft": draft, "passphrase": passphrase, "terms": terms}
    return remember(render(request, "public/wizard/begun.html", context), draft)
