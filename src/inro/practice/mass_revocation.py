"""Many certificates revoked by one decision: by what they are chosen, on which grounds, in which steps.

Nothing is revoked by a criterion, only by the list of serials that two officers signed (11.3, 22.1, 39.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from inro.practice.errors import Refused
from inro.practice.grounds import GROUNDS, Ground, Invoker
from inro.practice.transitions import follow

# Of each certificate by itself it is asked whether the wait for its slip is over: such a ground fits no list.
_ONE_BY_ONE = frozenset({"18.7", "22.1(1)"})
# Nothing of the CA's is left after these, so nothing is chosen.
_OF_EVERYONE = frozenset({"11.3", "22.1(5)"})

MASS_GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        id_: ground
        for id_, ground in GROUNDS.items()
        if ground.invoker is Invoker.CA and ground.clause not in _ONE_BY_ONE
    }
)


class MassState(StrEnum):
    """Where a mass revocation stands; a plan is dropped by an officer, or by the signer's disbelief."""

    PLANNED = "planned"
    EXAMINED = "examined"
    DECIDED = "decided"
    REVOKED = "revoked"
    PUBLISHED = "published"
    DROPPED = "dropped"


class MassAct(StrEnum):
    """What moves a mass revocation on."""

    REHEARSE = "rehearse"
    EXAMINE = "examine"
    DECIDE = "decide"
    REVOKE = "revoke"
    PUBLISH = "publish"
    DROP = "drop"
    STOP = "stop"


_S, _A = MassState, MassAct
TRANSITIONS: Mapping[tuple[MassState, MassAct], MassState] = MappingProxyType(
    {
        (_S.PLANNED, _A.REHEARSE): _S.PLANNED,
        (_S.EXAMINED, _A.REHEARSE): _S.EXAMINED,
        (_S.PLANNED, _A.EXAMINE): _S.EXAMINED,
        (_S.EXAMINED, _A.DECIDE): _S.DECIDED,
        (_S.DECIDED, _A.REVOKE): _S.REVOKED,
        (_S.REVOKED, _A.PUBLISH): _S.PUBLISHED,
        (_S.PLANNED, _A.DROP): _S.DROPPED,
        (_S.EXAMINED, _A.DROP): _S.DROPPED,
        # The signer's alone: what two officers decided is taken back by nobody.
        (_S.DECIDED, _A.STOP): _S.DROPPED,
    }
)


class LeftOut(StrEnum):
    """Why a certificate that fits the criterion is not on the list; every one is counted."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    OWN_CASE = "own_case"


class PlanRefused(Refused):
    """What was typed of a plan is not whole; `field` is what to correct."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


class SelectorsDisagree(Refused):
    """Records and certificates give two lists; `differences` names serials, the first of so many."""

    def __init__(self, *, count: int, differences: tuple[str, ...]) -> None:
        super().__init__(count=count, differences=", ".join(differences))
        self.count = count
        self.differences = differences


class SelectionStale(Refused):
    """The criterion gives another list than the planned one by now; it is planned anew."""

    def __init__(self, *, planned: int, now: int) -> None:
        super().__init__(planned=planned, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """Which certificates are meant; of the parts that are given all must fit.

    `everyone` stands alone: all of the CA, or with `lasts_until` all that last until that day (11.3).
    `organization` is a Corporate Number or a name; `operator` approved the issuing; the days of issue are JST
    and both belong to the period. `campaign` names the discontinuation whose list it is.
    """

    everyone: bool = False
    card_model: str = ""
    key_origin: str = ""
    profile_sha256: str = ""
    organization: str = ""
    operator: str = ""
    issued_from: date | None = None
    issued_until: date | None = None
    lasts_until: date | None = None
    campaign: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is chosen by."""
        return any(
            (
                self.card_model,
                self.key_origin,
                self.profile_sha256,
                self.organization,
                self.operator,
                self.issued_from,
                self.issued_until,
            )
        )

    @property
    def asks_the_card(self) -> bool:
        """Whether it asks what no certificate says, but the papers of its issuing do."""
        return bool(self.card_model or self.key_origin or self.profile_sha256 or self.operator)

    def as_record(self) -> dict[str, Any]:
        """Return the criterion as JSON values."""
        record = {name: getattr(self, name) for name in self.__dataclass_fields__}
        days = {name: day.isoformat() if (day := record[name]) else None for name in _DAYS}
        return record | days

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the criterion that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        days = {name: date.fromisoformat(day) if (day := record[name]) else None for name in _DAYS}
        return cls(**{**record, **days})


_DAYS = ("issued_from", "issued_until", "lasts_until")


def next_state(state: MassState, act: MassAct) -> MassState:
    """Return the state that an act leads to.

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)


def check_plan(*, criterion: Criterion, ground: str) -> None:
    """Refuse a plan that chooses nothing or two things, or on a ground that is not the CA's own (22.1).

    Raises: PlanRefused.
    """
    if ground not in MASS_GROUNDS:
        raise PlanRefused(field="ground", problem="not-the-cas-own")
    if criterion.everyone and criterion.narrows:
        raise PlanRefused(field="criterion", problem="everyone-and-more")
    if not criterion.everyone and not criterion.narrows:
        raise PlanRefused(field="criterion", problem="missing")
    if criterion.lasts_until and not criterion.everyone:
        raise PlanRefused(field="lasts_until", problem="everyone-only")
    if MASS_GROUNDS[ground].clause in _OF_EVERYONE and not criterion.everyone:
        raise PlanRefused(field="ground", problem="everyone-only")
    begin, end = criterion.issued_from, criterion.issued_until
    if begin and end and end < begin:
        raise PlanRefused(field="issued_until", problem="before-first-day")


def check_day(*, criterion: Criterion, today: date) -> None:
    """Refuse to decide on what the end of the service revokes before its day; `today` is Japan's (11.3).

    Raises: PlanRefused.
    """
    if criterion.campaign and criterion.lasts_until and today < criterion.lasts_until:
        raise PlanRefused(field="lasts_until", problem="not-yet")
