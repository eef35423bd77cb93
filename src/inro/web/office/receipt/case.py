"""One case at the receipt desk: days with their sums, its slip, doubts, powers (18.4-18.7, 22.1(1), 35.3)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.deadlines import Deadline
from inro.practice.intake import ReadingPurpose
from inro.practice.letters import LetterRefused
from inro.practice.obligations import clock_of
from inro.practice.powers import Power, PowerRefused
from inro.practice.receipt import ReceiptClock, ReceiptStage, escalation, receipt_stage
from inro.store.errors import Unknown
from inro.store.ids import ObjectionId, SlipId
from inro.store.reads.certificate import certificate_of_application
from inro.store.reads.dispatch import parcels_of
from inro.store.reads.powers import declined_powers
from inro.store.reads.queue_facts import receipts_of
from inro.store.reads.receipt_board import objections_of, revocation_of, slips_of
from inro.usecases.document import view_documents
from inro.usecases.objection import admit_objection, decide_objection, record_objection
from inro.usecases.powers import decline_power, proposals
from inro.usecases.receipt import confirm_parked_slip, record_receipt_slip
from inro.usecases.revocation import record_revocation_request
from inro.web.office import clock
from inro.web.office.case_documents import opened_token
from inro.web.office.clerk import actor_of, needs
from inro.web.office.dispatch.shown import at_the_post
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_day
from inro.web.office.letters.case import LetterCase, allows, case_or_404
from inro.web.office.queue.purpose import reads_case
from inro.web.office.receipt.seals import seals

_ON_TIME_ALONE = ("18.7", Power.LATE_SLIP.value, Power.UNPAID.value)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_RECEIPTS)
@reads_case
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show a card's way; record what came of it, and decide on what a person decides."""
    case = case_or_404(number)
    if request.method != "POST":
        return _show(request, case, [])
    do = _DOING.get(text_of(request.POST, "do"))
    if do is None:
        raise Http404
    try:
        do(request, case)
    except REFUSALS as refusal:
        return _show(request, case, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("receipt", args=[number]))


@require_POST
@needs(Act.VIEW_DOCUMENTS)
def open_papers(request: HttpRequest, number: str) -> HttpResponse:
    """Open the case's papers to compare the seals: for delivery, on record before they show (40(7))."""
    case = case_or_404(number)
    try:
        view_documents(
            application=case.application_id,
            purpose=ReadingPurpose.DELIVERY,
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _show(request, case, [said(refusal)], status=422)
    opened = urlencode({"opened": opened_token(request, number)})
    return HttpResponseRedirect(f"{reverse('receipt', args=[number])}?{opened}#slip")


def _record_slip(request: HttpRequest, case: LetterCase) -> None:
    record_receipt_slip(
        application=case.application_id,
        arrived_on=typed_day(request.POST, "arrived_on"),
        name_agrees=_answered(request, "name_on_slip"),
        seal_matches=_answered(request, "seal"),
        shelf=text_of(request.POST, "shelf"),
        terms=case.terms,
        calendar=case.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _confirm_parked(request: HttpRequest, case: LetterCase) -> None:
    slip = _row(request, "slip", [one.slip_id for one in slips_of(case.application_id)])
    confirm_parked_slip(
        slip=SlipId(slip),
        terms=case.terms,
        calendar=case.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _record_doubts(request: HttpRequest, case: LetterCase) -> None:
    record_objection(
        application=case.application_id,
        contacted_on=typed_day(request.POST, "contacted_on"),
        terms=case.terms,
        calendar=case.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _admit_doubts(request: HttpRequest, case: LetterCase) -> None:
    admit_objection(objection=_objection(request, case), actor=actor_of(request), now=clock.now())


def _decide_doubts(request: HttpRequest, case: LetterCase) -> None:
    decide_objection(
        objection=_objection(request, case),
        founded=_answered(request, "founded"),
        actor=actor_of(request),
        now=clock.now(),
    )


def _decline(request: HttpRequest, case: LetterCase) -> None:
    power = text_of(request.POST, "power")
    if power not in list(Power):
        raise PowerRefused(field="reason", problem="missing")
    decline_power(
        application=case.application_id,
        power=Power(power),
        facts_sha256=text_of(request.POST, "facts"),
        reason=text_of(request.POST, "reason"),
        terms=case.terms,
        calendar=case.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _open_case(request: HttpRequest, case: LetterCase) -> None:
    ground = text_of(request.POST, "ground")
    if ground not in _ON_TIME_ALONE:
        raise Unknown(what="ground", detail=ground)
    now = clock.now()
    record_revocation_request(
        certificate=certificate_of_application(case.application_id).certificate_id,
        ground=ground,
        paper=None,
        requested_at=now.replace(microsecond=0),
        actor=actor_of(request),
        now=now,
    )


_DOING: Mapping[str, Callable[[HttpRequest, LetterCase], None]] = MappingProxyType(
    {
        "slip": _record_slip,
        "confirm": _confirm_parked,
        "doubts": _record_doubts,
        "admit": _admit_doubts,
        "decide": _decide_doubts,
        "decline": _decline,
        "open_case": _open_case,
    }
)


def _answered(request: HttpRequest, field: str) -> bool:
    answer = text_of(request.POST, field)
    if answer not in {"yes", "no"}:
        raise LetterRefused(field=field, problem="missing")
    return answer == "yes"


def _objection(request: HttpRequest, case: LetterCase) -> ObjectionId:
    known = [one.objection_id for one in objections_of(case.application_id)]
    return ObjectionId(_row(request, "objection", known))


def _row(request: HttpRequest, field: str, known: list[Any]) -> int:
    typed = text_of(request.POST, field)
    found = int(typed) if typed.isascii() and typed.isdigit() else 0
    if found not in known:
        raise Unknown(what=field, detail=typed)
    return found


def _show(request: HttpRequest, case: LetterCase, errors: list[Said], *, status: int = 200) -> HttpResponse:
    now = clock.now()
    today, of = jst_date(now), case.application_id
    slips = slips_of(of)
    typed = request.POST if request.method == "POST" else {}
    context = {
        "place": "receipts",
        "case": case,
        "errors": errors,
        "parcels": at_the_post(parcels_of(of), today=today),
        "slips": slips,
        "confirmed": any(slip.parked_for is None for slip in slips),
        "objections": objections_of(of),
        "proposals": proposals(of, terms=case.terms, calendar=case.calendar, now=now),
        "declined": declined_powers(of),
        "revocation": revocation_of(of),
        "seals": seals(request, number=case.number, application=of),
        "may": _may(request),
        "typed": typed,
        "today": f"{today:%Y/%m/%d}",
        **_standing(case, now, confirmed_on=_confirmed_on(slips)),
    }
    return render(request, "office/receipt/case.html", context, status=status)


def _confirmed_on(slips: Any) -> Any:
    return next((slip.arrived_on for slip in slips if slip.parked_for is None), None)


def _standing(case: LetterCase, now: datetime, *, confirmed_on: Any) -> dict[str, Any]:
    """Return the clock of a case's card, empty before it was posted."""
    way = receipts_of([case.application_id]).get(case.application_id)
    if way is None:
        return {"stage": None, "days": ()}
    counted = clock_of(way, terms=case.terms, calendar=case.calendar)
    stage = receipt_stage(clock=counted, slip_arrived_on=confirmed_on, objection=way.objection, now=now)
    over = stage is ReceiptStage.REVOCATION_DUE
    return {
        "stage": stage,
        "way": way,
        "clock": counted,
        "days": _days(counted),
        "escalation": escalation(clock=counted, on=jst_date(now)) if over else None,
        "late_doubts": way.objection is not None and way.objection.contacted_on > counted.objection.day,
    }


def _days(counted: ReceiptClock) -> list[tuple[str, Deadline]]:
    found = (
        (gettext("Slip due"), counted.slip),
        (gettext("Doubts can be told"), counted.objection),
        (gettext("Reminder"), counted.reminder),
        (gettext("May be revoked without a slip"), counted.late_slip_power),
        (gettext("Slip due after the reminder"), counted.slip_after_reminder),
        (gettext("Revocation"), counted.revocation),
    )
    return [(label, deadline) for label, deadline in found if deadline is not None]


def _may(request: HttpRequest) -> dict[str, bool]:
    acts = {
        "slip": Act.RECORD_RECEIPT_SLIP,
        "confirm": Act.CONFIRM_PARKED_SLIP,
        "doubts": Act.RECORD_OBJECTION,
        "admit": Act.ADMIT_OBJECTION,
        "decide": Act.DECIDE_OBJECTION,
        "decline": Act.DECLINE_POWER,
        "open_case": Act.RECORD_REVOCATION_REQUEST,
        "papers": Act.VIEW_DOCUMENTS,
    }
    return {name: allows(request, act) for name, act in acts.items()}
