"""Refused tries at the office's door: counted, recorded, closed for a while when there are many (40(7))."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from inro.practice.enrolment import CLOSED_FOR, WRONG_TRIES
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.store.models import RefusedEntry
from inro.usecases.act import Doing


class EntryClosedForAWhile(Refused):
    """So many tries were refused that no more are looked at until then."""

    def __init__(self, *, until: datetime) -> None:
        super().__init__(until=until.isoformat())
        self.until = until


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A way in; after `tries` refusals within `window` it is closed until the oldest of them is that old."""

    name: str
    tries: int
    window: timedelta


CODE_ENTRY = Entry(name="enrolment", tries=WRONG_TRIES, window=CLOSED_FOR)
# A key's id is told to nobody, so only who holds the key can close the way in for it.
KEY_ENTRY = Entry(name="passkey", tries=10, window=timedelta(minutes=10))
# Keys of nobody: enough of them to be noise, and each would be a row of the log.
STRANGER_ENTRY = Entry(name="stranger", tries=60, window=timedelta(minutes=10))


def check_entry_open(entry: Entry, about: str, *, now: datetime) -> None:
    """Refuse a try where too many before it were refused.

    Raises: EntryClosedForAWhile.
    """
    recent = list(
        _refused(entry, about)
        .filter(at__gt=now - entry.window)
        .order_by("-at")
        .values_list("at", flat=True)[: entry.tries]
    )
    if len(recent) >= entry.tries:
        raise EntryClosedForAWhile(until=recent[-1] + entry.window)


def note_refusal(
    doing: Doing, entry: Entry, about: str, *, kind: EventKind, reason: str, now: datetime
) -> None:
    """Count and record a refused try within an act; what it was about is hashed."""
    hashed = _about(entry, about)
    RefusedEntry.objects.create(about_sha256=hashed, at=now)
    doing.record(kind, subject=f"entry/{hashed}", reason=reason)
    if _refused(entry, about).filter(at__gt=now - entry.window).count() == entry.tries:
        doing.record(EventKind.ENTRY_CLOSED_FOR_A_WHILE, subject=f"entry/{hashed}", entry=entry.name)


def forget_refusals(entry: Entry, about: str) -> None:
    """Forget the refused tries before one that was right."""
    _refused(entry, about).delete()


def _refused(entry: Entry, about: str) -> QuerySet[RefusedEntry]:
    return RefusedEntry.objects.filter(about_sha256=_about(entry, about))


def _about(entry: Entry, about: str) -> str:
    return hashlib.sha256(f"{entry.name}\0{about}".encode(errors="replace")).hexdigest()
