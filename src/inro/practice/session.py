"""How long one sign-in serves: it locks when nobody acts, and ends whatever happens (40(7))."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SessionStanding(StrEnum):
    """Whether a session opens pages."""

    OPEN = "open"
    LOCKED = "locked"
    OVER = "over"


class SessionEnd(StrEnum):
    """Why a session ended without its person ending it."""

    TIME_OVER = "time_over"
    DUTY_ENDED = "duty_ended"
    KEY_ENDED = "key_ended"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """`idle` until it locks, `longest` until it ends."""

    idle: timedelta
    longest: timedelta


def session_standing(
    *, signed_in_at: datetime, seen_at: datetime, locked: bool, now: datetime, limits: SessionLimits
) -> SessionStanding:
    """Return how a session stands at an instant; a clock that went back ends it."""
    if not timedelta(0) <= now - signed_in_at < limits.longest:
        return SessionStanding.OVER
    if locked or now - seen_at >= limits.idle:
        return SessionStanding.LOCKED
    return SessionStanding.OPEN
