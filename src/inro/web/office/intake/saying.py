"""What the desk's pages say of a refusal: what is wrong and what to do, beside the field it is of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from inro.paper.scan.errors import FileRefused
from inro.ports.errors import PortError
from inro.practice.campaign import CampaignRefused
from inro.practice.errors import Refused
from inro.practice.intake import EnclosureRefused, NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.mass_revocation import PlanRefused
from inro.practice.packing import PackingRefused
from inro.practice.parcels import WrongContents, WrongTrackingNumber
from inro.practice.powers import PowerRefused
from inro.practice.revocation import RequestNotRefusable, RequestRefused
from inro.practice.transitions import GuardRefused
from inro.store.errors import StoreError
from inro.words.campaigns import campaign_problem_words
from inro.words.conditions import condition_words
from inro.words.intake import fault_words, problem_words
from inro.words.letters import letter_problem_words
from inro.words.mass_revocation import plan_problem_words
from inro.words.post import contents_words, post_problem_words, tracking_words
from inro.words.refusals import refusal_words
from inro.words.revocation import not_refusable_words, request_problem_words

# What an act may answer instead of doing as asked; anything else is a mistake of the program.
REFUSALS = (Refused, PortError, StoreError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One refusal in words; `field` is the id of the field on the page, empty for none."""

    words: str
    field: str = ""


# What names the field to correct, and what tells it.
_OF_A_FIELD: tuple[tuple[type[Refused], Callable[[Any, str], str]], ...] = (
    (EnclosureRefused, problem_words),
    (LetterRefused, letter_problem_words),
    (CampaignRefused, campaign_problem_words),
    (PlanRefused, plan_problem_words),
    (PackingRefused, post_problem_words),
    (PowerRefused, post_problem_words),
    (RequestRefused, request_problem_words),
)


def said(refusal: Exception, *, suffix: str = "") -> Said:
    """Return a refusal in the page's language; `suffix` tells the fields of several papers apart."""
    language = get_language() or "ja"
    for kind, words_of in _OF_A_FIELD:
        if isinstance(refusal, kind):
            field = getattr(refusal, "field", "")
            return Said(words=words_of(refusal, language), field=f"{field}{suffix}")
    if isinstance(refusal, GuardRefused):
        told = GuardRefused(guard=condition_words(refusal.guard, language), clause=refusal.clause)
        return Said(words=refusal_words(told, language))
    if isinstance(refusal, RequestNotRefusable):
        return Said(words=not_refusable_words(refusal, language))
    if isinstance(refusal, WrongContents):
        return Said(words=contents_words(refusal, language), field="scans")
    if isinstance(refusal, WrongTrackingNumber):
        return Said(words=tracking_words(refusal, language), field="scans")
    if isinstance(refusal, FileRefused):
        return Said(words=fault_words(refusal.fault, language))
    field = f"{refusal.field}{suffix}" if isinstance(refusal, NumberInText) else ""
    do = getattr(refusal, "do", "")
    words = refusal_words(refusal, language)
    return Said(words=f"{words} ({do})" if do and language != "ja" else words, field=field)
