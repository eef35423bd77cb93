"""The checklist of an examination: what is asked of which paper, and what the answers come to (8, 9.1, 46).

The wording is the operator's policy. Which questions must be among it, of whom, and which finding of the
examination each feeds is a rule and stands here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from inro.practice.enclosures import PaperKind
from inro.practice.errors import Refused
from inro.practice.examination import ExaminationFindings
from inro.practice.shown import Shown
from inro.practice.stated import ApplicantKind, NameChoice, StatedForm


class Verdict(StrEnum):
    """What the examining officer finds of one item; a match is said of anti-social forces alone (46)."""

    FIT = "fit"
    DEFICIENT = "deficient"
    HELD = "held"
    MATCH = "match"


class Applies(StrEnum):
    """Of whom an item is asked."""

    ALWAYS = "always"
    COMPANY = "company"
    SOLE_PROPRIETOR = "sole_proprietor"
    CORPORATE_NUMBER = "corporate_number"
    FORMER_SURNAME = "former_surname"
    ALIAS = "alias"
    FOREIGN = "foreign"
    AUTHORITY = "authority"
    PROXY = "proxy"


class Finding(StrEnum):
    """The finding an item feeds; each item that is not found fit is an open point besides."""

    OPEN_POINTS = "open_points"
    EXPLANATION_GIVEN = "explanation_given"
    SEALS_AFFIXED = "seals_affixed"
    APPLICANT_CONSENTS = "applicant_consents"
    ORGANIZATION_CONSENTS = "organization_consents"
    ADDRESS_AGREES = "address_agrees"
    INDIVIDUAL_NUMBER_VISIBLE = "individual_number_visible"
    PROXY_ADDRESS_AGREES = "proxy_address_agrees"


class OpenReason(StrEnum):
    """Why an item keeps an examination from being concluded (9.1)."""

    UNDECIDED = "undecided"
    CHANGED = "changed"
    HELD = "held"
    DEFICIENT = "deficient"
    MATCH = "match"
    NUMBER_NOT_LOOKED_UP = "number_not_looked_up"
    ORGANIZATION_CLOSED = "organization_closed"
    AUTHORITY_REFUSED = "authority_refused"
    PAPER_FAULTY = "paper_faulty"


class VerdictRefused(Refused):
    """A verdict that the item does not know, or one that lacks its reason; `problem` says which."""

    def __init__(self, *, item: str, problem: str) -> None:
        super().__init__(item=item, problem=problem)
        self.item = item
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """An item that no checklist may lack: of whom it is asked, by which clause, and what it feeds."""

    applies: Applies
    clause: str
    finding: Finding = Finding.OPEN_POINTS


REQUIRED: Mapping[str, Required] = MappingProxyType(
    {
        "explanation": Required(applies=Applies.ALWAYS, clause="42.6", finding=Finding.EXPLANATION_GIVEN),
        "applicant_consent": Required(
            applies=Applies.ALWAYS, clause="8.2", finding=Finding.APPLICANT_CONSENTS
        ),
        "organization_consent": Required(
            applies=Applies.COMPANY, clause="8.6", finding=Finding.ORGANIZATION_CONSENTS
        ),
        "name": Required(applies=Applies.ALWAYS, clause="8.2"),
        "romaji": Required(applies=Applies.ALWAYS, clause="8.2"),
        "home_address": Required(applies=Applies.ALWAYS, clause="8.1", finding=Finding.ADDRESS_AGREES),
        "individual_number": Required(
            applies=Applies.ALWAYS, clause="8.5", finding=Finding.INDIVIDUAL_NUMBER_VISIBLE
        ),
        "applicant_seal": Required(applies=Applies.ALWAYS, clause="8.1", finding=Finding.SEALS_AFFIXED),
        "representative_seal": Required(applies=Applies.COMPANY, clause="8.1", finding=Finding.SEALS_AFFIXED),
        "proprietor_seal": Required(
            applies=Applies.SOLE_PROPRIETOR, clause="8.1", finding=Finding.SEALS_AFFIXED
        ),
        "organization": Required(applies=Applies.COMPANY, clause="8.6"),
        "representative": Required(applies=Applies.COMPANY, clause="8.6"),
        "corporate_number": Required(applies=Applies.CORPORATE_NUMBER, clause="8.2"),
        "former_surname": Required(applies=Applies.FORMER_SURNAME, clause="8.2"),
        "alias": Required(applies=Applies.ALIAS, clause="8.3"),
        "stay_period": Required(applies=Applies.FOREIGN, clause="12.4"),
        "authority_form": Required(applies=Applies.AUTHORITY, clause="8.2"),
        "authority": Required(applies=Applies.AUTHORITY, clause="5.4"),
        "proxy_seal": Required(applies=Applies.PROXY, clause="8.1", finding=Finding.SEALS_AFFIXED),
        "proxy_address": Required(applies=Applies.PROXY, clause="23", finding=Finding.PROXY_ADDRESS_AGREES),
        "anti_social_forces": Required(applies=Applies.ALWAYS, clause="46"),
    }
)
# Nobody is asked twice: what the officers' recorded checks found is the answer (46).
ANSWERED_BY_CHECKS = "anti_social_forces"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One question: which of the form's statements is held against which paper, and why it may be deficient.

    `reasons` are templates in Japanese: they go into a letter to the applicant (9.2).
    """

    item: str
    paper: PaperKind
    clause: str
    applies: Applies
    shown: Shown
    label: str
    english: str
    reasons: tuple[str, ...]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts an officer gives it, in the order of the keys 1, 2, 3; none where checks answer."""
        if self.item == ANSWERED_BY_CHECKS:
            return ()
        return Verdict.FIT, Verdict.DEFICIENT, Verdict.HELD

    @property
    def finding(self) -> Finding:
        """What it feeds; an item of the operator's own is an open point and nothing more."""
        required = REQUIRED.get(self.item)
        return required.finding if required else Finding.OPEN_POINTS

    def check(self, verdict: Verdict, reason: str) -> None:
        """Refuse a verdict the item does not know, and a deficiency of which nobody could be told (9.2).

        Raises: VerdictRefused.
        """
        if verdict not in self.verdicts:
            raise VerdictRefused(item=self.item, problem="not_of_this_item")
        if verdict is Verdict.DEFICIENT and not reason.strip():
            raise VerdictRefused(item=self.item, problem="no_reason")

    def as_record(self) -> dict[str, Any]:
        """Return the item as JSON values."""
        record = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: value.value if isinstance(value, StrEnum) else value for name, value in record.items()
        } | {"reasons": list(self.reasons)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the item that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        known = {
            "paper": PaperKind(record["paper"]),
            "applies": Applies(record["applies"]),
            "shown": Shown(record["shown"]),
            "reasons": tuple(record["reasons"]),
        }
        return cls(**{**record, **known})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityItem:
    """A wording of an authority that the operator offers, and its code."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The items in their order; `most_systems` is of how many systems authorities may be (5.4)."""

    items: tuple[ChecklistItem, ...]
    most_systems: int
    authority_items: tuple[AuthorityItem, ...] = ()

    def of(self, form: StatedForm) -> tuple[ChecklistItem, ...]:
        """Return the items that are asked of a form, in their order."""
        return tuple(one for one in self.items if applies(one.applies, form))

    def code_of(self, text: str) -> str:
        """Return the code of an authority's wording, empty for one of the applicant's own."""
        return next((one.code for one in self.authority_items if one.text == text), "")

    def as_record(self) -> dict[str, Any]:
        """Return the checklist as JSON values: what is kept on record and hashed."""
        return {
            "items": [one.as_record() for one in self.items],
            "most_systems": self.most_systems,
            "authority_items": [{"code": one.code, "text": one.text} for one in self.authority_items],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the checklist that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        return cls(
            items=tuple(ChecklistItem.from_record(one) for one in record["items"]),
            most_systems=record["most_systems"],
            authority_items=tuple(AuthorityItem(**one) for one in record["authority_items"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The verdict on one item as it now stands; None for none, or one given of something else."""

    item: ChecklistItem
    verdict: Verdict | None


def applies(to: Applies, form: StatedForm) -> bool:
    """Return whether an item of a kind is asked of a form (5.4, 8.2, 8.3, 12.4, 23)."""
    company = form.kind is ApplicantKind.COMPANY_EMPLOYEE
    return {
        Applies.ALWAYS: True,
        Applies.COMPANY: company,
        Applies.SOLE_PROPRIETOR: not company,
        Applies.CORPORATE_NUMBER: form.organization is not None
        and form.organization.corporate_number is not None,
        Applies.FORMER_SURNAME: form.name_choice is NameChoice.FORMER_SURNAME,
        Applies.ALIAS: form.name_choice is NameChoice.ALIAS,
        Applies.FOREIGN: form.stay_ends is not None,
        Applies.AUTHORITY: bool(form.authorities),
        Applies.PROXY: form.proxy is not None,
    }[to]


def checklist_problems(items: Iterable[ChecklistItem]) -> Iterator[tuple[str, str, str]]:
    """Yield (item, problem, clause) for what makes a checklist unfit to examine by (8, 9.1)."""
    found: dict[str, ChecklistItem] = {}
    for one in items:
        if one.item in found:
            yield one.item, "there twice", one.clause
        found[one.item] = one
        if Verdict.DEFICIENT in one.verdicts and not one.reasons:
            yield one.item, "without a reason for a deficiency", "9.2"
    for name, required in REQUIRED.items():
        if name not in found:
            yield name, "missing", required.clause
        elif (found[name].applies, found[name].clause) != (required.applies, required.clause):
            yield name, f"not asked of {required.applies}, or not by {required.clause}", required.clause


def findings_of(answers: Iterable[Answer]) -> ExaminationFindings:
    """Return what the answers to all items of a form come to (8.1-8.6, 42.6).

    What is asked of nobody here holds; what is not answered does not.
    """
    given = tuple(answers)
    if not given:
        return NOTHING_EXAMINED

    def holds(finding: Finding) -> bool:
        return all(one.verdict is Verdict.FIT for one in given if one.item.finding is finding)

    has_proxy = any(one.item.finding is Finding.PROXY_ADDRESS_AGREES for one in given)
    return ExaminationFindings(
        open_points=sum(one.verdict is not Verdict.FIT for one in given),
        explanation_given=holds(Finding.EXPLANATION_GIVEN),
        seals_affixed=holds(Finding.SEALS_AFFIXED),
        applicant_consents=holds(Finding.APPLICANT_CONSENTS),
        organization_consents=holds(Finding.ORGANIZATION_CONSENTS),
        address_agrees=holds(Finding.ADDRESS_AGREES),
        individual_number_visible=not holds(Finding.INDIVIDUAL_NUMBER_VISIBLE),
        proxy_address_agrees=holds(Finding.PROXY_ADDRESS_AGREES) if has_proxy else None,
    )


NOTHING_EXAMINED = ExaminationFindings(
    open_points=1,
    explanation_given=False,
    seals_affixed=False,
    applicant_consents=False,
    organization_consents=False,
    address_agrees=False,
    individual_number_visible=True,
)


def open_reason(verdict: Verdict | None, *, changed: bool) -> OpenReason | None:
    """Return why a verdict leaves its item open, or None; `changed` says it was given of something else."""
    if verdict is None:
        return OpenReason.UNDECIDED
    if changed:
        return OpenReason.CHANGED
    return _OPEN.get(verdict)


_OPEN = {
    Verdict.HELD: OpenReason.HELD,
    Verdict.DEFICIENT: OpenReason.DEFICIENT,
    Verdict.MATCH: OpenReason.MATCH,
}
