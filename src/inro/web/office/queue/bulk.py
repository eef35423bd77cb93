"""What may be done to several cases at once: never a decision (`practice.case_work.BULK_ACTS`)."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from inro.practice.acts import Act
from inro.practice.case_work import BulkAct, NothingChosen, check_chosen
from inro.practice.intake import EnclosureRefused, ReadingPurpose
from inro.practice.reading import purposes_of
from inro.store.ids import ApplicationId
from inro.store.reads.address import home_addresses
from inro.store.reads.queue import QueueLine, QueueQuery, Today, queue_page
from inro.usecases.case_work import return_case, take_case
from inro.usecases.reading import list_letters
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import chosen
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.queue.asked import address_of, query_of
from inro.web.office.queue.lines import shown, today_at
from inro.web.office.queue.lists import list_page


@require_POST
@needs(Act.TAKE_CASE)
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one of the acts of the table to the cases that were ticked."""
    back = query_of(QueryDict(request.POST.get("query", "").removeprefix("?")))
    try:
        ticked = _ticked(request)
        check_chosen(tuple(ticked))
        act = chosen(BulkAct, request.POST, "do", field="do")
        if act is BulkAct.EXPORT:
            numbers = urlencode([("number", number) for number in ticked])
            return HttpResponseRedirect(f"{reverse('new_export')}?{numbers}")
        if act is BulkAct.LIST_LETTERS:
            return letters_page(request, tuple(ticked), errors=[])
        _hand_out(request, act, ticked)
    except REFUSALS as refusal:
        return list_page(request, back, errors=[said(refusal)], status=422)
    return HttpResponseRedirect(f"{reverse('cases')}{address_of(back)}")


@require_POST
@needs(Act.LIST_LETTERS)
def letters(request: HttpRequest) -> HttpResponse:
    """List where the post of several cases goes, once it is said why."""
    numbers = tuple(request.POST.getlist("number"))
    try:
        check_chosen(numbers)
        purpose = chosen(ReadingPurpose, request.POST, "purpose", field="purpose")
        lines = _lines(request, numbers)
        list_letters(
            applications=[ApplicationId(line.case) for line in lines],
            purpose=purpose,
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return letters_page(request, numbers, errors=[said(refusal)])
    addresses = home_addresses([ApplicationId(line.case) for line in lines])
    now = clock.now()
    context = {
        "place": "cases",
        "purpose": purpose,
        "now": now,
        "letters": [
            (one, addresses[ApplicationId(one.line.case)])
            for one in shown(lines, today=today_at(now))
            if one.line.case in addresses
        ],
    }
    return render(request, "office/queue/letters.html", context)


def letters_page(request: HttpRequest, numbers: Sequence[str], *, errors: list[Said]) -> HttpResponse:
    """Ask why the addressees of several cases are listed."""
    context = {
        "place": "cases",
        "numbers": numbers,
        "purposes": purposes_of(actor_of(request).duties),
        "errors": errors,
    }
    return render(request, "office/queue/ask_letters.html", context, status=422 if errors else 200)


def _hand_out(request: HttpRequest, act: BulkAct, ticked: dict[str, str]) -> None:
    cases = {line.number: ApplicationId(line.case) for line in _lines(request, tuple(ticked))}
    seen = {cases[number]: whose or None for number, whose in ticked.items() if number in cases}
    actor, now = actor_of(request), clock.now()
    if act is BulkAct.TAKE:
        name: str = request.clerk.name  # type: ignore[attr-defined]
        take_case(seen=seen, name=name, actor=actor, now=now)
    elif act is BulkAct.RETURN:
        return_case(seen=seen, actor=actor, now=now)
    else:
        raise EnclosureRefused(field="do", problem="missing")


def _ticked(request: HttpRequest) -> dict[str, str]:
    """Return the numbers that were ticked, each with whose the case was on the page."""
    parted = (text.partition("/") for text in request.POST.getlist("case"))
    return {number: whose for number, _, whose in parted}


def _lines(request: HttpRequest, numbers: tuple[str, ...]) -> tuple[QueueLine, ...]:
    now = clock.now()
    today: Today = today_at(now)
    query = QueueQuery(numbers=numbers)
    person = actor_of(request).name
    lines = queue_page(query, person=person, today=today, now=now, after=None, most=len(numbers)).lines
    if not lines:
        raise NothingChosen(most=len(numbers))
    return lines
