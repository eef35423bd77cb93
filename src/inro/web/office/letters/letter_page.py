"""One letter: its pages as pictures, its PDF, its sending by fax or e-mail, or its end (9.2, 43)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inro.paper.page_pictures import MEDIA_TYPE, page_count, page_picture
from inro.practice.acts import Act
from inro.practice.calendar import JST, jst_date
from inro.practice.letters import TO_SEND, TRANSITIONS, LetterAct, LetterState
from inro.practice.notices import Channel, Delivery
from inro.store.errors import Unknown
from inro.store.reads.letters import LetterRecord, letter_by_number
from inro.usecases.letters import drop_letter, print_letters, send_letter
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_day, typed_instant
from inro.web.office.letters.case import allows, case_of
from inro.web.office.letters.letter_list import as_pdf
from inro.web.office.letters.sheets import sheets_for, shown_pdf
from inro.web.office.queue.purpose import read_for

_WIDTH = 900


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_APPLICATION)
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """Show a letter; print it for a day, record its sending by fax or e-mail, or drop it."""
    record = _found(number)
    if request.method != "POST":
        return _read(request, record) or _show(request, record, [])
    try:
        answer = _do(request, record, text_of(request.POST, "do"))
    except REFUSALS as refusal:
        return _show(request, record, [said(refusal)], status=422)
    return answer or HttpResponseRedirect(reverse("letter", args=[number]))


def _do(request: HttpRequest, record: LetterRecord, do: str) -> HttpResponse | None:
    actor, now = actor_of(request), clock.now()
    if do == "print":
        dated_on = typed_day(request.POST, "dated_on")
        sheet = sheets_for(record, dated_on=dated_on)
        print_letters(printed=[sheet], dated_on=dated_on, actor=actor, now=now)
        return as_pdf(sheet.pdf, name=record.number)
    if do == "drop":
        drop_letter(letter=record.letter_id, actor=actor, now=now)
        return None
    delivery = Delivery(
        channel=record.channel,
        confirmed_at=typed_instant(request.POST, "confirmed_at"),
        released_by=actor.name,
    )
    send_letter(letter=record.letter_id, delivery=delivery, actor=actor, now=now)
    return None


@require_safe
@needs(Act.VIEW_APPLICATION)
def sheets(request: HttpRequest, number: str) -> HttpResponse:
    """Give a letter's PDF as it was printed, or as it would be today."""
    record = _found(number)
    return _read(request, record) or as_pdf(_pdf(record), name=record.number)


@require_safe
@needs(Act.VIEW_APPLICATION)
def picture(request: HttpRequest, number: str, page: int) -> HttpResponse:
    """Give a picture of one page of a letter."""
    record = _found(number)
    if asked := _read(request, record):
        return asked
    try:
        content = page_picture(_pdf(record), page=page, width=_WIDTH)
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(content, content_type=MEDIA_TYPE)


def _found(number: str) -> LetterRecord:
    try:
        return letter_by_number(number)
    except Unknown as unknown:
        raise Http404 from unknown


def _read(request: HttpRequest, record: LetterRecord) -> HttpResponse | None:
    """Put on record why the letter's case is read; return the page that asks where nobody knows."""
    asked = read_for(request, record.application)
    return asked if isinstance(asked, HttpResponse) else None


def _pdf(record: LetterRecord) -> bytes:
    try:
        return shown_pdf(record)
    except Unknown as gone:
        raise Http404 from gone


def _show(
    request: HttpRequest, record: LetterRecord, errors: list[Said], *, status: int = 200
) -> HttpResponse:
    now = clock.now()
    by_hand = record.channel is not Channel.POST
    context = {
        "place": "letters",
        "letter": record,
        "case": case_of(record.application_id),
        "errors": errors,
        "pages": range(1, page_count(_pdf(record)) + 1) if record.is_kept else (),
        "prints": record.state in TO_SEND and record.case_waits and allows(request, Act.PRINT_LETTERS),
        "sends": by_hand and record.state is LetterState.PRINTED and allows(request, Act.SEND_LETTER),
        "drops": (record.state, LetterAct.DROP) in TRANSITIONS and allows(request, Act.DROP_LETTER),
        "dated_on": text_of(request.POST, "dated_on") or f"{jst_date(now):%Y/%m/%d}",
        "confirmed_at": text_of(request.POST, "confirmed_at")
        or now.astimezone(JST).strftime("%Y/%m/%d %H:%M"),
    }
    return render(request, "office/letters/letter.html", context, status=status)
