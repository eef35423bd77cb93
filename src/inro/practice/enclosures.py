"""Which papers belong into the envelope, and which of them are too old (8.1, 8.2, 8.4, 8.5, 23).

That copies and papers of more than three months are deficient is practice, so the age stands in the edition.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inro.practice.calendar import add_months
from inro.practice.editions import Terms
from inro.practice.stated import ApplicantKind, NameChoice, StatedForm


class PaperKind(StrEnum):
    """A kind of paper that comes with a case."""

    APPLICATION_FORM = "application_form"
    FORMER_SURNAME_FORM = "former_surname_form"
    AUTHORITY_FORM = "authority_form"
    PROXY_FORM = "proxy_form"
    RESIDENT_RECORD = "resident_record"
    FAMILY_REGISTER = "family_register"
    SEAL_CERTIFICATE = "seal_certificate"
    REPRESENTATIVE_SEAL_CERTIFICATE = "representative_seal_certificate"
    COMMERCIAL_REGISTRY = "commercial_registry"
    PROXY_SEAL_CERTIFICATE = "proxy_seal_certificate"
    REVOCATION_APPLICATION = "revocation_application"
    REVOCATION_REQUEST = "revocation_request"
    DISCLOSURE_REQUEST = "disclosure_request"
    RECEIPT_SLIP = "receipt_slip"
    REPLY_SHEET = "reply_sheet"
    CHECKLIST = "checklist"
    ENVELOPE_LABEL = "envelope_label"
    OTHER = "other"


# What an authority issues; its date of issue counts (8.4).
ISSUED_PAPERS: frozenset[PaperKind] = frozenset(
    {
        PaperKind.RESIDENT_RECORD,
        PaperKind.FAMILY_REGISTER,
        PaperKind.SEAL_CERTIFICATE,
        PaperKind.REPRESENTATIVE_SEAL_CERTIFICATE,
        PaperKind.COMMERCIAL_REGISTRY,
        PaperKind.PROXY_SEAL_CERTIFICATE,
    }
)
# What bears a seal: the sheet itself is kept, not only its picture (8.1, 18.4, 21.2, 23).
SEALED_PAPERS: frozenset[PaperKind] = frozenset(
    {
        PaperKind.APPLICATION_FORM,
        PaperKind.FORMER_SURNAME_FORM,
        PaperKind.AUTHORITY_FORM,
        PaperKind.PROXY_FORM,
        PaperKind.REVOCATION_APPLICATION,
        PaperKind.REVOCATION_REQUEST,
        PaperKind.DISCLOSURE_REQUEST,
        PaperKind.RECEIPT_SLIP,
    }
)
# What may show an Individual Number, and so is looked at page by page (8.5).
NUMBER_PAPERS: frozenset[PaperKind] = frozenset({PaperKind.RESIDENT_RECORD})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredPaper:
    """A paper that an application needs, and the clause that asks for it."""

    kind: PaperKind
    clause: str

    @property
    def is_issued(self) -> bool:
        """Whether an authority issues it, so that its age counts."""
        return self.kind in ISSUED_PAPERS


def required_papers(form: StatedForm) -> tuple[RequiredPaper, ...]:
    """Return the papers that belong with a form, in the order of the checklist (8.1, 8.2, 8.4, 23)."""
    return tuple(RequiredPaper(kind=kind, clause=clause) for kind, clause in _required(form))


def _required(form: StatedForm) -> Iterator[tuple[PaperKind, str]]:
    yield PaperKind.APPLICATION_FORM, "8.1"
    if form.name_choice is NameChoice.FORMER_SURNAME:
        yield PaperKind.FORMER_SURNAME_FORM, "8.2"
    if form.authorities:
        yield PaperKind.AUTHORITY_FORM, "8.2"
    yield PaperKind.RESIDENT_RECORD, "8.1"
    if form.name_choice is NameChoice.FORMER_SURNAME:
        yield PaperKind.FAMILY_REGISTER, "8.2"
    yield PaperKind.SEAL_CERTIFICATE, "8.1"
    if form.kind is ApplicantKind.COMPANY_EMPLOYEE:
        yield PaperKind.COMMERCIAL_REGISTRY, "8.6"
        yield PaperKind.REPRESENTATIVE_SEAL_CERTIFICATE, "8.1"
    if form.proxy is not None:
        yield PaperKind.PROXY_SEAL_CERTIFICATE, "8.1"


def is_too_old(*, issued_on: date, arrived_on: date, terms: Terms) -> bool:
    """Return whether an issued paper was older on arrival than practice allows: a deficiency (8.4, 9.2).

    A paper of 31 August may arrive on 30 November: the month's last day stands for a day it lacks.
    """
    return arrived_on > add_months(issued_on, terms.paper_age_months)


def oldest_issue(*, arrived_on: date, terms: Terms) -> date:
    """Return the earliest day of issue that a paper arriving on a day may bear (8.4)."""
    day = add_months(arrived_on, -terms.paper_age_months)
    while is_too_old(issued_on=day, arrived_on=arrived_on, terms=terms):
        day = date.fromordinal(day.toordinal() + 1)
    return day


def missing_papers(*, form: StatedForm, enclosed: frozenset[PaperKind]) -> tuple[RequiredPaper, ...]:
    """Return the required papers that are not among the enclosed ones (8.4, 9.2)."""
    return tuple(paper for paper in required_papers(form) if paper.kind not in enclosed)
