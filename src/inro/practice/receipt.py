"""Slip, reminder, revocation, and what doubts about the content do to them (18.5-18.7, 22.1(1), 23.1).

D is the posting of the card's first parcel, R the day the reminder counts as arrived. The slip is due by the
end of D+20, the reminder goes from D+21, revocation is due from 00:00 JST of the later of D+31 and R+11.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inro.practice.calendar import Calendar, jst_date
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import Deadline, DeadlineKind, from_start, until_end
from inro.practice.editions import Terms
from inro.practice.errors import Refused
from inro.practice.letters import LetterAct
from inro.practice.transitions import Guard, check_guards

_AUDITOR_AFTER_DAYS = 3


class ReceiptStage(StrEnum):
    """Where the wait for a slip stands."""

    RECEIVED = "received"
    SUSPENDED = "suspended"
    WAITING = "waiting"
    REMINDER_DUE = "reminder_due"
    WAITING_AFTER_REMINDER = "waiting_after_reminder"
    REVOCATION_DUE = "revocation_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Doubts about the content, told to the CA; `decided_on` is when a person decided on them (18.5).

    `admitted` says that a person lets a late contact suspend the clock as one in time does.
    """

    contacted_on: date
    decided_on: date | None = None
    admitted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptClock:
    """The deadlines of one dispatch; the last two exist once the reminder counts as arrived."""

    slip: Deadline
    objection: Deadline
    reminder: Deadline
    late_slip_power: Deadline
    slip_after_reminder: Deadline | None
    revocation: Deadline | None


class EscalationStep(StrEnum):
    """To whom a mandatory revocation that nobody has confirmed goes, each day further (18.7)."""

    DUE_TODAY = "due_today"
    DECIDING_OFFICER = "deciding_officer"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """How long a mandatory revocation has been due, in days, and who has it before them by now (18.7)."""

    step: EscalationStep
    days_over: int


class ReminderTooEarly(Refused):
    """The reminder can't have arrived before the slip is overdue (18.7)."""

    def __init__(self, *, arrived_on: date, earliest: date) -> None:
        super().__init__(arrived_on=arrived_on.isoformat(), earliest=earliest.isoformat())
        self.arrived_on = arrived_on
        self.earliest = earliest


def counting_dispatch(dispatched_on: Iterable[date]) -> date:
    """Return D: the card's first posting; later ones extend nothing (18.7, 23.1, 24.1)."""
    return min(dispatched_on)


def counting_reminder(arrived_on: Iterable[date], *, settled: Objection | None) -> date | None:
    """Return R: a reminder's first arrival, or the first after doubts were decided on (18.5, 18.7)."""
    days = sorted(arrived_on)
    after = settled.decided_on if settled else None
    return next((day for day in days if after is not None and day > after), next(iter(days), None))


def receipt_clock(
    *,
    dispatched_on: date,
    reminder_arrived_on: date | None,
    terms: Terms,
    calendar: Calendar,
    settled: Objection | None = None,
) -> ReceiptClock:
    """Return the deadlines of a dispatch (18.5, 18.7, 22.1(1)).

    `settled` are doubts that suspended the clock and have been decided on: the slip could not be returned
    while they were open, so a reminder counts only when it arrives after the decision.

    Raises: ReminderTooEarly.
    """
    dispatch = DaySum.of(dispatched_on)
    slip = dispatch.plus_days(terms.slip_days).moved_by(calendar, clause="18.7")
    power = dispatch.plus_days(terms.late_slip_days).moved_by(calendar, clause="22.1(1)").day_after()
    objection = dispatch.plus_days(terms.objection_days).moved_by(calendar, clause="18.5")
    remind = slip.day_after()
    if settled is not None and settled.decided_on is not None and _in_time(settled, objection.day):
        remind = remind.later_than(DaySum.of(settled.decided_on).day_after())
        if reminder_arrived_on is not None and reminder_arrived_on <= settled.decided_on:
            reminder_arrived_on = None
    reminder = from_start(kind=DeadlineKind.REMINDER, clause="18.7", day_sum=remind)
    after, revocation = _after_reminder(
        reminder=reminder, arrived_on=reminder_arrived_on, power=power, terms=terms, calendar=calendar
    )
    return ReceiptClock(
        slip=until_end(kind=DeadlineKind.SLIP, clause="18.7", day_sum=slip),
        objection=until_end(kind=DeadlineKind.OBJECTION, clause="18.5", day_sum=objection),
        reminder=reminder,
        late_slip_power=from_start(kind=DeadlineKind.LATE_SLIP_POWER, clause="22.1(1)", day_sum=power),
        slip_after_reminder=after,
        revocation=revocation,
    )


def _after_reminder(
    *, reminder: Deadline, arrived_on: date | None, power: DaySum, terms: Terms, calendar: Calendar
) -> tuple[Deadline | None, Deadline | None]:
    if arrived_on is None:
        return None, None
    if arrived_on < reminder.day:
        raise ReminderTooEarly(arrived_on=arrived_on, earliest=reminder.day)
    # Where the tenth day is moved, the day after it moves with it.
    last = DaySum.of(arrived_on).plus_days(terms.reminder_days).moved_by(calendar, clause="18.7")
    due = last.day_after().later_than(power)
    return (
        until_end(kind=DeadlineKind.SLIP_AFTER_REMINDER, clause="18.7", day_sum=last),
        from_start(kind=DeadlineKind.REVOCATION_WITHOUT_SLIP, clause="18.7", day_sum=due),
    )


def suspends(objection: Objection | None, *, clock: ReceiptClock) -> bool:
    """Return whether doubts hold reminder and 18.7 until a person has decided on them (18.5)."""
    if objection is None or objection.decided_on is not None:
        return False
    return _in_time(objection, clock.objection.day)


def after_doubts(*, founded: bool) -> LetterAct:
    """Return what becomes of a reminder that was held: void where the certificate was wrong (18.5).

    Else it is printed and dated anew, since one from before the decision would start no ten days.
    """
    return LetterAct.DROP if founded else LetterAct.RESUME


def _in_time(objection: Objection, last_day: date) -> bool:
    return objection.admitted or objection.contacted_on <= last_day


def receipt_stage(
    *, clock: ReceiptClock, slip_arrived_on: date | None, objection: Objection | None, now: datetime
) -> ReceiptStage:
    """Return where the wait for the slip stands at an instant (18.5-18.7).

    Raises: InstantWithoutZone.
    """
    if suspends(objection, clock=clock):
        return ReceiptStage.SUSPENDED
    if slip_arrived_on is not None and slip_arrived_on <= jst_date(now):
        return ReceiptStage.RECEIVED
    if clock.revocation is not None:
        reached = clock.revocation.is_reached(now)
        return ReceiptStage.REVOCATION_DUE if reached else ReceiptStage.WAITING_AFTER_REMINDER
    return ReceiptStage.REMINDER_DUE if clock.reminder.is_reached(now) else ReceiptStage.WAITING


def escalation(*, clock: ReceiptClock, on: date) -> Escalation | None:
    """Return how urgent the revocation of 18.7 is on a day, None before its own.

    On its day the desk has it, from the day after the deciding officer too, from the third day the auditor.
    Nothing but a slip or doubts in time ends it: `receipt_stage` says so.
    """
    if clock.revocation is None or on < clock.revocation.day:
        return None
    days = (on - clock.revocation.day).days
    if days == 0:
        return Escalation(step=EscalationStep.DUE_TODAY, days_over=0)
    late = days >= _AUDITOR_AFTER_DAYS
    return Escalation(
        step=EscalationStep.AUDITOR if late else EscalationStep.DECIDING_OFFICER, days_over=days
    )


def reminder_is_due(stage: ReceiptStage) -> bool:
    """Return whether the slip is overdue, not reminded of, and held by no doubts."""
    return stage is ReceiptStage.REMINDER_DUE


REMINDER_GUARDS: tuple[Guard[ReceiptStage], ...] = (Guard("18.7", reminder_is_due),)


def check_reminder(stage: ReceiptStage) -> None:
    """Refuse a reminder before its time, or a second one (18.7).

    Raises: GuardRefused.
    """
    check_guards(REMINDER_GUARDS, stage)


def may_revoke_for_late_slip(*, clock: ReceiptClock, slip_arrived_on: date | None, now: datetime) -> bool:
    """Return whether the power of 22.1(1) is open: a person's decision, doubts or none.

    Raises: InstantWithoutZone.
    """
    return slip_arrived_on is None and clock.late_slip_power.is_reached(now)


def proxy_window_is_open(*, issued_on: date | None, slip_arrived_on: date | None, on: date) -> bool:
    """Return whether a proxy recipient may be asked for: from issuance until the slip is received (23.1)."""
    if issued_on is None or on < issued_on:
        return False
    return slip_arrived_on is None or on < slip_arrived_on


def days_left_for_proxy(*, clock: ReceiptClock, on: date) -> int:
    """Return how many days a proxy request has before the slip is due; below 1 it comes too late (23.1)."""
    return (clock.slip.day - on).days
