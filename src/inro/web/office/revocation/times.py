"""From the request to the lists: each instant with what has gone by since the request (39.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from inro.practice.approval import Purpose
from inro.store.reads.revocation import RevocationRecord

# From the request to the list in the repository, where a key is in other hands (39.4).
TARGET = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One instant on the way, None before it; `gone` is the time since the request."""

    label: str
    at: datetime | None
    gone: str


def steps(record: RevocationRecord) -> list[Step]:
    """Return the five instants of a case in their order."""
    return [
        Step(label=label, at=at, gone=_gone(at - record.requested_at) if at else "")
        for label, at in _instants(record)
    ]


def running(record: RevocationRecord, *, now: datetime) -> str:
    """Return how long a case has been on its way, up to its publication."""
    return _gone((record.published_at or now) - record.requested_at)


def _instants(record: RevocationRecord) -> Iterator[tuple[str, datetime | None]]:
    examined = [one.decided_at for one in record.decisions if one.purpose is Purpose.REVOCATION_EXAMINATION]
    yield gettext("Arrived"), record.requested_at
    yield gettext("First officer"), examined[-1] if examined else None
    yield gettext("Second officer"), record.decided_at
    yield gettext("Revoked by the signer"), record.revoked_at
    yield gettext("In the repository, read back"), record.published_at


def _gone(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    clock = f"{rest // 3600}:{rest // 60 % 60:02}:{rest % 60:02}"
    return gettext("%(days)d days %(clock)s") % {"days": days, "clock": clock} if days else clock
