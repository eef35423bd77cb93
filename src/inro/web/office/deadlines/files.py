"""The board as files: CSV for a spreadsheet, iCalendar for a calendar; numbers of cases alone (40(7))."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.export import Charset
from inro.store.reads.obligations import OwedLine, every_owed_line
from inro.web.office import clock
from inro.web.office.clerk import needs
from inro.web.office.deadlines.asked import asked
from inro.web.office.deadlines.board import shown
from inro.web.office.house import house
from inro.web.office.queue.csv_file import csv_answer, csv_lines
from inro.words.calendar_file import MEDIA_TYPE, CalendarEntry, calendar_lines
from inro.words.day_sums import deadline_words
from inro.words.owed import about_words
from inro.words.states import word


@require_safe
@needs(Act.VIEW_DEADLINES)
def csv_file(request: HttpRequest) -> HttpResponse:
    """Give what the board shows as a file."""
    now, query = clock.now(), asked(request.GET)
    lines = every_owed_line(query.kinds, until=query.until(now))
    rows = (_cells(one.line, one.says) for line in lines for one in shown([line], now=now))
    return csv_answer(
        csv_lines(head=_head(), rows=rows, charset=Charset.UTF_8), charset=Charset.UTF_8, name="deadlines"
    )


@require_safe
@needs(Act.VIEW_DEADLINES)
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Give what the board shows as a calendar (RFC 5545)."""
    now, query = clock.now(), asked(request.GET)
    lines = calendar_lines(
        entries(every_owed_line(query.kinds, until=query.until(now))),
        house=house().installation.operator.service,
        language=get_language() or "ja",
        now=now,
    )
    answer = HttpResponse(b"".join(lines), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    return answer


def entries(lines: Iterable[OwedLine]) -> Iterable[CalendarEntry]:
    """Return rows of the ledger as entries of a calendar."""
    return (
        CalendarEntry(row=line.row, about=line.about, deadline=line.deadline, rule=line.rule)
        for line in lines
    )


def _head() -> tuple[str, ...]:
    return (
        gettext("Day due"),
        gettext("Case or thing"),
        gettext("Deadline"),
        gettext("Binds"),
        gettext("What follows"),
        gettext("Whose"),
        gettext("Stands"),
        gettext("Clause and sum"),
    )


def _cells(line: OwedLine, says: str) -> tuple[str, ...]:
    language, duty = get_language() or "ja", line.rule.duty
    return (
        line.deadline.day.isoformat(),
        about_words(line.kind, line.about, language),
        word(line.kind, language),
        word(line.rule.weight, language),
        word(line.rule.consequence, language),
        word(duty, language) if duty is not None else gettext("the platform"),
        says,
        deadline_words(line.deadline, language),
    )
