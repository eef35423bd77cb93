"""The end of the service: told, all revoked, last lists, keys destroyed, records handed over (11)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from inro.practice.calendar import end_of_day, jst_date
from inro.practice.campaign import CampaignKind, CampaignState
from inro.practice.day_sum import DaySum
from inro.practice.errors import Refused
from inro.practice.transitions import Guard, first_lacking, follow

_MONTHS_A_YEAR = 12


class DiscontinuationState(StrEnum):
    """How far the end of the service is."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    TOLD = "told"
    REVOKED = "revoked"
    LISTS_PROPOSED = "lists_proposed"
    LISTS_DECIDED = "lists_decided"
    LISTED = "listed"
    KEYS_DESTROYED = "keys_destroyed"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"


class DiscontinuationAct(StrEnum):
    """What brings the end of the service on."""

    PROPOSE = "propose"
    DECIDE = "decide"
    CONFIRM_TOLD = "confirm_told"
    CONFIRM_REVOKED = "confirm_revoked"
    PROPOSE_LISTS = "propose_lists"
    DECIDE_LISTS = "decide_lists"
    SIGN_LISTS = "sign_lists"
    DESTROY_KEYS = "destroy_keys"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"


_S = DiscontinuationState
_A = DiscontinuationAct
TRANSITIONS: Mapping[tuple[DiscontinuationState, DiscontinuationAct], DiscontinuationState] = (
    MappingProxyType(
        {
            # A proposal whose four weeks ran out is made again.
            (_S.PROPOSED, _A.PROPOSE): _S.PROPOSED,
            (_S.PROPOSED, _A.DECIDE): _S.DECIDED,
            (_S.PROPOSED, _A.WITHDRAW): _S.WITHDRAWN,
            (_S.DECIDED, _A.WITHDRAW): _S.WITHDRAWN,
            (_S.DECIDED, _A.CONFIRM_TOLD): _S.TOLD,
            (_S.TOLD, _A.WITHDRAW): _S.WITHDRAWN,
            # All at once, by a mass revocation of the campaign's list.
            (_S.TOLD, _A.CONFIRM_REVOKED): _S.REVOKED,
            (_S.REVOKED, _A.PROPOSE_LISTS): _S.LISTS_PROPOSED,
            (_S.LISTS_PROPOSED, _A.PROPOSE_LISTS): _S.LISTS_PROPOSED,
            (_S.LISTS_PROPOSED, _A.DECIDE_LISTS): _S.LISTS_DECIDED,
            # Signed too late, or under another roster: decided anew.
            (_S.LISTS_DECIDED, _A.PROPOSE_LISTS): _S.LISTS_PROPOSED,
            (_S.LISTS_DECIDED, _A.SIGN_LISTS): _S.LISTED,
            (_S.LISTED, _A.DESTROY_KEYS): _S.KEYS_DESTROYED,
            (_S.KEYS_DESTROYED, _A.HAND_OVER): _S.HANDED_OVER,
        }
    )
)
# Decided and not taken back: the last day holds.
BINDING: frozenset[DiscontinuationState] = frozenset(DiscontinuationState) - {_S.PROPOSED, _S.WITHDRAWN}


class ServiceEnded(Refused):
    """The service has ended: no application is taken any more, no card made, no certificate issued (11)."""

    def __init__(self, *, last_day: date) -> None:
        super().__init__(last_day=last_day.isoformat())
        self.last_day = last_day


class NotAllTold(Refused):
    """Somebody's letter of the discontinuation is missing or came late; another day is chosen (11.2)."""

    def __init__(self, *, deadline: date, missing: int, late: int) -> None:
        super().__init__(deadline=deadline.isoformat(), missing=missing, late=late)
        self.deadline = deadline
        self.missing = missing
        self.late = late


class StillValid(Refused):
    """Certificates are still valid on a day on which all are to be revoked (11.3)."""

    def __init__(self, *, certificates: int) -> None:
        super().__init__(certificates=certificates)
        self.certificates = certificates


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What is known of the plan when it is proposed, decided or taken back."""

    campaign_kind: CampaignKind
    campaign_state: CampaignState
    last_day: date
    told_by: date
    today: date


def campaign_tells_of_the_end(facts: PlanFacts) -> bool:
    """Return whether the campaign is one of discontinuation and stands (11.2)."""
    stands = facts.campaign_state is not CampaignState.WITHDRAWN
    return facts.campaign_kind is CampaignKind.DISCONTINUATION and stands


def letters_can_still_arrive(facts: PlanFacts) -> bool:
    """Return whether the last day for the letters is still to come (11.2)."""
    return facts.today <= facts.told_by


def last_day_is_to_come(facts: PlanFacts) -> bool:
    """Return whether the last day has not begun: afterwards nothing is taken back (11.3)."""
    return facts.today < facts.last_day


PLAN_GUARDS: tuple[Guard[PlanFacts], ...] = (
    Guard("11.2", campaign_tells_of_the_end),
    Guard("11.2", letters_can_still_arrive),
)
WITHDRAWAL_GUARDS: tuple[Guard[PlanFacts], ...] = (Guard("11.3", last_day_is_to_come),)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFacts:
    """What is known once the last day has come; the repository's halves are web and directory (4(6))."""

    last_day: date
    today: date
    last_lists_in_both_halves: bool = True
    destroyed_key_is_the_cas: bool = True
    receiver_is_named: bool = True
    manifest_is_receipted: bool = True


def last_day_has_come(facts: EndFacts) -> bool:
    """Return whether the day is there on which every certificate is revoked (11.3)."""
    return facts.today >= facts.last_day


def last_lists_are_in_both_halves(facts: EndFacts) -> bool:
    """Return whether web and directory give the last lists: without the key there is no other (26.1)."""
    return facts.last_lists_in_both_halves


def destroyed_key_is_the_cas(facts: EndFacts) -> bool:
    """Return whether the ceremony's record is of the key in the CA's certificate (11)."""
    return facts.destroyed_key_is_the_cas


def receiver_is_named(facts: EndFacts) -> bool:
    """Return whether the record can say who keeps the records from now on (40(4))."""
    return facts.receiver_is_named


def manifest_is_receipted(facts: EndFacts) -> bool:
    """Return whether the receipt names the hash of what was handed over (40(4))."""
    return facts.manifest_is_receipted


REVOKED_GUARDS: tuple[Guard[EndFacts], ...] = (Guard("11.3", last_day_has_come),)
DESTRUCTION_GUARDS: tuple[Guard[EndFacts], ...] = (
    Guard("26.1", last_lists_are_in_both_halves),
    Guard("11", destroyed_key_is_the_cas),
)
HAND_OVER_GUARDS: tuple[Guard[EndFacts], ...] = (
    Guard("40(4)", receiver_is_named),
    Guard("40(4)", manifest_is_receipted),
)


def next_state(state: DiscontinuationState, act: DiscontinuationAct) -> DiscontinuationState:
    """Return the state after an act.

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)


def check_told(*, deadline: date, missing: int, late: int) -> None:
    """Refuse to go on while a subscriber was not told in time (11.2).

    Raises: NotAllTold.
    """
    if missing or late:
        raise NotAllTold(deadline=deadline, missing=missing, late=late)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """The last day of the service, None where none is decided; today in Japan."""

    last_day: date | None
    today: date


def service_has_not_ended(facts: ServiceFacts) -> bool:
    """Return whether cards and certificates are still made: not on the last day, which revokes all (11)."""
    return facts.last_day is None or facts.today < facts.last_day


SERVICE_GUARDS: tuple[Guard[ServiceFacts], ...] = (Guard("11", service_has_not_ended),)


def check_open(*, last_day: date | None, now: datetime) -> None:
    """Refuse what makes or asks for a certificate from the last day on; `last_day` is None without one (11).

    Raises: ServiceEnded.
    """
    facts = ServiceFacts(last_day=last_day, today=jst_date(now))
    if last_day is not None and first_lacking(SERVICE_GUARDS, facts) is not None:
        raise ServiceEnded(last_day=last_day)


def discontinuation_plan(*, campaign: str, subject_sha256: str, last_day: date) -> dict[str, Any]:
    """Return what two officers sign who end the service: the day, and the campaign that tells of it (11)."""
    return {"campaign": campaign, "subject_sha256": subject_sha256, "last_day": last_day.isoformat()}


def last_lists_plan(*, until: datetime, revoked: int, entries_sha256: str) -> dict[str, Any]:
    """Return what two officers sign of the last lists: how long they stand, what is on them (26, 39.4)."""
    return {
        "next_update": until.isoformat(timespec="seconds"),
        "revoked": revoked,
        "entries_sha256": entries_sha256,
    }


def entries_sha256(entries: Iterable[bytes]) -> str:
    """Return the SHA-256 of encoded entries, joined in the order of their octets: of a set, not of a list."""
    hashed = hashlib.sha256()
    for entry in sorted(entries):
        hashed.update(entry)
    return hashed.hexdigest()


def last_lists_day(*, last_not_after: datetime, retention_years: int) -> DaySum:
    """Return the last day of the last lists: records of the last certificate are kept as long (40(4))."""
    return DaySum.of(jst_date(last_not_after)).plus_months(retention_years * _MONTHS_A_YEAR)


def last_lists_until(*, last_not_after: datetime, retention_years: int) -> datetime:
    """Return the nextUpdate of the last lists, whole seconds of UTC (26.2, 40(4))."""
    day_sum = last_lists_day(last_not_after=last_not_after, retention_years=retention_years)
    return end_of_day(day_sum.day).replace(microsecond=0)
