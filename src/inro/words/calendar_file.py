"""Deadlines as a calendar that others read, iCalendar (RFC 5545): cases by number, no person (40(7))."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from inro.practice.deadlines import Deadline, DeadlineKind, Edge
from inro.practice.obligations import RULES, Rule
from inro.words.day_sums import deadline_words
from inro.words.owed import about_words
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """How much of a kind is owed on a day; overdue is all of it that was owed before."""

    kind: DeadlineKind
    day: date
    count: int
    is_overdue: bool = False

    @property
    def rule(self) -> Rule:
        """What follows, and whose it is."""
        return RULES[self.kind]


def calendar_lines(
    entries: Iterable[CalendarEntry], *, house: str, language: str, now: datetime
) -> Iterator[bytes]:
    """Yield the calendar line by line, folded at 75 octets, each line ended by CR LF (3.1, 3.6.1)."""
    return _calendar((line for entry in entries for line in _event(entry, language, now)), house=house)


def day_lines(
    days: Iterable[CalendarDay], *, house: str, board: str, language: str, now: datetime
) -> Iterator[bytes]:
    """Yield a calendar of counts alone, each day a link to the board; what is overdue stands on today."""
    events = (line for day in days for line in _day_event(day, board, language, now))
    # Programs ask anew by themselves, each hour or as it suits them (RFC 7986 5.7).
    return _calendar(events, house=house, more=("REFRESH-INTERVAL;VALUE=DURATION:PT1H",))


def _calendar(events: Iterable[str], *, house: str, more: tuple[str, ...] = ()) -> Iterator[bytes]:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//inro//deadlines//EN", "CALSCALE:GREGORIAN")
    for line in (*head, f"X-WR-CALNAME:{_text(house)}", *more, *events, "END:VCALENDAR"):
        yield _folded(line)


def _day_event(entry: CalendarDay, board: str, language: str, now: datetime) -> Iterator[str]:
    kind, follows = word(entry.kind, language), word(entry.rule.consequence, language)
    count = f"{entry.count:,}件" if language == "ja" else f"{entry.count:,}"
    late = ("【期限超過】" if language == "ja" else "OVERDUE ") if entry.is_overdue else ""
    name = "overdue" if entry.is_overdue else _day(entry.day)
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.kind}-{name}@inro"
    yield f"DTSTAMP:{_instant(now)}"
    yield from _whole_day(entry.day)
    yield f"SUMMARY:{_text(f'{late}{kind} {count}')}"
    yield f"DESCRIPTION:{_text(follows)}"
    yield f"URL:{board}"
    yield f"CATEGORIES:{_text(kind)}"
    yield "END:VEVENT"


def _whole_day(day: date) -> Iterator[str]:
    yield f"DTSTART;VALUE=DATE:{_day(day)}"
    # The end of a whole day is the day after it, itself not included (3.6.1).
    yield f"DTEND;VALUE=DATE:{_day(day + timedelta(days=1))}"
    yield "TRANSP:TRANSPARENT"


def _event(entry: CalendarEntry, language: str, now: datetime) -> Iterator[str]:
    deadline = entry.deadline
    kind, follows = word(deadline.kind, language), word(entry.rule.consequence, language)
    yield "BEGIN:VEVENT"
    yield f"UID:deadline-{entry.row}@inro"
    yield f"DTSTAMP:{_instant(now)}"
    if deadline.edge is Edge.INSTANT:
        yield f"DTSTART:{_instant(deadline.at)}"
    else:
        yield from _whole_day(deadline.day)
    about = about_words(deadline.kind, entry.about, language)
    yield f"SUMMARY:{_text(f'{about} {kind}'.strip())}"
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
