"""When a certificate ends: at a month end in Japan, within the law's five years (6.1).

The law's limit is Article 6 item 4 of the ordinance under the Act on Electronic Signatures. It counts from
the end of the examination and is an instant: the month end must not lie one second after it.
"""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from inro.practice.calendar import JST, InstantWithoutZone, add_months, end_of_day, jst_date, month_end
from inro.practice.day_sum import DaySum
from inro.practice.errors import Refused

LEGAL_LIMIT_MONTHS = 60

_ONE_DAY = timedelta(days=1)


class ValidityPeriod(StrEnum):
    """The four periods an applicant chooses from (6.1)."""

    ONE_YEAR = "1y"
    TWO_YEARS = "2y"
    THREE_YEARS = "3y"
    FOUR_YEARS_TEN_MONTHS = "4y10m"

    @property
    def months(self) -> int:
        """The length in calendar months."""
        return _MONTHS[self.value]


_MONTHS = {"1y": 12, "2y": 24, "3y": 36, "4y10m": 58}


class ValidityRefused(Refused):
    """A certificate issued now would break a limit; nothing is shortened or rounded to fit."""

    def __init__(self, *, limit: str, not_after: datetime, limit_at: datetime) -> None:
        super().__init__(limit=limit, not_after=not_after.isoformat(), limit_at=limit_at.isoformat())
        self.limit = limit
        self.not_after = not_after
        self.limit_at = limit_at


def last_valid_day(*, issued_on: date, period: ValidityPeriod) -> date:
    """Return the last day of validity: the end of the month in which the period ends (6.1)."""
    return last_day_sum(issued_on=issued_on, period=period).day


def last_day_sum(*, issued_on: date, period: ValidityPeriod) -> DaySum:
    """Return the same with the steps that make it (6.1)."""
    return DaySum.of(issued_on).plus_months(period.months).at_month_end()


def not_after(*, issued_at: datetime, period: ValidityPeriod) -> datetime:
    """Return the end of validity in UTC: 23:59:59 JST, which is 14:59:59Z (6.1).

    Raises: InstantWithoutZone.
    """
    return end_of_day(last_valid_day(issued_on=jst_date(issued_at), period=period))


def latest_end(*, examination_ended_at: datetime, limit_months: int = LEGAL_LIMIT_MONTHS) -> datetime:
    """Return the instant in UTC after which this examination carries no certificate (ordinance 6(4)).

    Raises: InstantWithoutZone.
    """
    if examination_ended_at.tzinfo is None:
        raise InstantWithoutZone(instant=examination_ended_at)
    ended = examination_ended_at.astimezone(JST)
    return datetime.combine(add_months(ended.date(), limit_months), ended.time(), JST).astimezone(UTC)


def last_day_for_issuing(
    *, examination_ended_at: datetime, period: ValidityPeriod, limit_months: int = LEGAL_LIMIT_MONTHS
) -> date:
    """Return the last day (JST) on which a certificate of this period can be issued (6.1, ordinance 6(4)).

    Raises: InstantWithoutZone.
    """
    latest = latest_end(examination_ended_at=examination_ended_at, limit_months=limit_months)
    day = jst_date(latest)
    if end_of_day(month_end(day)) > latest:
        day = day.replace(day=1) - _ONE_DAY
    return month_end(add_months(day.replace(day=1), -period.months))


def check_validity(
    *,
    issued_at: datetime,
    period: ValidityPeriod,
    examination_ended_at: datetime,
    issuer_not_after: datetime,
    limit_months: int = LEGAL_LIMIT_MONTHS,
) -> datetime:
    """Return the end of validity, if it keeps the law's limit and the CA certificate's (6.1, ordinance 6(4)).

    Raises: ValidityRefused, InstantWithoutZone.
    """
    latest = latest_end(examination_ended_at=examination_ended_at, limit_months=limit_months)
    end = not_after(issued_at=issued_at, period=period)
    if issued_at < examination_ended_at:
        raise ValidityRefused(limit="issued-before-examination", not_after=end, limit_at=examination_ended_at)
    if end > latest:
        raise ValidityRefused(limit="five-years", not_after=end, limit_at=latest)
    if end > issuer_not_after:
        raise ValidityRefused(limit="issuer", not_after=end, limit_at=issuer_not_after)
    return end
