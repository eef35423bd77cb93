"""A parcel that is on its way, called back from the post, and what came of it (17.4, 21.1, 22.1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inro.practice.transitions import Guard, GuardRefused, check_guards


class CallBackOutcome(StrEnum):
    """What the post answered; a parcel that was stopped still has to come back."""

    STOPPED = "stopped"
    DELIVERED = "delivered"
    NOT_STOPPED = "not_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackFacts:
    """What is known when the post was asked; all days in Japan."""

    revocation_stands: bool
    is_on_its_way: bool
    posted_on: date
    asked_on: date
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """What is known when the post has answered; all days in Japan."""

    asked_on: date
    answered_on: date
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfUseFacts:
    """What is known of a card that is to be taken out of use for good."""

    was_sent: bool
    revocation_stands: bool
    is_revoked: bool


def a_revocation_stands(facts: CallBackFacts) -> bool:
    """Return whether the certificate is revoked, or its revocation under way."""
    return facts.revocation_stands


def parcel_is_on_its_way(facts: CallBackFacts) -> bool:
    """Return whether the post still has the card."""
    return facts.is_on_its_way


def asked_after_posting(facts: CallBackFacts) -> bool:
    """Return whether there was a parcel at the post to ask for."""
    return facts.posted_on <= facts.asked_on


def asking_has_happened(facts: CallBackFacts) -> bool:
    """Return whether the day is no later than today."""
    return facts.asked_on <= facts.today


def answered_after_asking(facts: AnswerFacts) -> bool:
    """Return whether the answer follows the question."""
    return facts.asked_on <= facts.answered_on


def answer_has_happened(facts: AnswerFacts) -> bool:
    """Return whether the day is no later than today."""
    return facts.answered_on <= facts.today


def nobody_may_be_sent_the_card(facts: OutOfUseFacts) -> bool:
    """Return whether the card has no use left; one never sent, or not yet surely revoked, still has."""
    return facts.is_revoked or (facts.was_sent and not facts.revocation_stands)


CALL_BACK_GUARDS: tuple[Guard[CallBackFacts], ...] = (
    Guard("22.1", a_revocation_stands),
    Guard("17.4", parcel_is_on_its_way),
    Guard("17.4", asked_after_posting),
    Guard("17.4", asking_has_happened),
)
ANSWER_GUARDS: tuple[Guard[AnswerFacts], ...] = (
    Guard("17.4", answered_after_asking),
    Guard("17.4", answer_has_happened),
)

OUT_OF_USE_GUARDS: tuple[Guard[OutOfUseFacts], ...] = (Guard("22.1", nobody_may_be_sent_the_card),)


def check_call_back(facts: CallBackFacts) -> None:
    """Refuse to call back what no revocation stands against, or what the post has not (17.4, 22.1).

    Raises: GuardRefused.
    """
    check_guards(CALL_BACK_GUARDS, facts)


def check_kept_back(*, revocation_stands: bool) -> None:
    """Refuse to hold back a parcel that no revocation stands against (22.1).

    Raises: GuardRefused.
    """
    if not revocation_stands:
        raise GuardRefused(guard=a_revocation_stands.__name__, clause="22.1")


def check_answer(facts: AnswerFacts) -> None:
    """Refuse an answer of a day on which the post cannot have given it (17.4).

    Raises: GuardRefused.
    """
    check_guards(ANSWER_GUARDS, facts)


def check_out_of_use(facts: OutOfUseFacts) -> None:
    """Refuse to take a card out of use that its subscriber may still be sent (17.2, 22.1).

    Raises: GuardRefused.
    """
    check_guards(OUT_OF_USE_GUARDS, facts)
