"""The life of a letter: drafted, released, dated, printed, sent; held, dropped, or failed (9.2, 18.5, 43)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from inro.practice.errors import Refused
from inro.practice.transitions import Guard, check_guards, follow


class LetterState(StrEnum):
    """Where a letter stands: on its way until the server or the fax answers, failed where it was refused.

    Held is a reminder whose reason is in doubt (18.5).
    """

    DRAFTED = "drafted"
    RELEASED = "released"
    PRINTED = "printed"
    HELD = "held"
    ON_WAY = "on_way"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class LetterAct(StrEnum):
    """What can be done with a letter; printing it again dates it anew."""

    WRITE = "write"
    RELEASE = "release"
    PRINT = "print"
    HOLD = "hold"
    RESUME = "resume"
    HAND_OVER = "hand_over"
    SEND = "send"
    CONFIRM = "confirm"
    FAIL = "fail"
    DROP = "drop"


class LetterRefused(Refused):
    """What was typed for a letter, a call or a request is not whole; `field` is what to correct."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


_S = LetterState
_A = LetterAct

TRANSITIONS: Mapping[tuple[LetterState, LetterAct], LetterState] = MappingProxyType(
    {
        (_S.DRAFTED, _A.WRITE): _S.DRAFTED,
        (_S.DRAFTED, _A.RELEASE): _S.RELEASED,
        (_S.DRAFTED, _A.DROP): _S.DROPPED,
        (_S.RELEASED, _A.PRINT): _S.PRINTED,
        (_S.RELEASED, _A.DROP): _S.DROPPED,
        (_S.PRINTED, _A.PRINT): _S.PRINTED,
        (_S.PRINTED, _A.SEND): _S.SENT,
        (_S.PRINTED, _A.DROP): _S.DROPPED,
        (_S.PRINTED, _A.HAND_OVER): _S.ON_WAY,
        (_S.RELEASED, _A.HOLD): _S.HELD,
        (_S.PRINTED, _A.HOLD): _S.HELD,
        (_S.HELD, _A.RESUME): _S.RELEASED,
        (_S.HELD, _A.DROP): _S.DROPPED,
        (_S.ON_WAY, _A.CONFIRM): _S.SENT,
        (_S.ON_WAY, _A.FAIL): _S.FAILED,
        (_S.SENT, _A.FAIL): _S.FAILED,
    }
)
# What still waits for somebody: of a kind a case has one such letter at most.
WAITING: frozenset[LetterState] = frozenset({_S.DRAFTED, _S.RELEASED, _S.PRINTED, _S.HELD, _S.ON_WAY})
TO_SEND: frozenset[LetterState] = frozenset({_S.RELEASED, _S.PRINTED})


def next_state(state: LetterState, act: LetterAct) -> LetterState:
    """Return the state a letter is in after an act.

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatingFacts:
    """What is known when a letter is dated and printed; all days in Japan."""

    dated_on: date
    today: date
    case_waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingFacts:
    """What is known when a letter is said to be sent; all days in Japan.

    `case_waits` says that the case still stands where the letter says it does.
    """

    dated_on: date
    sent_on: date
    today: date
    case_waits: bool


def date_is_to_come(facts: DatingFacts) -> bool:
    """Return whether a letter is dated today or later."""
    return facts.today <= facts.dated_on


def sent_no_earlier_than_dated(facts: SendingFacts) -> bool:
    """Return whether a letter left on the day it bears or later: a later postmark only gives more time."""
    return facts.dated_on <= facts.sent_on


def sending_has_happened(facts: SendingFacts) -> bool:
    """Return whether the day of sending is no later than today."""
    return facts.sent_on <= facts.today


def case_still_waits(facts: DatingFacts | SendingFacts) -> bool:
    """Return whether what the letter tells still holds of its case."""
    return facts.case_waits


DATING_GUARDS: tuple[Guard[DatingFacts], ...] = (
    Guard("9.2", case_still_waits),
    Guard("43", date_is_to_come),
)
SENDING_GUARDS: tuple[Guard[SendingFacts], ...] = (
    Guard("9.2", case_still_waits),
    Guard("43", sent_no_earlier_than_dated),
    Guard("43", sending_has_happened),
)


def check_dating(facts: DatingFacts) -> None:
    """Refuse to date a letter for a day gone by, or of a case that has gone on (9.2, 43).

    Raises: GuardRefused.
    """
    check_guards(DATING_GUARDS, facts)


def check_sending(facts: SendingFacts) -> None:
    """Refuse to record a sending that cannot have been so, or of a case that has gone on (9.2, 43).

    Raises: GuardRefused.
    """
    check_guards(SENDING_GUARDS, facts)
