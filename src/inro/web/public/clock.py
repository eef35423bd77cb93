"""The one place where the public pages read the clock."""

from datetime import UTC, date, datetime

from inro.practice.calendar import jst_date


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day in Japan."""
    return jst_date(now())
