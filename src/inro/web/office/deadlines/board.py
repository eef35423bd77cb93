"""What is due by day, the longest overdue first, each day with its clause and sum (18.7, 26.2, 40(7))."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.deadlines import DeadlineKind, Edge
from inro.practice.ledger import OwedState
from inro.practice.obligations import RULES, Weight
from inro.practice.queue import Standing
from inro.store.reads.obligations import OwedLine, OwedPlace, lines_of_case, owed_counts, owed_lines
from inro.web.office import clock
from inro.web.office.clerk import needs
from inro.web.office.days import days_ahead, days_over
from inro.web.office.deadlines.asked import Ahead, Asked, asked, place_of

_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDeadline:
    """One line of the board: how it stands now (a class of the style sheet), and that in words."""

    line: OwedLine
    standing: Standing
    says: str


@require_safe
@needs(Act.VIEW_DEADLINES)
def board(request: HttpRequest) -> HttpResponse:
    """Show a part of the ledger, page by page."""
    now, query = clock.now(), asked(request.GET)
    after = place_of(request.GET.get("after", ""))
    lines = owed_lines(kinds=query.kinds, until=query.until(now), after=after, most=_PAGE + 1)
    more, counts = len(lines) > _PAGE, owed_counts(now=now)
    last = lines[_PAGE - 1] if more else None
    context = {
        "place": "deadlines",
        "query": query,
        "address": query.address(),
        # What is over at the end of a day comes before what begins at that instant.
        "lines": shown(sorted(lines[:_PAGE], key=_instant_and_day), now=now),
        "first": after is None,
        "following": query.address(after=OwedPlace(at=last.reached_from, row=last.row)) if last else "",
        "views": [
            {
                "label": _ahead_words(ahead),
                "address": replace(query, ahead=ahead).address(),
                "chosen": query.ahead is ahead,
            }
            for ahead in Ahead
        ],
        "kinds": _kinds(query, counts),
        "every_kind": replace(query, kind=None).address(),
    }
    return render(request, "office/deadlines/board.html", context)


@require_safe
@needs(Act.VIEW_DEADLINES)
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Show all that a case owes and owed, each with the events that made and ended it."""
    lines = lines_of_case(number)
    if not lines:
        raise Http404
    context = {"place": "deadlines", "number": number, "lines": shown(lines, now=clock.now())}
    return render(request, "office/deadlines/case.html", context)


def shown(lines: Iterable[OwedLine], *, now: datetime) -> list[ShownDeadline]:
    """Return lines as they stand now, marked by a night or not."""
    return [_shown(line, now) for line in lines]


def _shown(line: OwedLine, now: datetime) -> ShownDeadline:
    standing = _standing(line, now)
    return ShownDeadline(line=line, standing=standing, says=_says(line, standing, now))


def _standing(line: OwedLine, now: datetime) -> Standing:
    if line.state is OwedState.DONE or line.reached_from > now:
        return Standing.LATER
    # A power, or what somebody is only reminded of, is open and never late.
    return Standing.OVER if line.rule.weight is Weight.DUTY else Standing.DUE


def _says(line: OwedLine, standing: Standing, now: datetime) -> str:
    if line.state is OwedState.DONE:
        return gettext("Done")
    days = (line.deadline.day - jst_date(now)).days
    if standing is Standing.LATER:
        return days_ahead(days)
    if standing is Standing.DUE:
        return gettext("open now")
    if line.deadline.edge is Edge.INSTANT and days == 0:
        return gettext("over since today")
    return gettext("due today") if days == 0 else days_over(-days)


def _instant_and_day(line: OwedLine) -> tuple[datetime, date]:
    return line.reached_from, line.deadline.day


def _kinds(query: Asked, counts: dict[DeadlineKind, tuple[int, int]]) -> list[dict[str, object]]:
    return [
        {
            "kind": kind,
            "owed": counts[kind][0],
            "reached": counts[kind][1],
            "address": replace(query, kind=kind).address(),
            "chosen": query.kind is kind,
        }
        for kind in RULES
        if kind in counts
    ]


def _ahead_words(ahead: Ahead) -> str:
    return {
        Ahead.NOW: gettext("Due now"),
        Ahead.WEEK: gettext("Within 7 days"),
        Ahead.MONTH: gettext("Within 31 days"),
        Ahead.ALL: gettext("All"),
    }[ahead]
