"""One posting list: its parcels with their postage, the sheet for the counter, and its hand-over (17.4)."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from inro.configuration.paper_operator import operator_of
from inro.paper.posting import PostingLine, PostingSheet, ServiceSum, render_posting_list
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.intake import ReadingPurpose
from inro.practice.parcels import Mail
from inro.practice.postage import NoTariffInForce, tariff_on
from inro.store.errors import Unknown
from inro.store.reads.dispatch import PostingListRecord, posting_list_by_number
from inro.usecases.packing import give_up_posting_list, hand_over_parcels
from inro.usecases.reading import list_letters
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.dispatch.shown import addressee_of, post_rules
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_day
from inro.web.office.letters.case import allows
from inro.web.office.letters.letter_list import as_pdf
from inro.words.states import word


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_DISPATCH)
def posting_list(request: HttpRequest, number: str) -> HttpResponse:
    """Show a list; record that the post took it, or give it up."""
    record = _found(number)
    if request.method != "POST":
        return _show(request, record, [])
    try:
        if text_of(request.POST, "do") == "give_up":
            give_up_posting_list(posting_list=record.list_id, actor=actor_of(request), now=clock.now())
            return HttpResponseRedirect(reverse("dispatch"))
        hand_over_parcels(
            posting_list=record.list_id,
            accepted_on=typed_day(request.POST, "accepted_on"),
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _show(request, record, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("posting_list", args=[number]))


@require_safe
@needs(Act.DRAW_UP_POSTING_LIST)
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Give the list for the counter, once for the post and once to be signed for the house."""
    record = _found(number)
    list_letters(
        applications=list(dict.fromkeys(one.application_id for one in record.packings)),
        purpose=ReadingPurpose.DELIVERY,
        actor=actor_of(request),
        now=clock.now(),
    )
    pdf = render_posting_list(sheet=_sheet(record), operator=operator_of(house().installation))
    return as_pdf(pdf, name=number)


def _sheet(record: PostingListRecord) -> PostingSheet:
    return PostingSheet(
        number=record.number,
        day=record.accepted_on or record.day,
        lines=tuple(
            PostingLine(
                number=one.number,
                tracking=one.tracking_number,
                service=word(one.mail, "ja").split("（")[0],
                recipient=addressee_of(one),
            )
            for one in record.packings
        ),
        services=services_of(record, language="ja"),
    )


def services_of(record: PostingListRecord, *, language: str) -> tuple[ServiceSum, ...]:
    """Return how many parcels of each service a list has, and their postage on the list's day.

    Raises: NoTariffInForce.
    """
    tariff = tariff_on(post_rules().tariffs, on=record.accepted_on or record.day)
    counted: Mapping[Mail, int] = {mail: sum(one.mail is mail for one in record.packings) for mail in Mail}
    return tuple(
        ServiceSum(name=word(mail, language), count=count, each=tariff.total(mail))
        for mail, count in counted.items()
        if count
    )


def _found(number: str) -> PostingListRecord:
    try:
        return posting_list_by_number(number)
    except Unknown as unknown:
        raise Http404 from unknown


def _show(
    request: HttpRequest, record: PostingListRecord, errors: list[Said], *, status: int = 200
) -> HttpResponse:
    wrong = list(errors)
    try:
        services = services_of(record, language=get_language() or "ja")
    except NoTariffInForce as refusal:
        services, wrong = (), [*wrong, said(refusal)]
    context = {
        "place": "dispatch",
        "list": record,
        "services": services,
        "total": sum(one.total for one in services),
        "errors": wrong,
        "accepted_on": text_of(request.POST, "accepted_on") or f"{jst_date(clock.now()):%Y/%m/%d}",
        "hands_over": record.is_open and allows(request, Act.HAND_OVER_PARCELS),
        "gives_up": record.is_open and allows(request, Act.GIVE_UP_POSTING_LIST),
        "prints": allows(request, Act.DRAW_UP_POSTING_LIST),
    }
    return render(request, "office/dispatch/list.html", context, status=status)
