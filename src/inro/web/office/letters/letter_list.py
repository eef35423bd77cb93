"""Letters to print and to post: many in one pile, one postmark for many (9.2, 43)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.paper.page_pictures import bound
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.letters import TO_SEND, LetterRefused, LetterState
from inro.practice.notices import Channel
from inro.store.reads.letters import LetterRecord, letter_by_number, letters_in
from inro.usecases.letters import import_postmarks, post_letters, print_letters
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_day, typed_postmarks
from inro.web.office.letters.case import allows
from inro.web.office.letters.sheets import sheets_for


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_APPLICATION)
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters that wait; give those ticked as one PDF, or record them as posted."""
    if request.method != "POST":
        return _show(request, [])
    try:
        if text_of(request.POST, "do") == "print":
            return _print(request)
        if text_of(request.POST, "do") == "import":
            _import(request)
        else:
            _post(request)
    except REFUSALS as refusal:
        return _show(request, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("letters"))


def _print(request: HttpRequest) -> HttpResponse:
    dated_on = typed_day(request.POST, "dated_on")
    printed = [sheets_for(record, dated_on=dated_on) for record in _ticked(request)]
    print_letters(printed=printed, dated_on=dated_on, actor=actor_of(request), now=clock.now())
    return as_pdf(bound([sheet.pdf for sheet in printed]), name=f"letters-{dated_on:%Y%m%d}")


def _post(request: HttpRequest) -> None:
    post_letters(
        letters=[record.letter_id for record in _ticked(request)],
        postmark=typed_day(request.POST, "postmark"),
        actor=actor_of(request),
        now=clock.now(),
    )


def _import(request: HttpRequest) -> None:
    import_postmarks(
        postmarks={
            letter_by_number(number).letter_id: day
            for number, day in typed_postmarks(request.POST.get("postmarks", "")).items()
        },
        actor=actor_of(request),
        now=clock.now(),
    )


def _ticked(request: HttpRequest) -> list[LetterRecord]:
    numbers = list(dict.fromkeys(request.POST.getlist("letter")))
    if not numbers:
        raise LetterRefused(field="letters", problem="none")
    return [letter_by_number(number) for number in numbers]


def _show(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    today = f"{jst_date(clock.now()):%Y/%m/%d}"
    waiting = letters_in(TO_SEND)
    by_post = [one for one in waiting if one.channel is Channel.POST]
    context = {
        "place": "letters",
        "errors": errors,
        "to_print": [one for one in by_post if one.state is LetterState.RELEASED],
        "to_post": [one for one in by_post if one.state is LetterState.PRINTED],
        "held": letters_in({LetterState.HELD}),
        "otherwise": [one for one in waiting if one.channel is not Channel.POST],
        "ticked": request.POST.getlist("letter"),
        "dated_on": text_of(request.POST, "dated_on") or today,
        "postmarks": request.POST.get("postmarks", ""),
        "postmark": text_of(request.POST, "postmark") or today,
        "prints": allows(request, Act.PRINT_LETTERS),
        "releases": allows(request, Act.RELEASE_NOTICES),
        "posts": allows(request, Act.POST_LETTERS),
    }
    return render(request, "office/letters/letters.html", context, status=status)


def as_pdf(content: bytes, *, name: str) -> HttpResponse:
    """Return a PDF to be shown by the browser, named as people would."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
