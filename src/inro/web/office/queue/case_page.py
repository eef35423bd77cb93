"""One case with its timeline, for a purpose that is on record, under the bar of who works on it (40(7))."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inro.practice.case_work import TakeOverReason
from inro.store.reads.cases import case_record, case_timeline
from inro.store.reads.queue import open_by, queue_lines
from inro.web.office import clock
from inro.web.office.clerk import actor_of
from inro.web.office.decisions.standing import decisions_shown
from inro.web.office.intake.saying import Said
from inro.web.office.queue.lines import shown, today_at
from inro.web.office.queue.purpose import read_for
from inro.web.office.stages import stages
from inro.web.office.timeline import timeline_days


def case_page(request: HttpRequest, number: str, *, errors: list[Said]) -> HttpResponse:
    """Return the page of a case, or the one that asks why it is read."""
    found = read_for(request, number)
    if isinstance(found, HttpResponse):
        return found
    now = clock.now()
    record = case_record(number)
    context = {
        "place": "cases",
        "case": record,
        "stages": stages(record),
        "days": timeline_days(case_timeline(number)),
        "decisions": decisions_shown(number),
        "read_for": found,
        "person": actor_of(request).name,
        "open_by": open_by(found.place.case, now=now),
        "reasons": list(TakeOverReason),
        "next": shown(queue_lines([found.place.case], now=now), today=today_at(now))[0],
        "errors": errors,
    }
    return render(request, "office/case.html", context, status=409 if errors else 200)
