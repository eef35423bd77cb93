"""A parcel between packing and counter: closed, numbered, listed, posted, sent again (17.4, 18.1, 24.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from inro.practice.errors import Refused
from inro.practice.transitions import Guard, check_guards, follow


class PackingState(StrEnum):
    """Where a packed parcel stands; opened again, it never goes out."""

    PACKED = "packed"
    LISTED = "listed"
    POSTED = "posted"
    OPENED = "opened"


class PackingAct(StrEnum):
    """What can be done with a packed parcel; only a number makes it ready for a list."""

    NUMBER = "number"
    LIST = "list"
    UNLIST = "unlist"
    POST = "post"
    OPEN = "open"


class ReturnReason(StrEnum):
    """Why the post brought a parcel back, as its note says."""

    NOT_COLLECTED = "not_collected"
    ADDRESS_UNKNOWN = "address_unknown"
    CALLED_BACK = "called_back"
    MOVED = "moved"
    NAME_DIFFERS = "name_differs"
    REFUSED = "refused"
    OTHER = "other"


class PackingRefused(Refused):
    """What was typed or chosen at the desk is not whole; `field` is what to correct."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


class UnknownThing(Refused):
    """What was scanned is no card, mailer or sheet of ours."""

    def __init__(self, *, scanned: str) -> None:
        super().__init__(scanned=scanned)
        self.scanned = scanned


class ResendingOver(Refused):
    """The parcel came back as often as the house sends it again; a person talks to the subscriber now."""

    def __init__(self, *, returned: int, limit: int) -> None:
        super().__init__(returned=returned, limit=limit)
        self.returned = returned
        self.limit = limit


class NotForPost(Refused):
    """One parcel of a list may not go out any more; the others wait until it is taken off."""

    def __init__(self, *, parcel: str, guard: str) -> None:
        super().__init__(parcel=parcel, guard=guard)
        self.parcel = parcel
        self.guard = guard


_S = PackingState
_A = PackingAct

TRANSITIONS: Mapping[tuple[PackingState, PackingAct], PackingState] = MappingProxyType(
    {
        (_S.PACKED, _A.NUMBER): _S.PACKED,
        (_S.PACKED, _A.LIST): _S.LISTED,
        (_S.LISTED, _A.UNLIST): _S.PACKED,
        (_S.LISTED, _A.POST): _S.POSTED,
        (_S.PACKED, _A.OPEN): _S.OPENED,
    }
)
# What still lies in the house; a card or a mailer is in one such parcel at most.
IN_THE_HOUSE: frozenset[PackingState] = frozenset({_S.PACKED, _S.LISTED})


def next_state(state: PackingState, act: PackingAct) -> PackingState:
    """Return the state a packed parcel is in after an act.

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)


def check_resending(*, returned: int, limit: int) -> None:
    """Refuse to send again what came back more often than the house's limit allows (24.1).

    Raises: ResendingOver.
    """
    if returned > limit:
        raise ResendingOver(returned=returned, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterFacts:
    """What is known when a list is said to be handed over at the counter; all days in Japan."""

    drawn_up_on: date
    accepted_on: date
    today: date


def accepted_no_earlier_than_drawn_up(facts: CounterFacts) -> bool:
    """Return whether the post took the parcels on the list's day or later."""
    return facts.drawn_up_on <= facts.accepted_on


def acceptance_has_happened(facts: CounterFacts) -> bool:
    """Return whether the day of the counter is no later than today."""
    return facts.accepted_on <= facts.today


COUNTER_GUARDS: tuple[Guard[CounterFacts], ...] = (
    Guard("17.4", accepted_no_earlier_than_drawn_up),
    Guard("17.4", acceptance_has_happened),
)


def check_counter(facts: CounterFacts) -> None:
    """Refuse a day on which the post cannot have taken the parcels: the terms count from it (17.4, 18.7).

    Raises: GuardRefused.
    """
    check_guards(COUNTER_GUARDS, facts)
