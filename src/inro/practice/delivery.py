"""What must hold to post a card, to take doubts, to let a slip close delivery (17.4, 18.4-18.6, 24.1)."""

from dataclasses import dataclass
from datetime import date

from inro.practice.certificate import CertificateState
from inro.practice.transitions import Guard, check_guards, first_lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingFacts:
    """What is known when a card is to be posted.

    `revocation_stands` where a case is open that was not refused; `addressee_confirmed` is the address of
    17.4 or 24.1.
    """

    certificate_state: CertificateState
    revocation_stands: bool
    packing_checked: bool
    addressee_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts:
    """What the slip shows; its seal is compared with the registered one."""

    name_agrees: bool
    registered_seal_agrees: bool
    doubts_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtFacts:
    """What is known when doubts about the content are told; all days in Japan."""

    dispatched_on: date
    contacted_on: date
    today: date


def certificate_is_valid(facts: PostingFacts) -> bool:
    """Return whether the card still carries a valid certificate."""
    return facts.certificate_state is CertificateState.VALID


def no_revocation_stands(facts: PostingFacts) -> bool:
    """Return whether nobody has asked that the certificate be revoked, or was refused."""
    return not facts.revocation_stands


def packing_is_checked(facts: PostingFacts) -> bool:
    """Return whether the parcel's contents were scanned."""
    return facts.packing_checked


def addressee_is_confirmed(facts: PostingFacts) -> bool:
    """Return whether the address is the verified one."""
    return facts.addressee_confirmed


def no_doubts_are_open(facts: SlipFacts) -> bool:
    """Return whether the content is undisputed."""
    return not facts.doubts_open


def name_agrees(facts: SlipFacts) -> bool:
    """Return whether the slip bears the subscriber's name."""
    return facts.name_agrees


def registered_seal_agrees(facts: SlipFacts) -> bool:
    """Return whether the slip bears the registered seal."""
    return facts.registered_seal_agrees


def contact_follows_the_dispatch(facts: DoubtFacts) -> bool:
    """Return whether there was a card to have doubts about."""
    return facts.dispatched_on <= facts.contacted_on


def contact_has_happened(facts: DoubtFacts) -> bool:
    """Return whether the day of the contact is no later than today."""
    return facts.contacted_on <= facts.today


POSTING_GUARDS: tuple[Guard[PostingFacts], ...] = (
    Guard("17.4", certificate_is_valid),
    Guard("22.1", no_revocation_stands),
    Guard("17.4", packing_is_checked),
    Guard("17.4", addressee_is_confirmed),
)
DOUBT_GUARDS: tuple[Guard[DoubtFacts], ...] = (
    Guard("18.5", contact_follows_the_dispatch),
    Guard("18.5", contact_has_happened),
)
SLIP_GUARDS: tuple[Guard[SlipFacts], ...] = (
    Guard("18.5", no_doubts_are_open),
    Guard("18.4", name_agrees),
    Guard("18.4", registered_seal_agrees),
)


def check_posting(facts: PostingFacts) -> None:
    """Refuse to post a card that may not go out (17.4, 24.1).

    Raises: GuardRefused.
    """
    check_guards(POSTING_GUARDS, facts)


def check_doubts(facts: DoubtFacts) -> None:
    """Refuse to record doubts of a day on which nobody can have had them (18.5).

    Raises: GuardRefused.
    """
    check_guards(DOUBT_GUARDS, facts)


def why_parked(facts: SlipFacts) -> str | None:
    """Return the name of the condition for which a slip confirms nothing, or None (18.4-18.6)."""
    lacking = first_lacking(SLIP_GUARDS, facts)
    return lacking.name if lacking else None


def check_confirming_slip(facts: SlipFacts) -> None:
    """Refuse to confirm receipt by a slip that does not show it (18.4-18.6).

    Raises: GuardRefused.
    """
    check_guards(SLIP_GUARDS, facts)
