"""How a table of states and acts is read; an act that stands in no row does not exist (13, 14, 16, 17.2)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from inro.practice.errors import Refused


class ActNotAllowed(Refused):
    """The act does not exist in this state."""

    def __init__(self, *, state: StrEnum, act: StrEnum) -> None:
        super().__init__(state=state, act=act)
        self.state = state
        self.act = act


class GuardRefused(Refused):
    """A condition of the act is not met; `guard` names it, `clause` says where it stands."""

    def __init__(self, *, guard: str, clause: str) -> None:
        super().__init__(guard=guard, clause=clause)
        self.guard = guard
        self.clause = clause


@dataclass(frozen=True, slots=True)
class Guard[Facts]:
    """A condition of an act: the clause that sets it, and the named function that says whether it holds."""

    clause: str
    holds: Callable[[Facts], bool]

    @property
    def name(self) -> str:
        """The condition in words, as the function is called."""
        return self.holds.__name__


def follow[State: StrEnum, Act: StrEnum](
    *, table: Mapping[tuple[State, Act], State], state: State, act: Act
) -> State:
    """Return the state that an act leads to.

    Raises: ActNotAllowed.
    """
    try:
        return table[state, act]
    except KeyError:
        raise ActNotAllowed(state=state, act=act) from None


def first_lacking[Facts](guards: Iterable[Guard[Facts]], facts: Facts) -> Guard[Facts] | None:
    """Return the first of an act's guards that does not hold, or None."""
    return next((guard for guard in guards if not guard.holds(facts)), None)


def check_guards[Facts](guards: Iterable[Guard[Facts]], facts: Facts) -> None:
    """Refuse an act by the first of its guards that does not hold.

    Raises: GuardRefused.
    """
    lacking = first_lacking(guards, facts)
    if lacking is not None:
        raise GuardRefused(guard=lacking.name, clause=lacking.clause)
