"""The auditor's page: who read what, and why, with a filter and as a file (40(1), 40(7))."""

from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from inro.japanese.eras import read_date
from inro.practice.acts import Act
from inro.practice.export import Charset
from inro.practice.intake import ReadingPurpose
from inro.practice.reading import PURPOSE_CLAUSES, ReadThing
from inro.store.numbers import completed_number
from inro.store.reads.reading import ReadingQuery, ReadingRecord, all_readings, reading_page
from inro.web.office.clerk import needs
from inro.web.office.queue.csv_file import csv_answer, csv_lines
from inro.words.clauses import clause_words
from inro.words.states import word

_FIELDS = ("person", "number", "purpose", "thing", "from", "to")
_LONGEST = 32


@require_safe
@needs(Act.VIEW_AUDIT)
def readings(request: HttpRequest) -> HttpResponse:
    """List readings, the latest first."""
    typed = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in _FIELDS}
    before = request.GET.get("before", "")
    found, following = reading_page(
        _query(request.GET), before=int(before) if before.isascii() and before.isdigit() else None
    )
    address = urlencode([(name, value) for name, value in typed.items() if value])
    context = {
        "place": "readings",
        "typed": typed,
        "unread": [name for name in ("from", "to") if typed[name] and _day(typed[name]) is None],
        "readings": [(one, PURPOSE_CLAUSES[one.purpose]) for one in found],
        "purposes": list(ReadingPurpose),
        "things": list(ReadThing),
        "address": address,
        "following": f"?{address}&before={following}" if following else "",
    }
    return render(request, "office/queue/readings.html", context)


@require_safe
@needs(Act.VIEW_AUDIT)
def file(request: HttpRequest) -> HttpResponse:
    """Give the readings of a filter as a file; it holds ids of staff and numbers of cases, no names."""
    charset = Charset.CP932 if request.GET.get("charset") == Charset.CP932 else Charset.UTF_8
    head = (gettext("First read"), gettext("Person"), gettext("Application number"), gettext("What"))
    lines = csv_lines(
        head=(*head, gettext("Purpose"), gettext("Clause")),
        rows=(_cells(one) for one in all_readings(_query(request.GET))),
        charset=charset,
    )
    return csv_answer(lines, charset=charset, name="readings")


def _query(given: QueryDict) -> ReadingQuery:
    number = given.get("number", "").strip()
    purpose, thing = given.get("purpose", ""), given.get("thing", "")
    query = ReadingQuery(
        person=given.get("person", "").strip()[:_LONGEST],
        number=completed_number(number, series="A") or number[:_LONGEST],
        purpose=ReadingPurpose(purpose) if purpose in list(ReadingPurpose) else None,
        thing=ReadThing(thing) if thing in list(ReadThing) else None,
    )
    return replace(query, first_day=_day(given.get("from", "")), last_day=_day(given.get("to", "")))


def _day(typed: str) -> date | None:
    return read_date(typed.strip()[:_LONGEST]).day if typed.strip() else None


def _cells(one: ReadingRecord) -> tuple[str, ...]:
    language = get_language() or "ja"
    return (
        one.first_at.isoformat(timespec="seconds"),
        one.person,
        one.number,
        word(one.thing, language),
        word(one.purpose, language),
        clause_words(PURPOSE_CLAUSES[one.purpose], language),
    )
