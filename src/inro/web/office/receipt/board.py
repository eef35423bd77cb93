"""The board: every card on its way, what is due, reminders and labels of many at once (18.1-18.7)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from statistics import median
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from inro.configuration.paper_operator import operator_of
from inro.paper.parties import Addressee
from inro.paper.posting import SheetLabel, render_labels
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.intake import ReadingPurpose
from inro.practice.letters import LetterRefused
from inro.practice.packing import PackingRefused, UnknownThing
from inro.practice.powers import Power
from inro.practice.receipt import ReceiptStage
from inro.store.reads.address import home_address
from inro.store.reads.application import application_by_number, application_record
from inro.store.reads.powers import OverdueInvoice, overdue_invoices
from inro.store.reads.receipt_board import (
    cards_on_their_way,
    days_until_confirmed,
    posted_on,
    slips_on_shelf,
)
from inro.store.reads.scanned import application_of_slip
from inro.store.reads.search import case_of_number
from inro.usecases.powers import proposals
from inro.usecases.reading import list_letters
from inro.usecases.reminder import write_reminders
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.dispatch.shown import first_place, post_rules
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.case import allows
from inro.web.office.letters.letter_list import as_pdf
from inro.web.office.receipt.lines import BAR_WIDTH, BoardLine, board_lines, terms_of

_CONFIRMED_FOR = timedelta(days=14)
_MEDIAN_OVER = timedelta(days=90)
_WITH_REMINDER = (ReceiptStage.WAITING_AFTER_REMINDER, ReceiptStage.REVOCATION_DUE)


def _every(line: BoardLine) -> bool:
    """Return whether a line is one of the board's at all."""
    return bool(line.card.application)


_VIEWS: Mapping[str, tuple[str, Callable[[BoardLine], bool]]] = MappingProxyType(
    {
        "": (gettext_noop("All"), _every),
        "near": (gettext_noop("Due soon"), lambda line: line.is_near),
        "remind": (gettext_noop("Reminder due"), lambda line: line.stage is ReceiptStage.REMINDER_DUE),
        "reminded": (gettext_noop("Reminded"), lambda line: line.stage in _WITH_REMINDER),
        "revoke": (gettext_noop("To be revoked"), lambda line: line.stage is ReceiptStage.REVOCATION_DUE),
        "doubts": (gettext_noop("Doubts"), lambda line: line.stage is ReceiptStage.SUSPENDED),
        "proxy": (gettext_noop("Proxy recipient"), lambda line: line.card.to_proxy),
        "back": (gettext_noop("Came back"), lambda line: line.card.came_back),
    }
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_RECEIPTS)
def receipts(request: HttpRequest) -> HttpResponse:
    """Show the board; of the cases ticked, write reminders or print labels."""
    if request.method != "POST":
        return _show(request, [])
    try:
        if text_of(request.POST, "do") == "labels":
            return _labels(request)
        _remind(request)
    except REFUSALS as refusal:
        return _show(request, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("letters"))


@require_safe
@needs(Act.VIEW_RECEIPTS)
def slip_scanned(request: HttpRequest) -> HttpResponse:
    """Lead from a slip's code, or a typed number, to its case."""
    typed = request.GET.get("slip", "").strip()
    try:
        if not typed:
            raise PackingRefused(field="slip", problem="missing")
        number = case_of_number(application_of_slip(typed))
        if number is None:
            raise PackingRefused(field="slip", problem="unknown")
    except (PackingRefused, UnknownThing) as refusal:
        return _show(request, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("receipt", args=[number]))


def _remind(request: HttpRequest) -> None:
    cases = [application_by_number(number) for number in _ticked(request)]
    write_reminders(
        cases=[(case.application_id, terms_of(case.edition)) for case in cases],
        calendar=house().policy.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _labels(request: HttpRequest) -> HttpResponse:
    cases = [application_by_number(number) for number in _ticked(request)]
    first, now = first_place(text_of(request.POST, "first")), clock.now()
    list_letters(
        applications=[case.application_id for case in cases],
        purpose=ReadingPurpose.DELIVERY,
        actor=actor_of(request),
        now=now,
    )
    homes = [(case.number, home_address(case.application_id)) for case in cases]
    labels = [
        SheetLabel(
            number=number,
            method="親展",
            restricted=False,
            recipient=Addressee(name=home.name, postal_code=home.postal_code, address=home.lines),
        )
        for number, home in homes
    ]
    pdf = render_labels(
        labels=labels,
        sheet=post_rules().sheet,
        first=first,
        made_on=jst_date(now),
        operator=operator_of(house().installation),
    )
    return as_pdf(pdf, name=f"labels-{jst_date(now):%Y%m%d}")


def _ticked(request: HttpRequest) -> list[str]:
    numbers = list(dict.fromkeys(request.POST.getlist("case")))
    if not numbers:
        raise LetterRefused(field="cases", problem="none")
    return numbers


def _show(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    now = clock.now()
    today = jst_date(now)
    lines = board_lines(cards_on_their_way(confirmed_since=today - _CONFIRMED_FOR), now=now)
    asked = request.GET.get("view", "")
    view = asked if asked in _VIEWS else ""
    shelf = request.GET.get("shelf", "").strip()
    taken = days_until_confirmed(since=today - _MEDIAN_OVER)
    context = {
        "place": "receipts",
        "errors": errors,
        "view": view,
        "views": [(name, label, sum(map(holds, lines))) for name, (label, holds) in _VIEWS.items()],
        "lines": [line for line in lines if _VIEWS[view][1](line)],
        "bar": BAR_WIDTH,
        "posted_today": posted_on(today),
        "awaited": sum(line.stage is not ReceiptStage.RECEIVED for line in lines),
        "to_remind": sum(line.stage is ReceiptStage.REMINDER_DUE for line in lines),
        "to_revoke": sum(line.stage is ReceiptStage.REVOCATION_DUE for line in lines),
        "median": median(taken) if taken else None,
        "ticked": request.POST.getlist("case"),
        "reminds": allows(request, Act.WRITE_REMINDERS),
        "lists": allows(request, Act.LIST_LETTERS),
        "places": post_rules().sheet.places,
        "shelf": shelf,
        "slips": slips_on_shelf(shelf) if shelf else (),
        "unpaid": _unpaid(request, now),
    }
    return render(request, "office/receipt/board.html", context, status=status)


def _unpaid(request: HttpRequest, now: datetime) -> list[tuple[str, OverdueInvoice]]:
    """Return the cases in which 35.3 is proposed to whoever may use or decline it."""
    if not allows(request, Act.DECLINE_POWER):
        return []
    found = []
    for bill in overdue_invoices(today=jst_date(now)):
        case = application_record(bill.application_id)
        open_ = proposals(
            bill.application_id, terms=terms_of(case.edition), calendar=house().policy.calendar, now=now
        )
        if any(one.facts.power is Power.UNPAID and not one.declined for one in open_):
            found.append((case.number, bill))
    return found
