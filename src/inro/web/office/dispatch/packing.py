"""Packing one parcel by a scanner that types: one code a line, with scripts or without (17.4, 18.1, 24.1)."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inro.practice.acts import Act
from inro.practice.packing import PackingRefused, UnknownThing
from inro.practice.parcels import Content
from inro.store.errors import Unknown
from inro.store.reads.dispatch import WaitingParcel, packing_by_number, waiting_parcels
from inro.store.reads.scanned import packing_scan
from inro.usecases.packing import open_packed_parcel, pack_mailer, pack_parcel
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.dispatch.shown import in_order, post_rules
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.case import allows

_PACKS = {Content.CARD: Act.PACK_PARCEL, Content.PIN_MAILER: Act.PACK_MAILER}


@require_safe
@needs(Act.VIEW_DISPATCH)
def find(request: HttpRequest) -> HttpResponse:
    """Lead from the code of anything that goes into a parcel to the page on which it is packed."""
    scanned = request.GET.get("code", "")
    try:
        [thing] = packing_scan([scanned]).things
    except (UnknownThing, ValueError):
        return render(request, "office/dispatch/not_found.html", _unknown(scanned), status=404)
    found = [one for one in waiting_parcels() if one.application == thing.application]
    holding = next((one for one in found if thing.content in one.plan.contents), None)
    if holding is None:
        return render(request, "office/dispatch/not_found.html", _unknown(scanned), status=404)
    return HttpResponseRedirect(reverse("pack", args=[holding.application, holding.holds.value]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_DISPATCH)
def pack(request: HttpRequest, number: str, holds: str) -> HttpResponse:
    """Show what goes into a parcel, and close it when exactly that was scanned."""
    parcel = _waiting(number, holds)
    if request.method != "POST":
        return _show(request, parcel, [])
    lines = request.POST.get("scans", "").splitlines()
    try:
        if not any(line.strip() for line in lines):
            raise PackingRefused(field="scans", problem="missing")
        packs = pack_parcel if parcel.holds is Content.CARD else pack_mailer
        packs(
            application=parcel.application_id,
            scan=packing_scan(lines),
            resending_limit=post_rules().resending_limit,
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _show(request, parcel, [said(refusal)], lines=lines, status=422)
    return HttpResponseRedirect(reverse("dispatch") + "#packed")


@require_POST
@needs(Act.OPEN_PACKED_PARCEL)
def open_again(request: HttpRequest, number: str) -> HttpResponse:
    """Open a packed parcel, so that what it held is packed anew."""
    try:
        record = packing_by_number(number)
        open_packed_parcel(packing=record.packing_id, actor=actor_of(request), now=clock.now())
    except REFUSALS as refusal:
        context = {"place": "dispatch", "errors": [said(refusal)]}
        return render(request, "office/dispatch/not_found.html", context, status=422)
    return HttpResponseRedirect(reverse("dispatch"))


def _show(
    request: HttpRequest,
    parcel: WaitingParcel,
    errors: list[Said],
    *,
    lines: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "place": "dispatch",
        "parcel": parcel,
        "contents": [
            (content, _is_scanned(content, parcel, lines)) for content in in_order(parcel.plan.contents)
        ],
        "scanned": [line.strip() for line in lines if line.strip()],
        "errors": errors,
        "packs": allows(request, _PACKS[parcel.holds]),
        "resending_limit": post_rules().resending_limit,
    }
    return render(request, "office/dispatch/pack.html", context, status=status)


def _is_scanned(content: Content, parcel: WaitingParcel, lines: Sequence[str]) -> bool:
    for line in lines:
        try:
            things = packing_scan([line]).things
        except UnknownThing:
            continue
        if any(one.content is content and one.application == parcel.application for one in things):
            return True
    return False


def _waiting(number: str, holds: str) -> WaitingParcel:
    found = [one for one in waiting_parcels() if one.application == number and one.holds.value == holds]
    if not found:
        raise Http404
    return found[0]


def _unknown(scanned: str) -> dict[str, object]:
    refusal = UnknownThing(scanned=scanned) if scanned else Unknown(what="code", detail="-")
    return {"place": "dispatch", "errors": [said(refusal)]}
