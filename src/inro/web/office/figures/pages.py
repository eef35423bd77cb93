"""The figures on one page, and each as a file (17.1, 18.7, 9.2, 6.1)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.export import Charset
from inro.usecases.governing import governing_policy
from inro.web.office import clock
from inro.web.office.clerk import needs
from inro.web.office.figures.shown import FIGURES, Asked, figure_of
from inro.web.office.house import house
from inro.web.office.queue.csv_file import csv_answer, csv_lines


@require_safe
@needs(Act.VIEW_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Show every figure with its table."""
    asked = _asked()
    context = {"place": "figures", "figures": [figure_of(name, asked) for name in FIGURES], "asked": asked}
    return render(request, "office/figures/figures.html", context)


@require_safe
@needs(Act.VIEW_FIGURES)
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Give one figure's table as a file."""
    if name not in FIGURES:
        raise Http404
    found = figure_of(name, _asked())
    charset = Charset.CP932 if request.GET.get("charset") == Charset.CP932 else Charset.UTF_8
    rows = ((row[0], *(cell.replace(",", "") for cell in row[1:])) for row in found.rows)
    return csv_answer(csv_lines(head=found.head, rows=rows, charset=charset), charset=charset, name=name)


def _asked() -> Asked:
    now = clock.now()
    return Asked(now=now, terms=governing_policy(house().policy).edition_on(jst_date(now)).terms)
