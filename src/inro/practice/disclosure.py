"""When data held on a subscriber are handed out, to whom, and what is refused (28, 40(4), 41, 44.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from inro.practice.editions import Terms
from inro.practice.errors import Refused
from inro.practice.fees import postal_order_is_valid
from inro.practice.letters import LetterRefused


class DisclosureScope(StrEnum):
    """What is handed out (40(4))."""

    FORM_AND_ENCLOSURES = "form_and_enclosures"
    CERTIFICATE_CONTENT = "certificate_content"


class DisclosureBasis(StrEnum):
    """On what ground data leave the house.

    `infringed_person` is somebody named as subscriber who says that their rights are infringed (ordinance
    6(14)): without delay and without fee. `law_enforcement` needs its legal ground (41, 44.2).
    """

    SUBSCRIBER = "subscriber"
    INFRINGED_PERSON = "infringed_person"
    LAW_ENFORCEMENT = "law_enforcement"


class DisclosureRefused(Refused):
    """A condition of the disclosure is not met."""

    def __init__(self, *, problem: str, clause: str) -> None:
        super().__init__(problem=problem, clause=clause)
        self.problem = problem
        self.clause = clause


class CorrectionRefused(Refused):
    """What must be kept is neither corrected nor deleted nor returned (28, 40(4))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRequest:
    """A request as it came; `name_on_form` must be the certificate's, the former surname where it has one."""

    basis: DisclosureBasis
    written: bool
    identity_checked: bool
    name_on_form: str
    name_in_certificate: str
    order_issued_on: date | None = None
    legal_ground: str = ""


LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRequest:
    """What an authority asked for: on which article of law, by which paper, and what of it (41, 44.2)."""

    authority: str
    ground: str
    reference: str
    asked_on: date
    scope: tuple[DisclosureScope, ...]

    def as_record(self) -> dict[str, Any]:
        """Return the request as JSON values: what an officer signs."""
        return {
            "authority": self.authority,
            "ground": self.ground,
            "reference": self.reference,
            "asked_on": self.asked_on.isoformat(),
            "scope": [one.value for one in self.scope],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the request that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        return cls(
            authority=record["authority"],
            ground=record["ground"],
            reference=record["reference"],
            asked_on=date.fromisoformat(record["asked_on"]),
            scope=tuple(DisclosureScope(one) for one in record["scope"]),
        )


def check_authority_request(*, request: AuthorityRequest, on: date) -> None:
    """Refuse to hand anything to an authority without its name, legal ground and paper (41, 44.2).

    Raises: LetterRefused naming what to correct.
    """
    texts = {"authority": request.authority, "ground": request.ground, "reference": request.reference}
    for name, text in texts.items():
        if not text.strip():
            raise LetterRefused(field=name, problem="missing")
        if len(text) > LONGEST_TEXT:
            raise LetterRefused(field=name, problem="too_long")
    if not request.scope:
        raise LetterRefused(field="scope", problem="missing")
    if request.asked_on > on:
        raise LetterRefused(field="asked_on", problem="later")


def check_disclosure(*, request: DisclosureRequest, on: date, terms: Terms) -> None:
    """Refuse a disclosure that lacks a condition of its basis (28, 40(4), 41, 44.2).

    Raises: DisclosureRefused.
    """
    if request.basis is DisclosureBasis.LAW_ENFORCEMENT:
        if not request.legal_ground.strip():
            raise DisclosureRefused(problem="no-legal-ground", clause="41")
        return
    if not request.written:
        raise DisclosureRefused(problem="not-written", clause="40(4)")
    if not request.identity_checked:
        raise DisclosureRefused(problem="identity-not-checked", clause="40(4)")
    if request.basis is DisclosureBasis.SUBSCRIBER:
        _check_subscriber(request=request, on=on, terms=terms)


def _check_subscriber(*, request: DisclosureRequest, on: date, terms: Terms) -> None:
    if request.name_on_form != request.name_in_certificate:
        raise DisclosureRefused(problem="other-name", clause="40(4)")
    if not terms.disclosure_fee:
        return
    if request.order_issued_on is None:
        raise DisclosureRefused(problem="no-fee", clause="33")
    if not postal_order_is_valid(issued_on=request.order_issued_on, on=on, terms=terms):
        raise DisclosureRefused(problem="order-expired", clause="33")


def check_correction(*, disposal_from: date, on: date) -> None:
    """Refuse to correct, delete or return what is still kept (28, 40(4)).

    Raises: CorrectionRefused.
    """
    if on < disposal_from:
        raise CorrectionRefused(disposal_from=disposal_from.isoformat(), clause="28")
