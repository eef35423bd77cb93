"""Dates as HTTP writes and reads them (RFC 9110 5.6.7)."""

from datetime import datetime
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache


@lru_cache(maxsize=4096)
def http_date(seconds: int) -> bytes:
    """Return an instant, in seconds since 1970, as a header says it."""
    return formatdate(seconds, usegmt=True).encode("ascii")


def instant(text: str) -> datetime | None:
    """Return the instant a header says, or None."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
