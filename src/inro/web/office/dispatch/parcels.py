"""A parcel that came back: when, and why as the post's note says (18.1, 24.1)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.packing import PackingRefused, ReturnReason
from inro.store.errors import Unknown
from inro.store.ids import ParcelId
from inro.store.reads.dispatch import PostedParcel, parcels_of, posted_parcel
from inro.usecases.dispatch import record_returned_parcel
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.dispatch.shown import at_the_post
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_day


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.RECORD_RETURNED_PARCEL)
def returned(request: HttpRequest, parcel: int) -> HttpResponse:
    """Show a parcel on its way, and record that it came back."""
    record = _found(parcel)
    if request.method != "POST":
        return _show(request, record, [])
    try:
        reason = text_of(request.POST, "reason")
        if reason not in list(ReturnReason):
            raise PackingRefused(field="reason", problem="missing")
        record_returned_parcel(
            parcel=record.parcel_id,
            returned_on=typed_day(request.POST, "returned_on"),
            reason=ReturnReason(reason),
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _show(request, record, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("dispatch"))


def _show(
    request: HttpRequest, record: PostedParcel, errors: list[Said], *, status: int = 200
) -> HttpResponse:
    today = jst_date(clock.now())
    context = {
        "place": "dispatch",
        "shown": at_the_post([record], today=today)[0],
        "others": [one for one in parcels_of(record.application_id) if one.parcel_id != record.parcel_id],
        "reasons": list(ReturnReason),
        "reason": text_of(request.POST, "reason"),
        "returned_on": text_of(request.POST, "returned_on") or f"{today:%Y/%m/%d}",
        "errors": errors,
    }
    return render(request, "office/dispatch/returned.html", context, status=status)


def _found(parcel: int) -> PostedParcel:
    try:
        return posted_parcel(ParcelId(parcel))
    except Unknown as unknown:
        raise Http404 from unknown
