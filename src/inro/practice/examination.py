"""What examination finds, and what must hold to accept, reject or issue (6.1, 8, 9, 17.4, 23, 42.6, 46).

That the deciding person is not the examining one is a guard like the others and has no switch.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Self

from inro.practice.antisocial import OfficerCheck, checked_by, is_matched
from inro.practice.application import TerminationReason
from inro.practice.calendar import jst_date
from inro.practice.corporate_number import ConfirmationOutcome, ConfirmedNumber
from inro.practice.transitions import Guard, check_guards
from inro.practice.validity import ValidityPeriod, last_day_for_issuing


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationFindings:
    """What the examination found; recorded when it is concluded, good or bad (8.1-8.6, 42.6).

    `address_agrees` compares with the resident record, `proxy_address_agrees` with the proxy recipient's seal
    registration certificate: None where there is no proxy. `organization_consents` is true for a sole
    proprietor.
    """

    open_points: int
    explanation_given: bool
    seals_affixed: bool
    applicant_consents: bool
    organization_consents: bool
    address_agrees: bool
    individual_number_visible: bool
    proxy_address_agrees: bool | None = None

    def as_record(self) -> dict[str, Any]:
        """Return the findings as JSON values."""
        return {field.name: getattr(self, field.name) for field in fields(ExaminationFindings)}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """Return the findings that `as_record` wrote.

        Raises: TypeError for a record of another shape.
        """
        return cls(**record)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceFacts(ExaminationFindings):
    """What examination found, who examined and who is about to decide.

    `certified_number` is the Corporate Number that the certificate will show, `looked_up` the one last looked
    for in the public register; None where there is none. `antisocial_checks` are all that were recorded (46).
    """

    examiner: str
    decider: str
    certified_number: str | None = None
    looked_up: ConfirmedNumber | None = None
    antisocial_checks: tuple[OfficerCheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionFacts:
    """What the file says when an application is to be rejected."""

    examiner: str
    decider: str
    reason: str
    correction_time_runs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuanceFacts:
    """What the order says when a certificate is to be issued."""

    examiner: str
    decider: str
    issued_at: datetime
    examination_ended_at: datetime
    period: ValidityPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationFacts:
    """What the file says when an accepted application is to be ended before issuance.

    `last_day` is that of the service, None while none is decided.
    """

    reason: TerminationReason
    now: datetime
    examination_ended_at: datetime
    period: ValidityPeriod
    card_is_being_made: bool
    last_day: date | None = None


def another_person_decides(facts: AcceptanceFacts | RejectionFacts | IssuanceFacts) -> bool:
    """Return whether two persons stand behind the decision."""
    return bool(facts.examiner) and bool(facts.decider) and facts.examiner != facts.decider


def nothing_is_open(facts: AcceptanceFacts) -> bool:
    """Return whether the examination left no question."""
    return facts.open_points == 0


def explanation_is_recorded(facts: AcceptanceFacts) -> bool:
    """Return whether the statutory explanation was given."""
    return facts.explanation_given


def form_is_sealed(facts: AcceptanceFacts) -> bool:
    """Return whether the form bears every seal it needs."""
    return facts.seals_affixed


def applicant_consents(facts: AcceptanceFacts) -> bool:
    """Return whether the applicant consents to terms, CPS and content."""
    return facts.applicant_consents


def organization_consents(facts: AcceptanceFacts) -> bool:
    """Return whether the representative consents to the organization's data."""
    return facts.organization_consents


def address_agrees(facts: AcceptanceFacts) -> bool:
    """Return whether the address is the resident record's."""
    return facts.address_agrees


def proxy_address_agrees(facts: AcceptanceFacts) -> bool:
    """Return whether a proxy recipient's address is the seal registration certificate's."""
    return facts.proxy_address_agrees is not False


def no_individual_number_shows(facts: AcceptanceFacts) -> bool:
    """Return whether every Individual Number is blacked out."""
    return not facts.individual_number_visible


def organization_is_not_closed(facts: AcceptanceFacts) -> bool:
    """Return whether the register does not say that the organization no longer exists."""
    return facts.looked_up is None or facts.looked_up.outcome is not ConfirmationOutcome.CLOSED


def corporate_number_is_confirmed(facts: AcceptanceFacts) -> bool:
    """Return whether the certificate shows no Corporate Number but one the register was found to hold."""
    if facts.certified_number is None:
        return True
    confirmed = ConfirmedNumber(number=facts.certified_number, outcome=ConfirmationOutcome.CONFIRMED)
    return facts.looked_up == confirmed


def no_match_is_found(facts: AcceptanceFacts) -> bool:
    """Return whether no officer's check found anti-social forces."""
    return not is_matched(facts.antisocial_checks)


def both_have_checked(facts: AcceptanceFacts) -> bool:
    """Return whether examining and deciding officer each looked for anti-social forces."""
    return checked_by(facts.antisocial_checks) >= {facts.examiner, facts.decider}


def reason_is_given(facts: RejectionFacts) -> bool:
    """Return whether the applicant can be told why."""
    return bool(facts.reason.strip())


def correction_time_is_over(facts: RejectionFacts) -> bool:
    """Return whether no time to correct the papers is left running."""
    return not facts.correction_time_runs


def five_years_are_kept(facts: IssuanceFacts) -> bool:
    """Return whether the certificate would end within the law's five years."""
    last = last_day_for_issuing(examination_ended_at=facts.examination_ended_at, period=facts.period)
    return jst_date(facts.issued_at) <= last


def no_card_is_being_made(facts: TerminationFacts) -> bool:
    """Return whether neither station nor signer works on the application's card (17.1)."""
    return not facts.card_is_being_made


def five_years_are_over_where_said(facts: TerminationFacts) -> bool:
    """Return whether no certificate fits into the law's five years any more, where that is the reason."""
    last = last_day_for_issuing(examination_ended_at=facts.examination_ended_at, period=facts.period)
    return facts.reason is not TerminationReason.FIVE_YEARS_OVER or jst_date(facts.now) > last


def service_has_ended_where_said(facts: TerminationFacts) -> bool:
    """Return whether the service's last day has come, where that is the reason (11)."""
    ended = facts.last_day is not None and jst_date(facts.now) >= facts.last_day
    return facts.reason is not TerminationReason.SERVICE_ENDED or ended


ACCEPTANCE_GUARDS: tuple[Guard[AcceptanceFacts], ...] = (
    Guard("9.1", another_person_decides),
    Guard("9.1", nothing_is_open),
    Guard("42.6", explanation_is_recorded),
    Guard("8.1", form_is_sealed),
    Guard("8.1", address_agrees),
    Guard("8.2", applicant_consents),
    Guard("8.2", organization_is_not_closed),
    Guard("8.2", corporate_number_is_confirmed),
    Guard("8.5", no_individual_number_shows),
    Guard("8.6", organization_consents),
    Guard("23", proxy_address_agrees),
    Guard("46", no_match_is_found),
    Guard("46", both_have_checked),
)
REJECTION_GUARDS: tuple[Guard[RejectionFacts], ...] = (
    Guard("9.2", another_person_decides),
    Guard("9.2", reason_is_given),
    Guard("9.2", correction_time_is_over),
)
ISSUANCE_GUARDS: tuple[Guard[IssuanceFacts], ...] = (
    Guard("9.1", another_person_decides),
    Guard("6.1", five_years_are_kept),
)


TERMINATION_GUARDS: tuple[Guard[TerminationFacts], ...] = (
    Guard("17.1", no_card_is_being_made),
    Guard("6.1", five_years_are_over_where_said),
    Guard("11", service_has_ended_where_said),
)


def check_acceptance(facts: AcceptanceFacts) -> None:
    """Refuse an acceptance that lacks a condition (9.1).

    Raises: GuardRefused.
    """
    check_guards(ACCEPTANCE_GUARDS, facts)


def check_rejection(facts: RejectionFacts) -> None:
    """Refuse a rejection that lacks a condition (9.2).

    Raises: GuardRefused.
    """
    check_guards(REJECTION_GUARDS, facts)


def check_issuance(facts: IssuanceFacts) -> None:
    """Refuse an issuance that lacks a condition (6.1, 9.1, 17.1).

    Raises: GuardRefused, InstantWithoutZone.
    """
    check_guards(ISSUANCE_GUARDS, facts)


def check_termination(facts: TerminationFacts) -> None:
    """Refuse to end an accepted application for five years, or a service, that are not over (6.1, 11, 16).

    Raises: GuardRefused, InstantWithoutZone.
    """
    check_guards(TERMINATION_GUARDS, facts)
