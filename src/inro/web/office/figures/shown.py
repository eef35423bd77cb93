"""Each figure as drawn and as its table: what is counted, over which days (17.1, 18.7, 9.2, 6.1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from inro.practice.calendar import add_months, jst_date
from inro.practice.editions import Terms
from inro.practice.figures import BANDS, band_names, receipt_lines, spread_of
from inro.practice.queue import AT_WORK, QueueStage
from inro.store.reads.figures import deficiency_points, expiries, issue_days, open_cases, receipt_days
from inro.web.figures.bars import bars
from inro.web.figures.columns import Column, Mark, columns
from inro.web.figures.grid import grid
from inro.words.clauses import clause_words
from inro.words.states import word

_A_YEAR = 365
_MONTHS = 14
_MOST_POINTS = 15
_LAST_ISSUE_DAY, _LAST_RECEIPT_DAY = 30, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When the figures are asked for, and the terms in force then."""

    now: datetime
    terms: Terms

    @property
    def today(self) -> date:
        """The day in Japan; days counted end with the one before."""
        return jst_date(self.now)

    @property
    def first(self) -> date:
        """The first of the days counted."""
        return self.today - timedelta(days=_A_YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    """One figure; `rows` is the table that says the same, `head` names its columns, the first the rows'."""

    name: str
    title: str
    said: str
    clause: str
    drawn: SafeString
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure_of(name: str, asked: Asked) -> ShownFigure:
    """Return a figure by its name.

    Raises: KeyError for a name that is none.
    """
    return FIGURES[name](asked)


def _time_to_issue(asked: Asked) -> ShownFigure:
    counted = issue_days(first=asked.first, after=asked.today)
    spread = spread_of(counted)
    said = gettext("No certificate was issued in this time.")
    if spread is not None:
        said = gettext(
            "%(count)s certificates: half within %(median)d days of the form's arrival, nine tenths"
            " within %(ninety)d."
        ) % {"count": f"{spread.count:,}", "median": spread.median, "ninety": spread.ninety}
    title, name = gettext("Days from the form to the certificate"), "time-to-issue"
    marks = (
        ()
        if spread is None
        else (
            Mark(after=_at(spread.median, _LAST_ISSUE_DAY), words=gettext("half")),
            Mark(after=_at(spread.ninety, _LAST_ISSUE_DAY), words=gettext("nine tenths")),
        )
    )
    values = _by_day(counted, _LAST_ISSUE_DAY)
    return ShownFigure(
        name=name,
        title=title,
        said=said,
        clause="17.1",
        drawn=columns(values, name=name, title=title, said=said, axis=gettext("days"), marks=marks),
        head=(gettext("Days"), gettext("Certificates")),
        rows=_counts(values),
    )


def _receipts(asked: Asked) -> ShownFigure:
    counted = receipt_days(first=asked.first, after=asked.today)
    came = sum(counted.came.values())
    late = sum(count for days, count in counted.came.items() if days > asked.terms.slip_days)
    said = gettext("%(came)s slips came, %(late)s of them after day %(days)d; %(waiting)s have not come.") % {
        "came": f"{came:,}",
        "late": f"{late:,}",
        "days": asked.terms.slip_days,
        "waiting": f"{counted.waiting:,}",
    }
    title, name = gettext("Days from posting the card to the receipt slip"), "receipts"
    values = _by_day(counted.came, _LAST_RECEIPT_DAY)
    marks = _receipt_marks(asked.terms)
    return ShownFigure(
        name=name,
        title=title,
        said=said,
        clause="18.7",
        drawn=columns(values, name=name, title=title, said=said, axis=gettext("days"), marks=marks),
        head=(gettext("Days"), gettext("Slips")),
        rows=(*_counts(values), (gettext("not come"), f"{counted.waiting:,}")),
    )


def _receipt_marks(terms: Terms) -> tuple[Mark, ...]:
    slip, power, due = receipt_lines(terms)
    language = get_language() or "ja"
    mandatory, optional = (clause_words(clause, language) for clause in ("18.7", "22.1(1)"))
    return (
        Mark(after=slip, words=_mark(gettext("slip due, day %(day)d"), slip, mandatory)),
        Mark(after=power, words=_mark(gettext("more than %(day)d days"), power, optional)),
        Mark(after=due - 1, words=_mark(gettext("revocation due, day %(day)d"), due, mandatory)),
    )


def _mark(words: str, day: int, clause: str) -> str:
    return f"{words % {'day': day}}（{clause}）"


def _deficiencies(asked: Asked) -> ShownFigure:
    found = deficiency_points(first=asked.first, after=asked.today, most=_MOST_POINTS)
    language = get_language() or "ja"
    named = [(f"{one.item}（{clause_words(one.clause, language)}）", one.count) for one in found]
    total = sum(count for _, count in named)
    said = gettext("Letters told of %(count)s deficient points; the most frequent is %(what)s.") % {
        "count": f"{total:,}",
        "what": named[0][0] if named else "―",
    }
    if not named:
        said = gettext("No letter of deficiency was sent in this time.")
    title, name = gettext("What was deficient, most frequent first"), "deficiencies"
    values = [Column(label=label, count=count) for label, count in named]
    return ShownFigure(
        name=name,
        title=title,
        said=said,
        clause="9.2",
        drawn=bars(values, name=name, title=title, said=said),
        head=(gettext("What was deficient"), gettext("Points")),
        rows=_counts(values),
    )


def _open(asked: Asked) -> ShownFigure:
    counted = open_cases(now=asked.now)
    heads = tuple(
        gettext("%(first)d to %(last)d days") % {"first": first, "last": last}
        if last is not None
        else gettext("from %(first)d days") % {"first": first}
        for first, last in band_names()
    )
    stages = [stage for stage in QueueStage if stage in AT_WORK]
    language = get_language() or "ja"
    rows = [
        (word(stage, language), [counted.get((stage, place), 0) for place in range(len(heads))])
        for stage in stages
    ]
    oldest = sum(counts[-1] for _, counts in rows)
    said = gettext("%(count)s cases are open, %(old)s of them for longer than %(days)d days.") % {
        "count": f"{sum(counted.values()):,}",
        "old": f"{oldest:,}",
        "days": BANDS[-1],
    }
    title, name = gettext("Open cases by stage and age"), "open-cases"
    return ShownFigure(
        name=name,
        title=title,
        said=said,
        clause="9.1",
        drawn=grid(rows=rows, heads=heads, name=name, title=title, said=said),
        head=(gettext("Stage"), *heads),
        rows=tuple((label, *(f"{count:,}" for count in counts)) for label, counts in rows),
    )


def _expiries(asked: Asked) -> ShownFigure:
    begin = asked.today.replace(day=1)
    months = [add_months(begin, place) for place in range(_MONTHS + 1)]
    counts = expiries(months=months)
    values = [
        Column(label=f"{month:%Y/%m}", count=count, short=_month(month, first=place == 0))
        for place, (month, count) in enumerate(zip(months, counts, strict=False))
    ]
    said = gettext("%(count)s certificates end within the next %(months)d months.") % {
        "count": f"{sum(counts):,}",
        "months": _MONTHS,
    }
    title, name = gettext("Certificates that end, by month"), "expiries"
    return ShownFigure(
        name=name,
        title=title,
        said=said,
        clause="6.1",
        drawn=columns(values, name=name, title=title, said=said, axis=gettext("month")),
        head=(gettext("Month"), gettext("Certificates")),
        rows=_counts(values),
    )


def _month(month: date, *, first: bool) -> str:
    return f"{month:%Y}/{month.month}" if first or month.month == 1 else str(month.month)


def _at(days: int, last: int) -> int:
    return min(days, last + 1)


def _by_day(counted: Mapping[int, int], last: int) -> list[Column]:
    """Return a column for each day, the rest in one at the end."""
    columns_of = [Column(label=str(day), count=counted.get(day, 0)) for day in range(last + 1)]
    later = sum(count for day, count in counted.items() if day > last)
    return [*columns_of, Column(label=f"{last + 1}+", count=later)]


def _counts(values: Sequence[Column]) -> tuple[tuple[str, ...], ...]:
    return tuple((value.label, f"{value.count:,}") for value in values)


FIGURES: Mapping[str, Callable[[Asked], ShownFigure]] = {
    "time-to-issue": _time_to_issue,
    "receipts": _receipts,
    "deficiencies": _deficiencies,
    "open-cases": _open,
    "expiries": _expiries,
}
