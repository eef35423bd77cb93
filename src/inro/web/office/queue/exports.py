"""A list as a file: asked for with its purpose, released by another person, then streamed (40(1), 40(7))."""

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.export import Charset
from inro.practice.intake import ReadingPurpose
from inro.practice.permission import ACT_DUTIES
from inro.practice.reading import purposes_of
from inro.store.errors import Unknown
from inro.store.ids import ExportId
from inro.store.reads.queue import QueueQuery, Today, count_cases, queue_page
from inro.store.reads.reading import ExportRecord, export_record, exports
from inro.usecases.export import release_export, request_export, write_export
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import chosen
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.queue.asked import address_of, query_of
from inro.web.office.queue.csv_file import csv_answer, csv_lines
from inro.web.office.queue.lines import ShownLine, shown, today_at
from inro.words.states import word

_AT_ONCE = 500


@require_safe
@needs(Act.VIEW_APPLICATION)
def listed(request: HttpRequest) -> HttpResponse:
    """List what was asked for, what was released, and what is to be fetched."""
    return _list(request, [])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.REQUEST_EXPORT)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a list as a file, and say why."""
    posted = request.method == "POST"
    query = query_of(QueryDict(request.POST.get("query", "").removeprefix("?")) if posted else request.GET)
    person, today = actor_of(request).name, today_at(clock.now())
    cases = count_cases(query, person=person, today=today)
    errors: list[Said] = []
    if posted:
        try:
            request_export(
                query=address_of(query),
                cases=cases,
                charset=chosen(Charset, request.POST, "charset", field="charset"),
                purpose=chosen(ReadingPurpose, request.POST, "purpose", field="purpose"),
                actor=actor_of(request),
                now=clock.now(),
            )
            return HttpResponseRedirect(reverse("exports"))
        except REFUSALS as refusal:
            errors = [said(refusal)]
    context = {
        "place": "exports",
        "address": address_of(query),
        "cases": cases,
        "purposes": purposes_of(actor_of(request).duties),
        "charsets": list(Charset),
        "errors": errors,
    }
    return render(request, "office/queue/new_export.html", context, status=422 if errors else 200)


@require_POST
@needs(Act.RELEASE_EXPORT)
def release(request: HttpRequest, export: int) -> HttpResponse:
    """Release a list that another person asked for."""
    try:
        release_export(export=_found(export).export_id, actor=actor_of(request), now=clock.now())
    except REFUSALS as refusal:
        return _list(request, [said(refusal)], status=409)
    return HttpResponseRedirect(reverse("exports"))


@require_POST
@needs(Act.WRITE_EXPORT)
def file(request: HttpRequest, export: int) -> HttpResponse:
    """Give the file to who asked for it; that it leaves is on record before its first line."""
    record, now = _found(export), clock.now()
    query, today = query_of(QueryDict(record.query.removeprefix("?"))), today_at(now)
    actor = actor_of(request)
    try:
        write_export(
            export=record.export_id,
            cases=count_cases(query, person=actor.name, today=today),
            actor=actor,
            now=now,
        )
    except REFUSALS as refusal:
        return _list(request, [said(refusal)], status=409)
    lines = csv_lines(
        head=_head(),
        rows=(_cells(line) for line in _every_line(query, actor.name, today, now)),
        charset=record.charset,
        substituted=gettext("Characters replaced by 〓"),
    )
    return csv_answer(lines, charset=record.charset, name=f"cases-{record.export_id}")


def _list(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "place": "exports",
        "exports": exports(),
        "person": actor.name,
        "releases": bool(actor.duties & ACT_DUTIES[Act.RELEASE_EXPORT]),
        "asks": bool(actor.duties & ACT_DUTIES[Act.REQUEST_EXPORT]),
        "errors": errors,
    }
    return render(request, "office/queue/exports.html", context, status=status)


def _found(export: int) -> ExportRecord:
    try:
        return export_record(ExportId(export))
    except Unknown as unknown:
        raise Http404 from unknown


def _every_line(query: QueueQuery, person: str, today: Today, now: datetime) -> Iterator[ShownLine]:
    """Yield a list's lines, some hundreds in memory at a time."""
    after = None
    while True:
        page = queue_page(query, person=person, today=today, now=now, after=after, most=_AT_ONCE)
        yield from shown(page.lines, today=today)
        after = page.following
        if after is None:
            return


def _head() -> tuple[str, ...]:
    return (
        gettext("Application number"),
        gettext("State"),
        gettext("Name"),
        gettext("Reading"),
        gettext("Organization"),
        gettext("Validity"),
        gettext("Received"),
        gettext("Valid until"),
        gettext("Assignee"),
        gettext("Day due"),
        gettext("Clause and sum"),
        gettext("Next step"),
    )


def _cells(one: ShownLine) -> tuple[str, ...]:
    line, language = one.line, get_language() or "ja"
    return (
        line.number,
        word(line.stage, language),
        line.name,
        line.kana,
        line.organization,
        word(line.period, language),
        jst_date(line.came_at).isoformat(),
        jst_date(line.not_after).isoformat() if line.not_after else "",
        line.assignee_name or "",
        line.due_on.isoformat() if line.due_on else "",
        one.why,
        word(one.act, language),
    )
