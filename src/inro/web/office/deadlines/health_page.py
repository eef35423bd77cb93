"""Whether the house is on time, for people and, in one line, for a monitor (26.2, 40(7))."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.store.reads.health import health
from inro.web.office import clock
from inro.web.office.clerk import needs
from inro.web.office.deadlines.board import shown
from inro.web.office.house import house


@require_safe
@needs(Act.VIEW_DEADLINES)
def page(request: HttpRequest) -> HttpResponse:
    """Show the last night, the platform's own deadlines, how much is overdue."""
    now = clock.now()
    found = health(now=now, probers=house().installation.platform.probers)
    context = {"place": "health", "health": found, "platform": shown(found.platform, now=now)}
    return render(request, "office/deadlines/health.html", context)


@require_safe
@needs(Act.VIEW_DEADLINES)
def line(_request: HttpRequest) -> HttpResponse:
    """Say it in one line: status 503 while anything of the platform's own is late."""
    found = health(now=clock.now(), probers=house().installation.platform.probers)
    return HttpResponse(
        f"{found.line()}\n",
        content_type="text/plain; charset=utf-8",
        status=503 if found.is_late else 200,
    )
