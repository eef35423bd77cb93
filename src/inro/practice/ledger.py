"""The ledger of deadlines: what a row says, and what of it an event changes (18.7, 26.2, 40(7))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from inro.practice.obligations import Obligation, reached_from


class OwedState(StrEnum):
    """Whether a thing is owed, its day has come, or an event has ended it."""

    OPEN = "open"
    REACHED = "reached"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A row of the ledger that no event has ended, and what it says."""

    row: int
    kind: str
    turn: int
    says: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChange:
    """What brings a ledger in line with what is owed now: rows to close, things to enter."""

    close: tuple[Entered, ...]
    enter: tuple[Obligation, ...]


def says(obligation: Obligation) -> dict[str, Any]:
    """Return what a row says of an obligation: clause, day, the instant that reaches it, the sum."""
    deadline = obligation.deadline
    return {
        "clause": deadline.clause,
        "due_on": deadline.day,
        "reached_from": reached_from(deadline),
        "deadline": deadline.as_record(),
    }


def ledger_change(*, entered: Iterable[Entered], owed: Iterable[Obligation]) -> LedgerChange:
    """Return what an event changes: whose day moved is closed and entered anew, so each row has one day.

    What somebody damaged on record only differs, and so is closed too.
    """
    wanted = {(one.kind.value, one.turn): one for one in owed}
    kept = set()
    close = []
    for row in entered:
        key = (row.kind, row.turn)
        if key in wanted and row.says == says(wanted[key]):
            kept.add(key)
        else:
            close.append(row)
    enter = tuple(one for key, one in wanted.items() if key not in kept)
    return LedgerChange(close=tuple(close), enter=enter)
