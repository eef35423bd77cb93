"""Redaction, one page at a time: boxes are proposed, a person moves them and says what is so (8.5)."""

import math
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from inro.paper.redaction import Box, BoxReason
from inro.practice.acts import Act
from inro.practice.intake import EnclosureRefused
from inro.store.reads.intake import stored_pages
from inro.usecases.actor import Actor
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.cases import desk_case
from inro.web.office.intake.desk import PageMoved
from inro.web.office.intake.filing import Destination, keep_redacted
from inro.web.office.intake.opened import crew
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.intake.tray import Batch, Search, Standing, TrayPage, piles

_MM_PER_INCH = 25.4
_SIDES = ("left", "top", "right", "bottom")
_SIDE_WORDS = (gettext_noop("Left"), gettext_noop("Top"), gettext_noop("Right edge"), gettext_noop("Bottom"))
_WHY = {
    BoxReason.VALID_NUMBER: gettext_noop("number"),
    BoxReason.LABEL_CELL: gettext_noop("beside the label"),
    BoxReason.DIGIT_RUN: gettext_noop("row of digits"),
    BoxReason.BY_HAND: gettext_noop("by hand"),
}
_MOST_BOXES = 200


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.BLACK_OUT_NUMBER)
def redaction(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Show a page that may show an Individual Number, and store it as a person confirmed it."""
    batch, page = _page(number, place)
    if request.method != "POST":
        return _show(request, batch, page, page.boxes, [])
    boxes: Sequence[Box] = page.boxes
    try:
        boxes = _boxes(request.POST, page)
        asked = text_of(request.POST, "do")
        if asked in {"black_out", "none_there"}:
            _check_word(asked, boxes, request.POST)
            _store(batch, page, boxes, request.POST, actor_of(request))
            return _next(batch, page)
        if asked.startswith("remove-"):
            boxes = [box for place, box in enumerate(boxes) if f"remove-{place}" != asked]
    except REFUSALS as refusal:
        return _show(request, *_page(number, place), boxes, [said(refusal)], status=422)
    return _show(request, batch, page, boxes, [])


@require_safe
@needs(Act.BLACK_OUT_NUMBER)
def proposal(request: HttpRequest, number: str, place: int) -> HttpResponse:  # noqa: ARG001
    """Tell the page's script how far the search for numbers is."""
    _, page = _page(number, place)
    return JsonResponse({"search": page.search.value, "version": page.version})


def _page(number: str, place: int) -> tuple[Batch, TrayPage]:
    batch = crew().desk.batch(number)
    page = crew().desk.page(number, place)
    if batch is None or page is None or not page.is_assigned or not page.may_show_number:
        raise Http404
    return batch, page


def _check_word(asked: str, boxes: Sequence[Box], post: QueryDict) -> None:
    problems = (
        ("box", "none", asked == "black_out" and not boxes),
        ("box", "some", asked == "none_there" and bool(boxes)),
        ("seen", "missing", asked == "none_there" and text_of(post, "seen") != "yes"),
    )
    for field, problem, found in problems:
        if found:
            raise EnclosureRefused(field=field, problem=problem)


def _store(batch: Batch, page: TrayPage, boxes: Sequence[Box], post: QueryDict, actor: Actor) -> None:
    """Burn in, store, and only then drop the page from the quarantine."""
    actor.check(Act.BLACK_OUT_NUMBER)
    desk = crew().desk
    destination = _destination(batch, page)
    shown = text_of(post, "version")
    claimed = desk.claim(batch, page.place, version=int(shown) if shown.isdigit() else 0)
    try:
        keep_redacted(
            page=desk.picture(claimed),
            boxes=boxes,
            destination=destination,
            store=desk.room.store,
            actor=actor,
            now=desk.clock(),
        )
    except REFUSALS as trouble:
        desk.release(batch, page.place, trouble)
        raise
    desk.settle(batch, page.place, Standing.FILED)


def _destination(batch: Batch, page: TrayPage) -> Destination:
    """Return the first page of its paper that is not kept yet.

    Raises: PageMoved where its paper is not registered.
    """
    line = desk_case(page.number).open_line(page.kind) if page.kind else None
    if line is None:
        raise PageMoved("paper", f"{batch.number}/{page.place}", "register the paper in its envelope first")
    kept = stored_pages(line.enclosure_id)
    place = next(number for number in range(1, line.pages + 1) if number not in kept)
    return Destination(batch=batch.batch_id, enclosure=line.enclosure_id, page=place, pages=line.pages)


def _next(batch: Batch, page: TrayPage) -> HttpResponse:
    waiting = [one for one in batch.waiting if one.is_assigned and one.may_show_number]
    same = [one for one in waiting if one.number == page.number]
    if same:
        return HttpResponseRedirect(reverse("redaction", args=[batch.number, same[0].place]))
    return HttpResponseRedirect(reverse("batch", args=[batch.number]))


def _boxes(post: QueryDict, page: TrayPage) -> list[Box]:
    """Return the boxes typed in millimetres, grown to whole pixels; an empty line is none.

    Raises: EnclosureRefused.
    """
    typed = [post.getlist(side)[:_MOST_BOXES] for side in _SIDES]
    if len({len(values) for values in typed}) != 1:
        raise EnclosureRefused(field="box", problem="not_a_box")
    return [_box(line, page) for line in zip(*typed, strict=True) if any(part.strip() for part in line)]


def _box(line: tuple[str, ...], page: TrayPage) -> Box:
    try:
        left, top, right, bottom = (float(part) * page.dpi / _MM_PER_INCH for part in line)
        box = Box(
            left=max(math.floor(left), 0),
            top=max(math.floor(top), 0),
            right=min(math.ceil(right), page.width),
            bottom=min(math.ceil(bottom), page.height),
        )
    except (ValueError, OverflowError) as error:
        raise EnclosureRefused(field="box", problem="not_a_box") from error
    if box.left >= box.right or box.top >= box.bottom:
        raise EnclosureRefused(field="box", problem="not_a_box")
    return box


def _millimetres(box: Box, page: TrayPage) -> dict[str, object]:
    sides = [
        (side, gettext(words), f"{getattr(box, side) * _MM_PER_INCH / page.dpi:.1f}")
        for side, words in zip(_SIDES, _SIDE_WORDS, strict=True)
    ]
    return {
        "sides": sides,
        "why": gettext(_WHY[box.why]),
        "reason": box.why.value,
        "x": box.left,
        "y": box.top,
        "width": box.right - box.left,
        "height": box.bottom - box.top,
    }


def _show(
    request: HttpRequest,
    batch: Batch,
    page: TrayPage,
    boxes: Sequence[Box],
    errors: list[Said],
    *,
    status: int = 200,
) -> HttpResponse:
    of_case = [
        one for pile in piles(batch.pages) if pile.number == page.number for one in pile.may_show_number
    ]
    case = desk_case(page.number)
    context = {
        "place": "intake",
        "batch": batch,
        "page": page,
        "case": case,
        "is_registered": page.kind is not None and case.open_line(page.kind) is not None,
        "boxes": [_millimetres(box, page) for box in boxes],
        "of_case": of_case,
        "sides": [(side, gettext(words)) for side, words in zip(_SIDES, _SIDE_WORDS, strict=True)],
        "searching": page.search in {Search.NOT_ASKED, Search.RUNNING},
        "millimetres": (
            round(page.width * _MM_PER_INCH / page.dpi),
            round(page.height * _MM_PER_INCH / page.dpi),
        ),
        "errors": errors,
    }
    return render(request, "office/intake/redaction.html", context, status=status)
