"""A line of the board: how many days are gone, where the wait stands, who is to do what until when (18.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.calendar import Calendar, jst_date
from inro.practice.deadlines import Deadline
from inro.practice.editions import Terms
from inro.practice.obligations import clock_of
from inro.practice.queue import last_near_day
from inro.practice.receipt import (
    Escalation,
    ReceiptClock,
    ReceiptStage,
    escalation,
    receipt_stage,
)
from inro.store.reads.receipt_board import CardOnItsWay
from inro.web.office.house import house

# The track is as long as the days until the power of 22.1(1); its tick is the slip's day.
BAR_WIDTH = 190
_NOT_SHOWN = "gray"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One case with its clock; `due` is the day that counts now, None where none runs."""

    card: CardOnItsWay
    clock: ReceiptClock
    stage: ReceiptStage
    days: int
    filled: int
    tick: int
    tone: str
    is_near: bool
    due: Deadline | None
    escalation: Escalation | None

    @property
    def row(self) -> str:
        """The class of the row: what must be done today stands out."""
        if self.stage is ReceiptStage.REVOCATION_DUE:
            return "is-over"
        return "is-soon" if self.stage is ReceiptStage.REMINDER_DUE or self.is_near else ""


def board_lines(cards: Iterable[CardOnItsWay], *, now: datetime) -> list[BoardLine]:
    """Return the board's lines, what is overdue longest first, then by day of dispatch."""
    today, calendar = jst_date(now), house().policy.calendar
    soon = last_near_day(on=today, calendar=calendar)
    lines = [_line(card, calendar=calendar, now=now, soon=soon) for card in cards]
    return sorted(lines, key=lambda line: -line.escalation.days_over if line.escalation else 1)


def terms_of(edition: str) -> Terms:
    """Return the terms a case stands under."""
    return house().policy.editions[edition].terms


def _line(card: CardOnItsWay, *, calendar: Calendar, now: datetime, soon: date) -> BoardLine:
    today, terms = jst_date(now), terms_of(card.edition)
    clock = clock_of(card.receipt, terms=terms, calendar=calendar)
    stage = receipt_stage(
        clock=clock, slip_arrived_on=card.confirmed_on, objection=card.receipt.objection, now=now
    )
    days = ((card.confirmed_on or today) - card.receipt.dispatched_on).days
    due = _due(stage, clock)
    is_near = stage is ReceiptStage.WAITING and clock.slip.day <= soon
    return BoardLine(
        card=card,
        clock=clock,
        stage=stage,
        days=days,
        filled=min(BAR_WIDTH, max(0, round(BAR_WIDTH * days / terms.late_slip_days))),
        tick=round(BAR_WIDTH * terms.slip_days / terms.late_slip_days),
        tone=_tone(stage, is_near=is_near),
        is_near=is_near,
        due=due,
        escalation=escalation(clock=clock, on=today) if stage is ReceiptStage.REVOCATION_DUE else None,
    )


def _due(stage: ReceiptStage, clock: ReceiptClock) -> Deadline | None:
    return {
        ReceiptStage.WAITING: clock.slip,
        ReceiptStage.REMINDER_DUE: clock.reminder,
        ReceiptStage.WAITING_AFTER_REMINDER: clock.revocation,
        ReceiptStage.REVOCATION_DUE: clock.revocation,
    }.get(stage)


def _tone(stage: ReceiptStage, *, is_near: bool) -> str:
    if is_near:
        return "yellow"
    return {
        ReceiptStage.RECEIVED: "green",
        ReceiptStage.SUSPENDED: "orange",
        ReceiptStage.REMINDER_DUE: "orange",
        ReceiptStage.WAITING_AFTER_REMINDER: "orange",
        ReceiptStage.REVOCATION_DUE: "red",
    }.get(stage, _NOT_SHOWN)
