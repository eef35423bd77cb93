"""The examination page: it shows, and saves what the clerk judged, with scripts or without (8, 9.1, 46)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.application import ApplicationState
from inro.store.reads.application import ApplicationRecord
from inro.store.reads.cases import case_record
from inro.store.reads.examination import ExaminedItem, examination_queue, examined_items, open_items
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.examination.doing import ACTS, Done
from inro.web.office.examination.papers import kept_query, papers
from inro.web.office.examination.rows import counts, groups
from inro.web.office.found_case import found_case
from inro.web.office.house import house
from inro.web.office.queue.purpose import reads_case
from inro.web.office.stages import stages


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The cases before and after this one among those to be examined."""

    before: str
    after: str
    place: int
    count: int


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.RECORD_VERDICT)
@reads_case
def examination(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case's papers and checklist; save what was judged."""
    case = found_case(number)
    if request.method != "POST":
        return _show(request, case, Done())
    asked = request.POST.get("do", "")
    act = ACTS.get(asked)
    if act is None:
        raise Http404
    done = act(request, case, actor=actor_of(request), now=clock.now())
    if done.errors or done.typed or request.POST.get("stay"):
        return _show(request, found_case(number), done)
    query = done.query or kept_query(request)
    return HttpResponseRedirect(reverse("examination", args=[number]) + (f"?{query}" if query else ""))


def _show(request: HttpRequest, case: ApplicationRecord, done: Done) -> HttpResponse:
    form = case.form
    if form is None:
        raise Http404
    checklist = house().policy.checklist
    items = examined_items(case.application_id, checklist)
    record = case_record(case.number)
    shown = papers(request, case)
    context = {
        "place": "cases",
        "case": case,
        "form": form,
        "line": record.line,
        "stages": stages(record),
        "groups": groups(case, form, items, checklist, done.typed, shown.overlays),
        "counts": counts(items),
        "saved_at": max((one.given.at for one in items if one.given), default=None),
        "papers": shown,
        "neighbours": _neighbours(case.number),
        "errors": done.errors,
        "conflict": done.conflict,
        **_what_may_be_done(case, items),
    }
    return render(request, "office/examination/page.html", context, status=done.status)


def _what_may_be_done(case: ApplicationRecord, items: tuple[ExaminedItem, ...]) -> Mapping[str, Any]:
    examining = case.state is ApplicationState.EXAMINING
    open_ = open_items(items)
    return {
        "examining": examining,
        "may_begin": case.state in {ApplicationState.RECEIVED, ApplicationState.EXAMINED},
        "open_items": open_,
        "may_conclude": examining and not open_,
        "may_notify": examining and any(one.reason and one.verdict for one in items),
    }


def _neighbours(number: str) -> Neighbours:
    queue = examination_queue()
    place = queue.index(number) if number in queue else -1
    after = queue[place + 1] if place + 1 < len(queue) else ""
    before = queue[place - 1] if place > 0 else ""
    return Neighbours(before=before, after=after, place=place + 1, count=len(queue))
