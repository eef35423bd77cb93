"""A proxy recipient asked for after examination: when, what is checked, and how it ends (23, 24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from inro.practice.receipt import proxy_window_is_open
from inro.practice.transitions import Guard, check_guards, follow


class ProxyState(StrEnum):
    """Where a request stands; the contract stands whatever becomes of it (24.2)."""

    RECEIVED = "received"
    DEFICIENT = "deficient"
    APPROVED = "approved"
    REFUSED = "refused"
    LAPSED = "lapsed"


class ProxyAct(StrEnum):
    """What can be done with a request."""

    EXAMINE = "examine"
    NOTIFY_DEFICIENCY = "notify_deficiency"
    RESUBMIT = "resubmit"
    APPROVE = "approve"
    REFUSE = "refuse"
    LAPSE = "lapse"


class ProxyPoint(StrEnum):
    """What is looked at on the request's papers (23)."""

    UNAVOIDABLE_REASON = "unavoidable_reason"
    SUBSCRIBER_SEAL = "subscriber_seal"
    PROXY_SEAL = "proxy_seal"
    SEAL_CERTIFICATE = "seal_certificate"
    SUBSCRIBER_ADDRESS = "subscriber_address"
    PROXY_ADDRESS = "proxy_address"

    @property
    def clause(self) -> str:
        """The paragraph that asks for it."""
        return _CLAUSES[self.value]


_CLAUSES = {
    "unavoidable_reason": "23.1",
    "subscriber_seal": "23.2",
    "proxy_seal": "23.2",
    "seal_certificate": "23.4",
    "subscriber_address": "23.2",
    "proxy_address": "23.2",
}


class ProxyVerdict(StrEnum):
    """What was found of a point."""

    FIT = "fit"
    DEFICIENT = "deficient"


_S = ProxyState
_A = ProxyAct
TRANSITIONS: Mapping[tuple[ProxyState, ProxyAct], ProxyState] = MappingProxyType(
    {
        (_S.RECEIVED, _A.EXAMINE): _S.RECEIVED,
        (_S.RECEIVED, _A.NOTIFY_DEFICIENCY): _S.DEFICIENT,
        # A second call tells what is still wrong: the twenty days count from the newest.
        (_S.DEFICIENT, _A.NOTIFY_DEFICIENCY): _S.DEFICIENT,
        (_S.DEFICIENT, _A.RESUBMIT): _S.RECEIVED,
        (_S.DEFICIENT, _A.LAPSE): _S.LAPSED,
        (_S.RECEIVED, _A.APPROVE): _S.APPROVED,
        (_S.RECEIVED, _A.REFUSE): _S.REFUSED,
        (_S.DEFICIENT, _A.REFUSE): _S.REFUSED,
    }
)
OPEN: frozenset[ProxyState] = frozenset({_S.RECEIVED, _S.DEFICIENT})


def next_state(state: ProxyState, act: ProxyAct) -> ProxyState:
    """Return the state a request is in after an act (23, 24).

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """What is known when a request is taken in."""

    issued_on: date | None
    slip_arrived_on: date | None
    arrived_on: date
    today: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalFacts:
    """What is known when a request is to be approved."""

    issued_on: date | None
    slip_arrived_on: date | None
    today: date
    verdicts: Mapping[ProxyPoint, ProxyVerdict]
    examiner: str
    decider: str


def window_is_open(facts: RequestFacts) -> bool:
    """Return whether the request came between issuance and the slip."""
    return proxy_window_is_open(
        issued_on=facts.issued_on, slip_arrived_on=facts.slip_arrived_on, on=facts.arrived_on
    )


def arrival_has_happened(facts: RequestFacts) -> bool:
    """Return whether the day of arrival is no later than today."""
    return facts.arrived_on <= facts.today


def reason_is_stated(facts: RequestFacts) -> bool:
    """Return whether the request says why the subscriber cannot collect the card."""
    return bool(facts.reason.strip())


def card_is_still_awaited(facts: ApprovalFacts) -> bool:
    """Return whether the slip has not come meanwhile."""
    return proxy_window_is_open(
        issued_on=facts.issued_on, slip_arrived_on=facts.slip_arrived_on, on=facts.today
    )


def every_point_is_fit(facts: ApprovalFacts) -> bool:
    """Return whether every point was looked at and found in order."""
    return all(facts.verdicts.get(point) is ProxyVerdict.FIT for point in ProxyPoint)


def another_person_approves(facts: ApprovalFacts) -> bool:
    """Return whether two persons stand behind the approval."""
    return bool(facts.examiner) and bool(facts.decider) and facts.examiner != facts.decider


REQUEST_GUARDS: tuple[Guard[RequestFacts], ...] = (
    Guard("23.1", arrival_has_happened),
    Guard("23.1", window_is_open),
    Guard("23.1", reason_is_stated),
)
APPROVAL_GUARDS: tuple[Guard[ApprovalFacts], ...] = (
    Guard("23.1", card_is_still_awaited),
    Guard("24.1", every_point_is_fit),
    Guard("24.1", another_person_approves),
)


def check_request(facts: RequestFacts) -> None:
    """Refuse to take in a request outside its window, or one without a reason (23.1).

    Raises: GuardRefused.
    """
    check_guards(REQUEST_GUARDS, facts)


def check_proxy_approval(facts: ApprovalFacts) -> None:
    """Refuse to approve a request that is not in order, or by the person who examined it (23, 24.1).

    Raises: GuardRefused.
    """
    check_guards(APPROVAL_GUARDS, facts)
