"""Whether a person's duties cover an act on a day; what no row allows is denied (40(7))."""

from collections.abc import Iterable
from datetime import date

from inro.practice.acts import ACT_DUTIES, PUBLIC_ACTS, Act
from inro.practice.duties import DutyPeriod, may
from inro.practice.errors import Refused


class ActDenied(Refused):
    """None of the person's duties covers the act on this day."""

    def __init__(self, *, act: str, on: date) -> None:
        super().__init__(act=act, on=on.isoformat())
        self.act = act
        self.on = on


def is_permitted(*, act: Act, held: Iterable[DutyPeriod], on: date) -> bool:
    """Return whether somebody with these duties may do an act on a day; default deny."""
    if act in PUBLIC_ACTS:
        return True
    periods = tuple(held)
    return any(may(periods, duty, on=on) for duty in ACT_DUTIES.get(act, ()))


def check_act(*, act: Act, held: Iterable[DutyPeriod], on: date) -> None:
    """Refuse an act that none of the person's duties covers on a day (40(7)).

    Raises: ActDenied.
    """
    if not is_permitted(act=act, held=held, on=on):
        raise ActDenied(act=act.value, on=on)
