"""From the last day on the signer issues nothing, whatever the database says afterwards (11)."""

from datetime import date, datetime

from inro.practice.discontinuation import ServiceEnded, check_open
from inro.signer.journal import Kind
from inro.signer.room import Room
from inro.store.reads.discontinuation import last_day_of_service

_ENDED = "service"


def check_not_ended(*, room: Room, now: datetime) -> None:
    """Refuse to issue once the last day has come; the journal keeps it, whatever the database says (11).

    Stopping needs no officer's assertion: whoever owns the database can stop orders anyway.

    Raises: ServiceEnded, JournalConflict.
    """
    known = room.journal.recall(Kind.SERVICE_ENDED, _ENDED)
    if known is not None:
        raise ServiceEnded(last_day=date.fromisoformat(known.details["last_day"]))
    last_day = last_day_of_service()
    try:
        check_open(last_day=last_day, now=now)
    except ServiceEnded as ended:
        room.journal.remember(Kind.SERVICE_ENDED, _ENDED, last_day=ended.last_day.isoformat())
        raise
