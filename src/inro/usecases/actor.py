"""Who acts: a person with duties, or a process of the house; what is not held is denied (40(7))."""

from dataclasses import dataclass

from inro.practice.acts import Act
from inro.practice.duties import Duty
from inro.practice.errors import Refused
from inro.practice.permission import ACT_DUTIES, PUBLIC_ACTS


class DutyMissing(Refused):
    """The person is not appointed to the duty that the act belongs to."""

    def __init__(self, *, person: str, duties: tuple[str, ...]) -> None:
        super().__init__(person=person, duties=duties)
        self.person = person
        self.duties = duties


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person's id and the duties held today, as the edge found them; or a process of the house."""

    name: str
    duties: frozenset[Duty] = frozenset()
    is_process: bool = False

    def check(self, act: Act) -> None:
        """Refuse an act to a person who holds none of the duties the table of acts gives it (40(7)).

        Raises: DutyMissing.
        """
        allowed = ACT_DUTIES.get(act, frozenset())
        if act not in PUBLIC_ACTS and not self.duties & allowed:
            raise DutyMissing(person=self.name, duties=tuple(sorted(duty.value for duty in allowed)))

    def check_process(self) -> None:
        """Refuse an act that only a process of the house does.

        Raises: DutyMissing.
        """
        if not self.is_process:
            raise DutyMissing(person=self.name, duties=("process",))


def process(name: str) -> Actor:
    """Return the actor that a process of the house is, such as `signer` or `station-1`."""
    return Actor(name=name, is_process=True)
