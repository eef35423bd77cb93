"""Deadlines as a calendar that others read, iCalendar (RFC 5545): numbers of cases, no person (40(7))."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from inro.practice.deadlines import Deadline, Edge
from inro.practice.obligations import Rule
from inro.words.day_sums import deadline_words
from inro.words.states import word

MEDIA_TYPE = "text/calendar; charset=utf-8"
_LONGEST = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One deadline; `row` is its number in the ledger, `about` a case's number or a thing of the platform."""

    row: int
    about: str
    deadline: Deadline
    rule: Rule


def calendar_lines(
    entries: Iterable[CalendarEntry], *, house: str, language: str, now: datetime
) -> Iterator[bytes]:
    """Yield the calendar line by line, folded at 75 octets, each line ended by CR LF (3.1, 3.6.1)."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//inro//deadlines//EN", "CALSCALE:GREGORIAN")
    for line in (*head, f"X-WR-CALNAME:{_text(house)}"):
        yield _folded(line)
    for entry in entries:
        for line in _event(entry, language, now):
            yield _folded(line)
    yield _folded("END:VCALENDAR")


def _event(entry: CalendarEntry, language: str, now: datetime) -> Iterator[str]:
    deadline = entry.deadline
    kind, follows = word(deadline.kind, language), word(entry.rule.consequence, language)
    yield "BEGIN:VEVENT"
    yield f"UID:deadline-{entry.row}@inro"
    yield f"DTSTAMP:{_instant(now)}"
    if deadline.edge is Edge.INSTANT:
        yield f"DTSTART:{_instant(deadline.at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(deadline.day)}"
        # The end of a whole day is the day after it, itself not included (3.6.1).
        yield f"DTEND;VALUE=DATE:{_day(deadline.day + timedelta(days=1))}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(f'{entry.about} {kind}'.strip())}"
    yield f"DESCRIPTION:{_text(f'{follows}\n{deadline_words(deadline, language)}')}"
    yield f"CATEGORIES:{_text(kind)}"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """Return a line, continued on the next after a space where it is too long, no character cut in two."""
    parts: list[bytes] = []
    part = b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > _LONGEST:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
