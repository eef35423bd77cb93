"""The dispatch desk: what waits to be packed, is packed, is on a list, is at the post (17.4, 18.1, 24.1)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.intake import ReadingPurpose
from inro.practice.packing import PackingRefused, PackingState
from inro.practice.post_file import CODEC, LinesRefused, PostLine, post_file
from inro.store.reads.dispatch import (
    PackingRecord,
    packing_by_number,
    packings,
    parcels_on_their_way,
    posting_lists,
    waiting_parcels,
)
from inro.usecases.packing import draw_up_posting_list
from inro.usecases.reading import list_letters
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.dispatch.sheets import labels_pdf
from inro.web.office.dispatch.shown import addressee_of, at_the_post, first_place, post_rules
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_day
from inro.web.office.letters.case import allows
from inro.web.office.letters.letter_list import as_pdf
from inro.words.post import line_fault_words

_NEWEST = 10


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_DISPATCH)
def dispatch(request: HttpRequest) -> HttpResponse:
    """Show the desk; of the parcels ticked, print labels, write the post's file, or draw up a list."""
    if request.method != "POST":
        return _show(request, [])
    try:
        return _do(request, text_of(request.POST, "do"))
    except LinesRefused as refusal:
        return _show(request, faults_said(refusal), status=422)
    except REFUSALS as refusal:
        return _show(request, [said(refusal)], status=422)


def faults_said(refusal: LinesRefused) -> list[Said]:
    """Return each line of a file that is wrong, as a page says it."""
    language = get_language() or "ja"
    return [
        said(refusal),
        *(Said(words=line_fault_words(fault, language)) for fault in refusal.faults),
    ]


def _do(request: HttpRequest, do: str) -> HttpResponse:
    ticked = _ticked(request)
    if do == "labels":
        first = first_place(text_of(request.POST, "first"))
        _read(request, ticked)
        return as_pdf(labels_pdf(ticked, first=first), name=f"labels-{jst_date(clock.now()):%Y%m%d}")
    if do == "file":
        return _file(request, ticked)
    made = draw_up_posting_list(
        packings=[one.packing_id for one in ticked],
        day=typed_day(request.POST, "day"),
        actor=actor_of(request),
        now=clock.now(),
    )
    [listed] = [one for one in posting_lists(still_open=True) if one.list_id == made]
    return HttpResponseRedirect(reverse("posting_list", args=[listed.number]))


def _file(request: HttpRequest, ticked: list[PackingRecord]) -> HttpResponse:
    day = typed_day(request.POST, "day")
    lines = []
    for one in ticked:
        to = addressee_of(one)
        lines.append(
            PostLine(
                number=one.number,
                posted_on=day,
                codes=post_rules().codes[one.mail],
                postal_code=to.postal_code,
                address="".join(to.address),
                name=to.name,
            )
        )
    content = post_file(lines)
    _read(request, ticked)
    answer = HttpResponse(content, content_type=f"text/csv; charset={CODEC}")
    answer.headers["Content-Disposition"] = f'attachment; filename="post-{day:%Y%m%d}.csv"'
    return answer


def _read(request: HttpRequest, ticked: list[PackingRecord]) -> None:
    """Put it on record that these addresses leave the house's records, and why (40(1))."""
    list_letters(
        applications=list(dict.fromkeys(one.application_id for one in ticked)),
        purpose=ReadingPurpose.DELIVERY,
        actor=actor_of(request),
        now=clock.now(),
    )


def _ticked(request: HttpRequest) -> list[PackingRecord]:
    numbers = list(dict.fromkeys(request.POST.getlist("parcel")))
    if not numbers:
        raise PackingRefused(field="parcels", problem="none")
    return [packing_by_number(number) for number in numbers]


def _show(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    today = jst_date(clock.now())
    packed = packings([PackingState.PACKED])
    context = {
        "place": "dispatch",
        "errors": errors,
        "waiting": waiting_parcels(),
        "resending_limit": post_rules().resending_limit,
        "packed": packed,
        "ticked": request.POST.getlist("parcel"),
        "lists": posting_lists(still_open=True),
        "done": posting_lists(still_open=False, most=_NEWEST),
        "on_their_way": at_the_post(parcels_on_their_way(), today=today),
        "day": text_of(request.POST, "day") or f"{today:%Y/%m/%d}",
        "first": text_of(request.POST, "first") or "1",
        "places": post_rules().sheet.places,
        "packs_card": allows(request, Act.PACK_PARCEL),
        "packs_pin": allows(request, Act.PACK_MAILER),
        "lists_up": allows(request, Act.DRAW_UP_POSTING_LIST),
        "opens": allows(request, Act.OPEN_PACKED_PARCEL),
        "returns": allows(request, Act.RECORD_RETURNED_PARCEL),
    }
    return render(request, "office/dispatch/desk.html", context, status=status)
