"""When things are due, each with clause and sum (2.2, 6, 9.2, 11.2, 12.4, 21.2, 24.2, 26.2, 30, 40)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from inro.practice.calendar import Calendar, InstantWithoutZone, end_of_day, jst_date, start_of_day
from inro.practice.day_sum import DaySum
from inro.practice.editions import Terms, change_notice_day
from inro.practice.validity import ValidityPeriod, last_day_for_issuing


class DeadlineKind(StrEnum):
    """What is due; what happens when it passes is the use cases' matter."""

    DEFICIENCY = "deficiency"
    PROXY_DEFICIENCY = "proxy_deficiency"
    OBJECTION = "objection"
    SLIP = "slip"
    REMINDER = "reminder"
    SLIP_AFTER_REMINDER = "slip_after_reminder"
    LATE_SLIP_POWER = "late_slip_power"
    REVOCATION_WITHOUT_SLIP = "revocation_without_slip"
    CHANGE_NOTICE = "change_notice"
    EXPIRY_NOTICE = "expiry_notice"
    EXPIRY = "expiry"
    DISCONTINUATION_NOTICE = "discontinuation_notice"
    MAINTENANCE_NOTICE = "maintenance_notice"
    LIST_RENEWAL = "list_renewal"
    STAY_REMINDER = "stay_reminder"
    STAY_END = "stay_end"
    ISSUING = "issuing"
    DRAFT = "draft"
    UNSETTLED_NOTICE = "unsettled_notice"
    PARCEL_RETURN = "parcel_return"
    ORIGINAL = "original"
    PAYMENT = "payment"
    UNPAID_POWER = "unpaid_power"
    RETENTION = "retention"
    CERTIFICATE_RENEWAL = "certificate_renewal"
    TOKEN_SERVICE = "token_service"
    ACCREDITATION = "accreditation"
    BACKUP = "backup"
    NIGHT_RUN = "night_run"


class Edge(StrEnum):
    """Whether the thing is due until the end of its day, opens with its start, or is due at an instant."""

    UNTIL_END = "until_end"
    FROM_START = "from_start"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline: day in JST, instant in UTC, the clause that sets it and the sum that made it."""

    kind: DeadlineKind
    clause: str
    edge: Edge
    day: date
    at: datetime
    day_sum: DaySum

    def is_reached(self, now: datetime) -> bool:
        """Return whether the deadline has passed or, for one that opens something, has begun.

        Raises: InstantWithoutZone.
        """
        if self.edge is Edge.UNTIL_END:
            return jst_date(now) > self.day
        if now.tzinfo is None:
            raise InstantWithoutZone(instant=now)
        return now >= self.at

    def derivation(self) -> str:
        """Return clause and sum in plain words."""
        return f"{self.clause}: {self.day_sum.derivation()}"

    def as_record(self) -> dict[str, Any]:
        """Return the deadline as JSON values."""
        return {
            "kind": self.kind.value,
            "clause": self.clause,
            "edge": self.edge.value,
            "day": self.day.isoformat(),
            "at": self.at.isoformat(),
            "sum": self.day_sum.as_record(),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the deadline that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        return cls(
            kind=DeadlineKind(record["kind"]),
            clause=record["clause"],
            edge=Edge(record["edge"]),
            day=date.fromisoformat(record["day"]),
            at=datetime.fromisoformat(record["at"]),
            day_sum=DaySum.from_record(record["sum"]),
        )


def until_end(*, kind: DeadlineKind, clause: str, day_sum: DaySum) -> Deadline:
    """Return a deadline at 23:59:59 JST of the day computed."""
    day = day_sum.day
    return Deadline(
        kind=kind, clause=clause, edge=Edge.UNTIL_END, day=day, at=end_of_day(day), day_sum=day_sum
    )


def from_start(*, kind: DeadlineKind, clause: str, day_sum: DaySum) -> Deadline:
    """Return a deadline from 00:00:00 JST of the day computed."""
    day = day_sum.day
    return Deadline(
        kind=kind, clause=clause, edge=Edge.FROM_START, day=day, at=start_of_day(day), day_sum=day_sum
    )


def deficiency_deadline(
    *, notice_arrived_on: date, terms: Terms, calendar: Calendar, extended_to: date | None = None
) -> Deadline:
    """Return until when papers are corrected, counted from the notice's arrival (9.2, 43).

    `extended_to` is the day to which a person made the time longer; it never makes it shorter.
    """
    day_sum = DaySum.of(notice_arrived_on).plus_days(terms.deficiency_days).moved_by(calendar, clause="9.2")
    if extended_to is not None:
        day_sum = day_sum.extended_to(extended_to)
    return until_end(kind=DeadlineKind.DEFICIENCY, clause="9.2", day_sum=day_sum)


def proxy_deficiency_deadline(*, notified_on: date, terms: Terms, calendar: Calendar) -> Deadline:
    """Return until when a proxy request's papers are corrected, counted from the call (24.2)."""
    day_sum = DaySum.of(notified_on).plus_days(terms.proxy_deficiency_days).moved_by(calendar, clause="24.2")
    return until_end(kind=DeadlineKind.PROXY_DEFICIENCY, clause="24.2", day_sum=day_sum)


def change_notice_deadline(*, terms: Terms) -> Deadline:
    """Return until when the notice of an important change has arrived; never moved (2.2)."""
    return until_end(kind=DeadlineKind.CHANGE_NOTICE, clause="2.2", day_sum=change_notice_day(terms))


def discontinuation_notice_deadline(*, discontinued_on: date, terms: Terms) -> Deadline:
    """Return until when the letters of discontinuation have arrived; clear days, never moved (11.2)."""
    day_sum = DaySum.of(discontinued_on).clear_days_before(terms.discontinuation_notice_days)
    return until_end(kind=DeadlineKind.DISCONTINUATION_NOTICE, clause="11.2", day_sum=day_sum)


def maintenance_notice_deadline(*, maintenance_on: date, terms: Terms) -> Deadline:
    """Return until when the notice of planned maintenance has arrived; never moved (30(2))."""
    day_sum = DaySum.of(maintenance_on).clear_months_before(terms.maintenance_notice_months)
    return until_end(kind=DeadlineKind.MAINTENANCE_NOTICE, clause="30(2)", day_sum=day_sum)


def expiry_notice_deadlines(*, not_after: datetime, terms: Terms) -> tuple[Deadline, ...]:
    """Return until when each expiry notice goes out, earliest first (6.2, 8.11).

    Raises: InstantWithoutZone.
    """
    last_day = DaySum.of(jst_date(not_after))
    return tuple(
        until_end(kind=DeadlineKind.EXPIRY_NOTICE, clause="6.2", day_sum=last_day.plus_months(-months))
        for months in sorted(terms.expiry_notice_months, reverse=True)
    )


def expiry_deadline(*, not_after: datetime) -> Deadline:
    """Return the last day of a certificate's validity (6.1).

    Raises: InstantWithoutZone.
    """
    day_sum = DaySum.of(jst_date(not_after))
    return until_end(kind=DeadlineKind.EXPIRY, clause="6.1", day_sum=day_sum)


def original_deadline(*, faxed_on: date, terms: Terms, calendar: Calendar) -> Deadline:
    """Return until when the original of a fax is waited for before it is asked for (21.2, 22.2)."""
    day_sum = DaySum.of(faxed_on).plus_days(terms.original_days).moved_by(calendar, clause="21.2")
    return until_end(kind=DeadlineKind.ORIGINAL, clause="21.2", day_sum=day_sum)


def stay_deadlines(*, stay_ends_on: date, terms: Terms) -> tuple[Deadline, ...]:
    """Return from when a foreign subscriber is reminded, and from when the follow-up is due (12.4)."""
    last_day = DaySum.of(stay_ends_on)
    reminders = (
        from_start(kind=DeadlineKind.STAY_REMINDER, clause="12.4", day_sum=last_day.plus_days(-days))
        for days in sorted(terms.stay_reminder_days, reverse=True)
    )
    return *reminders, from_start(kind=DeadlineKind.STAY_END, clause="12.4", day_sum=last_day.day_after())


def list_renewal_deadline(*, issued_at: datetime, terms: Terms) -> Deadline:
    """Return the instant by which the next lists are out, revocations or none (26.2).

    Raises: InstantWithoutZone.
    """
    return hours_after(
        issued_at, hours=terms.list_renewal_hours, kind=DeadlineKind.LIST_RENEWAL, clause="26.2"
    )


def hours_after(since: datetime, *, hours: int, kind: DeadlineKind, clause: str) -> Deadline:
    """Return the instant some hours after another.

    Raises: InstantWithoutZone.
    """
    at = since + timedelta(hours=hours)
    day = jst_date(at)
    return Deadline(
        kind=kind,
        clause=clause,
        edge=Edge.INSTANT,
        day=day,
        at=at.astimezone(UTC),
        day_sum=DaySum.of(jst_date(since)).plus_days((day - jst_date(since)).days),
    )


def issuing_deadline(*, examination_ended_at: datetime, period: ValidityPeriod) -> Deadline:
    """Return until when a certificate can be issued within the law's five years (6.1, ordinance 6(4)).

    Raises: InstantWithoutZone.
    """
    last = last_day_for_issuing(examination_ended_at=examination_ended_at, period=period)
    ended_on = jst_date(examination_ended_at)
    day_sum = DaySum.of(ended_on).plus_days((last - ended_on).days)
    return until_end(kind=DeadlineKind.ISSUING, clause="6.1", day_sum=day_sum)


def draft_deadline(*, saved_on: date, terms: Terms) -> Deadline:
    """Return until when wizard data of a form that never comes is kept (40(6))."""
    return until_end(
        kind=DeadlineKind.DRAFT, clause="40(6)", day_sum=DaySum.of(saved_on).plus_days(terms.draft_days)
    )


def parcel_return_deadline(*, dispatched_on: date, terms: Terms) -> Deadline:
    """Return from when a parcel nobody fetched may be back from the post office (17.4, 18.1)."""
    day_sum = DaySum.of(dispatched_on).plus_days(terms.parcel_keeping_days).day_after()
    return from_start(kind=DeadlineKind.PARCEL_RETURN, clause="18.1", day_sum=day_sum)


def is_paper_fresh(*, dated: date, received_on: date, terms: Terms) -> bool:
    """Return whether an enclosed certificate is recent enough on the day it is received (8.4)."""
    return dated <= received_on <= DaySum.of(dated).plus_months(terms.paper_age_months).day
