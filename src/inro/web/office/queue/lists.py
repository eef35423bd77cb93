"""The queue a page at a time, and what is found by a search (40(7))."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.case_work import BulkAct
from inro.practice.queue import AT_WORK, QueueStage
from inro.store.reads.queue import (
    QueueCounts,
    QueueOrder,
    QueueQuery,
    QueueView,
    kept_filters,
    queue_counts,
    queue_lines,
    queue_page,
)
from inro.store.reads.search import MOST, case_of_number, found_cases
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.saying import Said
from inro.web.office.queue.asked import address_of, cursor_of, query_of
from inro.web.office.queue.lines import shown, today_at


@require_safe
@needs(Act.VIEW_APPLICATION)
def cases(request: HttpRequest) -> HttpResponse:
    """List a part of the queue, page by page."""
    return list_page(request, query_of(request.GET), errors=[])


@require_safe
@needs(Act.VIEW_APPLICATION)
def search(request: HttpRequest) -> HttpResponse:
    """Show the cases that a text is about; the number of one case leads straight to it."""
    typed = request.GET.get("q", "").strip()
    number = case_of_number(typed)
    if number is not None:
        return HttpResponseRedirect(reverse("case", args=[number]))
    now = clock.now()
    found = found_cases(typed)
    context = {
        "place": "cases",
        "typed": typed,
        "lines": shown(queue_lines(found[:MOST], now=now), today=today_at(now)),
        "more": len(found) > MOST,
        "most": MOST,
    }
    return render(request, "office/queue/search.html", context)


def list_page(
    request: HttpRequest, query: QueueQuery, *, errors: list[Said], status: int = 200
) -> HttpResponse:
    """Return the page of a list, with what was refused on it."""
    now, person = clock.now(), actor_of(request).name
    today = today_at(now)
    after = cursor_of(request.GET.get("after", ""), order=query.order)
    page = queue_page(query, person=person, today=today, now=now, after=after)
    address = address_of(query)
    context = {
        "place": "cases",
        "query": query,
        "address": address,
        "errors": errors,
        "lines": shown(page.lines, today=today),
        "first": after is None,
        "following": address_of(query, after=page.following) if page.following else "",
        "kept": kept_filters(person),
        "bulk_acts": list(BulkAct),
        "orders": [(order, _order_words(order)) for order in QueueOrder],
        **_badges(query, queue_counts(person=person, today=today)),
    }
    return render(request, "office/queue/list.html", context, status=status)


def _badges(query: QueueQuery, counts: QueueCounts) -> dict[str, object]:
    """Return the links to the parts of the queue and to its stages, each with its count."""
    narrowed = replace(query, numbers=(), assignee="")
    work = sum(count for stage, count in counts.stages.items() if stage in AT_WORK)
    every = {
        QueueView.WORK: work,
        **counts.views,
        QueueView.ALL: sum(counts.stages.values()),
    }
    return {
        "views": [
            {
                "label": _view_words(view),
                "count": every[view],
                "address": address_of(replace(narrowed, view=view, stage=None)),
                "chosen": query.view is view and query.stage is None and not query.numbers,
                "urgent": view is QueueView.OVER and every[view] > 0,
            }
            for view in QueueView
        ],
        "stages": [
            {
                "stage": stage,
                "count": counts.stages.get(stage, 0),
                "address": address_of(replace(narrowed, view=QueueView.ALL, stage=stage)),
                "chosen": query.stage is stage,
            }
            for stage in QueueStage
        ],
    }


def _view_words(view: QueueView) -> str:
    return {
        QueueView.WORK: gettext("At work"),
        QueueView.MINE: gettext("Mine"),
        QueueView.FREE: gettext("Nobody's"),
        QueueView.OVER: gettext("Overdue"),
        QueueView.SOON: gettext("Due soon"),
        QueueView.ALL: gettext("All"),
    }[view]


def _order_words(order: QueueOrder) -> str:
    return {
        QueueOrder.DUE: gettext("Day due"),
        QueueOrder.CAME: gettext("Longest here"),
        QueueOrder.NEWEST: gettext("Newest"),
    }[order]
