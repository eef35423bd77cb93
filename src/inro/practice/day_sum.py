"""How a day was computed, step by step, to be shown and checked (Civil Code 140-143; 11.2, 18.7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from inro.practice.calendar import Calendar, add_months, month_end

_ONE_DAY = timedelta(days=1)


class Operation(StrEnum):
    """One kind of step in the sum."""

    START = "start"
    ADD_DAYS = "add_days"
    ADD_MONTHS = "add_months"
    CLEAR_DAYS_BEFORE = "clear_days_before"
    CLEAR_MONTHS_BEFORE = "clear_months_before"
    MONTH_END = "month_end"
    MOVED_OFF_CLOSED_DAY = "moved_off_closed_day"
    DAY_AFTER = "day_after"
    LATER_THAN = "later_than"
    EXTENDED_TO = "extended_to"


_PLAIN = {
    Operation.START: "{day}",
    Operation.ADD_DAYS: "{amount:+d} days = {day}",
    Operation.ADD_MONTHS: "{amount:+d} months = {day}",
    Operation.CLEAR_DAYS_BEFORE: "{amount} clear days before = {day}",
    Operation.CLEAR_MONTHS_BEFORE: "{amount} clear months before = {day}",
    Operation.MONTH_END: "month end = {day}",
    Operation.MOVED_OFF_CLOSED_DAY: "closed, moved to {day}",
    Operation.DAY_AFTER: "day after = {day}",
    Operation.LATER_THAN: "not before ({other}) = {day}",
    Operation.EXTENDED_TO: "extended to {day}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step and the day it led to; `other` is the sum compared with where the later of two days counts."""

    operation: Operation
    day: date
    amount: int = 0
    other: "DaySum | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySum:
    """A day together with the steps that made it."""

    steps: tuple[Step, ...]

    @classmethod
    def of(cls, day: date) -> "DaySum":
        """Return the sum that begins on a day; the day itself is not counted (Code 140)."""
        return cls(steps=(Step(operation=Operation.START, day=day),))

    @classmethod
    def from_record(cls, record: Iterable[Mapping[str, Any]]) -> "DaySum":
        """Return the sum that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        return cls(steps=tuple(map(_step, record)))

    @property
    def day(self) -> date:
        """The day computed."""
        return self.steps[-1].day

    def _then(self, operation: Operation, day: date, amount: int = 0) -> "DaySum":
        return DaySum(steps=(*self.steps, Step(operation=operation, day=day, amount=amount)))

    def plus_days(self, days: int) -> "DaySum":
        """Return the last day of a period of days (Code 140, 141)."""
        return self._then(Operation.ADD_DAYS, self.day + timedelta(days=days), days)

    def plus_months(self, months: int) -> "DaySum":
        """Return the last day of a period of months (Code 143)."""
        return self._then(Operation.ADD_MONTHS, add_months(self.day, months), months)

    def clear_days_before(self, days: int) -> "DaySum":
        """Return the last day that leaves so many whole days before this one (11.2)."""
        return self._then(Operation.CLEAR_DAYS_BEFORE, self.day - timedelta(days=days) - _ONE_DAY, days)

    def clear_months_before(self, months: int) -> "DaySum":
        """Return the last day that leaves so many whole months before this one (2.2, 30(2))."""
        return self._then(Operation.CLEAR_MONTHS_BEFORE, add_months(self.day, -months) - _ONE_DAY, months)

    def at_month_end(self) -> "DaySum":
        """Return the last day of the month (6.1)."""
        return self._then(Operation.MONTH_END, month_end(self.day))

    def moved_by(self, calendar: Calendar, *, clause: str) -> "DaySum":
        """Return the sum moved off a closed day, where the calendar moves the clause (Code 142)."""
        moved = calendar.last_day(self.day, clause=clause)
        return self if moved == self.day else self._then(Operation.MOVED_OFF_CLOSED_DAY, moved)

    def day_after(self) -> "DaySum":
        """Return the day on which the period is over."""
        return self._then(Operation.DAY_AFTER, self.day + _ONE_DAY)

    def later_than(self, other: "DaySum") -> "DaySum":
        """Return this sum or the other's day, whichever is later, with both in the steps."""
        step = Step(operation=Operation.LATER_THAN, day=max(self.day, other.day), other=other)
        return DaySum(steps=(*self.steps, step))

    def extended_to(self, day: date) -> "DaySum":
        """Return the sum a person made longer; one that ends later by itself stays as it is (9.2)."""
        return self if day <= self.day else self._then(Operation.EXTENDED_TO, day)

    def derivation(self) -> str:
        """Return the sum in plain words and ISO dates."""
        return ", ".join(
            _PLAIN[step.operation].format(
                day=step.day, amount=step.amount, other=step.other.derivation() if step.other else ""
            )
            for step in self.steps
        )

    def as_record(self) -> list[dict[str, Any]]:
        """Return the steps as JSON values."""
        return [_record(step) for step in self.steps]


def _record(step: Step) -> dict[str, Any]:
    record: dict[str, Any] = {"operation": step.operation.value, "day": step.day.isoformat()}
    if step.amount:
        record["amount"] = step.amount
    if step.other:
        record["other"] = step.other.as_record()
    return record


def _step(record: Mapping[str, Any]) -> Step:
    other = record.get("other")
    return Step(
        operation=Operation(record["operation"]),
        day=date.fromisoformat(record["day"]),
        amount=record.get("amount", 0),
        other=DaySum.from_record(other) if other else None,
    )
