"""A case's audit rows as a timeline: by day in Japan, each act in words with its clause (39.4, 40(7))."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import get_language

from inro.practice.calendar import jst_date
from inro.practice.events import EventKind
from inro.store.reads.cases import CaseEvent
from inro.words.events import event_words

_STRONG = frozenset(
    {
        EventKind.APPLICATION_RECEIVED,
        EventKind.APPLICATION_ACCEPTED,
        EventKind.CERTIFICATE_ISSUED,
        EventKind.PARCEL_DISPATCHED,
        EventKind.RECEIPT_CONFIRMED,
    }
)
_ENDING = frozenset(
    {
        EventKind.APPLICATION_REJECTED,
        EventKind.CERTIFICATE_REVOKED,
        EventKind.CERTIFICATE_EXPIRED,
        EventKind.RECORDS_DISPOSED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One act in words; `weight` is strong, ending or empty."""

    at: datetime
    words: str
    clause: str
    actor: str
    subject: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineDay:
    """The acts of one day in Japan."""

    day: date
    events: tuple[TimelineEvent, ...]


def timeline_days(events: Iterable[CaseEvent]) -> list[TimelineDay]:
    """Return the rows by day, in the log's order; who read the case is on the auditor's page."""
    language = get_language() or "ja"
    events = (event for event in events if event.kind is not EventKind.DATA_READ)
    return [
        TimelineDay(day=day, events=tuple(_in_words(event, language) for event in of_day))
        for day, of_day in groupby(events, key=lambda event: jst_date(event.at))
    ]


def _in_words(event: CaseEvent, language: str) -> TimelineEvent:
    words = event_words(event.kind)
    weight = "strong ending" if event.kind in _ENDING else "strong" if event.kind in _STRONG else ""
    return TimelineEvent(
        at=event.at,
        words=words.in_language(language),
        clause=words.clause,
        actor=event.actor,
        subject=event.subject,
        weight=weight,
    )
