"""The last gate of a validity, derived again from its dates alone (6.1, the law's five years)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")
LONGEST_YEARS = 5


def jst_date(instant: datetime) -> date:
    """Return the day in Japan of an instant."""
    return instant.astimezone(JST).date()


def is_month_end(instant: datetime) -> bool:
    """Say whether an instant is 23:59:59 JST (14:59:59Z) on the last day of a month (6.1)."""
    local = instant.astimezone(JST)
    return local.time() == time(23, 59, 59) and (local.date() + timedelta(days=1)).day == 1


def years_later(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 28 where there is none."""
    last = 28 if (day.month, day.day) == (2, 29) and not _is_leap(day.year + years) else day.day
    return date(day.year + years, day.month, last)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def is_within_years(*, start: datetime, end: datetime, years: int) -> bool:
    """Say whether `end` is not one second after the instant in Japan that lies `years` after `start`."""
    local = start.astimezone(JST)
    return end <= datetime.combine(years_later(local.date(), years), local.timetz())


def is_whole_second(instant: datetime) -> bool:
    """Say whether an instant is aware, in UTC and of whole seconds: certificates hold nothing finer."""
    return instant.tzinfo is not None and instant.utcoffset() == timedelta(0) and instant.microsecond == 0


def validity_problems(
    *, issued_at: datetime, not_after: datetime, examination_ended_at: datetime
) -> Iterator[str]:
    """Yield every way in which a subscriber's validity breaks 6.1 or the five years of the law."""
    if not all(map(is_whole_second, (issued_at, not_after))):
        yield "not whole seconds of UTC"
        return
    if examination_ended_at.tzinfo is None:
        yield "the examination's end has no time zone"
        return
    if not is_month_end(not_after):
        yield "does not end at 23:59:59 JST on a month's last day"
    if not_after <= issued_at:
        yield "ends before it begins"
    if examination_ended_at > issued_at:
        yield "the examination ended after the issue"
    if not is_within_years(start=examination_ended_at, end=not_after, years=LONGEST_YEARS):
        yield "ends more than five years after the examination"


def encode_time(instant: datetime) -> tuple[int, bytes]:
    """Return tag and text of an instant: UTCTime until 2049, then GeneralizedTime (RFC 5280 4.1.2.5)."""
    utc = instant.astimezone(UTC)
    if utc.year < 2050:
        return 0x17, utc.strftime("%y%m%d%H%M%SZ").encode()
    return 0x18, utc.strftime("%Y%m%d%H%M%SZ").encode()
