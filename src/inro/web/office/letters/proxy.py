"""A proxy recipient asked for after examination: papers, addresses, calls, decision, deadline (23, 24)."""

from collections.abc import Callable, Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.calendar import JST, jst_date
from inro.practice.deadlines import Deadline, proxy_deficiency_deadline
from inro.practice.enclosures import PaperKind
from inro.practice.letters import LetterRefused
from inro.practice.notices import NoticeKind
from inro.practice.proxy import ProxyPoint, ProxyState, ProxyVerdict
from inro.practice.receipt import ReceiptClock, days_left_for_proxy, proxy_window_is_open, receipt_clock
from inro.store.errors import Unknown
from inro.store.reads.address import home_address, proxy_address
from inro.store.reads.intake import enclosures_of
from inro.store.reads.letters import calls_of
from inro.store.reads.proxy import ProxyRequestRecord, proxy_requests, proxy_window
from inro.store.reads.receipt import receipt_record
from inro.usecases.proxy import (
    DeficiencyCall,
    decide_proxy_request,
    examine_proxy_request,
    notify_proxy_deficiency,
    receive_proxy_request,
    resubmit_proxy_request,
)
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import PERSON_FIELDS, typed_day, typed_instant, typed_person
from inro.web.office.letters.case import LetterCase, allows, case_or_404
from inro.web.office.queue.purpose import reads_case

# How long a card posted now needs until its slip is back: fewer days left are told as too few.
DAYS_FOR_POST_AND_SLIP = 7
_PAPERS = (PaperKind.PROXY_FORM, PaperKind.PROXY_SEAL_CERTIFICATE)
_TYPED = ("arrived_on", "reason", *PERSON_FIELDS, "called_at", "spoken_to", "said", "refusal")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_APPLICATION)
@reads_case
def proxy(request: HttpRequest, number: str) -> HttpResponse:
    """Show the requests of a case; take one in, examine it, note the call, decide on it."""
    case = case_or_404(number)
    if request.method != "POST":
        return _show(request, case, [])
    try:
        _DOING.get(text_of(request.POST, "do"), _receive)(request, case)
    except REFUSALS as refusal:
        return _show(request, case, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("proxy", args=[number]))


def _receive(request: HttpRequest, case: LetterCase) -> None:
    receive_proxy_request(
        application=case.application_id,
        proxy=typed_person(request.POST),
        reason=text_of(request.POST, "reason"),
        arrived_on=typed_day(request.POST, "arrived_on"),
        actor=actor_of(request),
        now=clock.now(),
    )


def _examine(request: HttpRequest, case: LetterCase) -> None:
    judged = {point: text_of(request.POST, point.value) for point in ProxyPoint}
    examine_proxy_request(
        request=_open_request(case).request_id,
        verdicts={
            point: ProxyVerdict(verdict) for point, verdict in judged.items() if verdict in list(ProxyVerdict)
        },
        actor=actor_of(request),
        now=clock.now(),
    )


def _call(request: HttpRequest, case: LetterCase) -> None:
    call = DeficiencyCall(
        called_at=typed_instant(request.POST, "called_at"),
        spoken_to=text_of(request.POST, "spoken_to"),
        said=text_of(request.POST, "said"),
    )
    notify_proxy_deficiency(
        request=_open_request(case).request_id,
        call=call,
        terms=case.terms,
        calendar=case.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _resubmit(request: HttpRequest, case: LetterCase) -> None:
    resubmit_proxy_request(
        request=_open_request(case).request_id,
        proxy=typed_person(request.POST),
        actor=actor_of(request),
        now=clock.now(),
    )


def _decide(request: HttpRequest, case: LetterCase) -> None:
    decision = text_of(request.POST, "approve")
    if decision not in {"yes", "no"}:
        raise LetterRefused(field="approve", problem="missing")
    decide_proxy_request(
        request=_open_request(case).request_id,
        approve=decision == "yes",
        reason=text_of(request.POST, "refusal"),
        actor=actor_of(request),
        now=clock.now(),
    )


_DOING: Mapping[str, Callable[[HttpRequest, LetterCase], None]] = {
    "receive": _receive,
    "examine": _examine,
    "call": _call,
    "resubmit": _resubmit,
    "decide": _decide,
}


def _open_request(case: LetterCase) -> ProxyRequestRecord:
    found = next((one for one in proxy_requests(case.application_id) if one.is_open), None)
    if found is None:
        raise Unknown(what="proxy request", detail=f"open one of {case.number}")
    return found


def _show(request: HttpRequest, case: LetterCase, errors: list[Said], *, status: int = 200) -> HttpResponse:
    today = jst_date(clock.now())
    requests = proxy_requests(case.application_id)
    opened = next((one for one in requests if one.is_open), None)
    window = proxy_window(case.application_id)
    known = _clock(case)
    context = {
        "place": "cases",
        "tab": "proxy",
        "case": case,
        "errors": errors,
        "window": window,
        "is_open": proxy_window_is_open(
            issued_on=window.issued_on, slip_arrived_on=window.slip_arrived_on, on=today
        ),
        "slip": known.slip if known else None,
        "days_left": days_left_for_proxy(clock=known, on=today) if known else None,
        "days_needed": DAYS_FOR_POST_AND_SLIP,
        "opened": opened,
        "due": _due(opened, case),
        "closed": [one for one in requests if not one.is_open],
        "collects": proxy_address(case.application_id) if case.record.form else None,
        "home": home_address(case.application_id) if case.record.form else None,
        "papers": [line for line in enclosures_of(case.application_id) if line.kind in _PAPERS],
        "points": [_point(point, opened, request) for point in ProxyPoint] if opened else (),
        "calls": calls_of(case.application_id, NoticeKind.PROXY_DEFICIENCY),
        "may": _may(request),
        "typed": _typed(request, opened, today),
    }
    return render(request, "office/letters/proxy.html", context, status=status)


def _clock(case: LetterCase) -> ReceiptClock | None:
    """Return the deadlines of the card's first posting, None before it: a proxy changes none (23.1)."""
    try:
        record = receipt_record(case.application_id)
    except Unknown:
        return None
    return receipt_clock(
        dispatched_on=record.dispatched_on,
        reminder_arrived_on=record.reminder_arrived_on,
        terms=case.terms,
        calendar=case.calendar,
        settled=record.settled,
    )


def _due(opened: ProxyRequestRecord | None, case: LetterCase) -> Deadline | None:
    if opened is None or opened.state is not ProxyState.DEFICIENT or opened.notified_on is None:
        return None
    return proxy_deficiency_deadline(notified_on=opened.notified_on, terms=case.terms, calendar=case.calendar)


def _point(
    point: ProxyPoint, opened: ProxyRequestRecord, request: HttpRequest
) -> tuple[ProxyPoint, str, tuple[ProxyVerdict, ...]]:
    given = opened.verdicts.get(point)
    chosen = text_of(request.POST, point.value) or (given.value if given else "")
    return point, chosen, tuple(ProxyVerdict)


def _may(request: HttpRequest) -> dict[str, bool]:
    acts = {
        "receive": Act.RECEIVE_PROXY_REQUEST,
        "examine": Act.EXAMINE_PROXY_REQUEST,
        "call": Act.NOTIFY_PROXY_DEFICIENCY,
        "resubmit": Act.RESUBMIT_PROXY_REQUEST,
        "decide": Act.DECIDE_PROXY_REQUEST,
    }
    return {name: allows(request, act) for name, act in acts.items()}


def _typed(request: HttpRequest, opened: ProxyRequestRecord | None, today: date) -> dict[str, str]:
    typed = typed_fields(request.POST, _TYPED)
    if request.method == "POST":
        return typed
    typed |= {
        "arrived_on": f"{today:%Y/%m/%d}",
        "called_at": clock.now().astimezone(JST).strftime("%Y/%m/%d %H:%M"),
    }
    if opened is not None and opened.proxy is not None:
        home = opened.proxy.home
        typed |= {part: getattr(home, part) for part in PERSON_FIELDS[2:]}
        typed |= {"name": opened.proxy.name, "kana": opened.proxy.kana}
    return typed
