"""Lines of a list as shown: what is next, how its day stands to today, and why that day (9.2, 18.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, gettext

from inro.practice.calendar import jst_date
from inro.practice.queue import NextAct, Standing, last_near_day, shown_act, standing
from inro.store.reads.queue import QueueLine, Today
from inro.usecases.followed import policy_of_process
from inro.web.office.days import days_ahead, days_over
from inro.words.day_sums import deadline_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One line: the case, the act named, its standing (a class of the style sheet), clause and sum."""

    line: QueueLine
    act: NextAct
    standing: Standing
    says: str
    why: str


def today_at(now: datetime) -> Today:
    """Return the days against which due days are held."""
    day = jst_date(now)
    return Today(day=day, soon=last_near_day(on=day, calendar=policy_of_process().calendar))


def shown(lines: Iterable[QueueLine], *, today: Today) -> list[ShownLine]:
    """Return lines as they are shown today."""
    return [_shown(line, today) for line in lines]


def why(line: QueueLine) -> str:
    """Return the clause and the sum behind a line's due day, empty where none runs."""
    return deadline_words(line.deadline, get_language() or "ja") if line.deadline is not None else ""


def _shown(line: QueueLine, today: Today) -> ShownLine:
    found = standing(due_on=line.due_on, opens=line.opens, on=today.day, soon=today.soon)
    return ShownLine(
        line=line,
        act=shown_act(line.next_act, line.then_act, standing=found),
        standing=found,
        says=_says(line, found, today),
        why=why(line),
    )


def _says(line: QueueLine, found: Standing, today: Today) -> str:
    if line.due_on is None:
        return ""
    days = (line.due_on - today.day).days
    if found is Standing.OVER:
        return days_over(-days)
    if line.opens:
        return gettext("open now") if found is Standing.DUE else gettext("from that day")
    return days_ahead(days)
