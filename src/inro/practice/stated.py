"""What an applicant states on the form (8.1-8.3, 8.6, 8.11, 12.4, 23, 35.1, 40(5)).

One shape from the wizard to the renewal form years later: wizard, paper, intake and examination read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self

from inro.practice.content import Authority, CertifiedContent, ContentRefused, Organization, RomanAddress
from inro.practice.validity import ValidityPeriod


class ApplicantKind(StrEnum):
    """Whether the organization stands in the commercial register (8.2, 8.6)."""

    COMPANY_EMPLOYEE = "company_employee"
    SOLE_PROPRIETOR = "sole_proprietor"


class NameChoice(StrEnum):
    """Which of the names on the papers the certificate carries (8.2, 8.3)."""

    LEGAL_NAME = "legal_name"
    FORMER_SURNAME = "former_surname"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAddress:
    """A Japanese address as the papers have it (29); `postal_code` is three digits, a hyphen, four digits."""

    postal_code: str
    prefecture: str
    city: str
    street: str
    building: str = ""

    @property
    def text(self) -> str:
        """The address without its postal code, in one line."""
        return "　".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as an envelope shows it, without its postal code."""
        return tuple(filter(None, (f"{self.prefecture}{self.city}{self.street}", self.building)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedOrganization:
    """The organization as its registry certificate has it, and who represents it (8.2, 8.6)."""

    name: str
    address: StatedAddress
    representative_title: str
    representative_name: str
    corporate_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPerson:
    """A person besides the applicant with an address: the proxy recipient (17.4, 23)."""

    name: str
    home: StatedAddress
    kana: str = ""

    def as_record(self) -> dict[str, Any]:
        """Return the person as JSON values, absent parts left out."""
        record: dict[str, Any] = _record(self)
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the person that `as_record` wrote.

        Raises: KeyError and TypeError for a record of another shape.
        """
        return cls(**{**record, "home": StatedAddress(**record["home"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedBilling:
    """Whom the invoice goes to, where not to the applicant (35.1)."""

    name: str
    address: StatedAddress
    organization: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedContact:
    """How the CA reaches the applicant beside the post; every field may be empty (40(5))."""

    telephone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReplacement:
    """A character the certificate shows in another form, agreed to by the applicant (8.8-8.12).

    `field` names the field of the form, `clause` the clause whose tables were asked, `source` the table.
    """

    field: str
    original: str
    printed: str
    source: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedForm:
    """A whole form.

    `legal_name` is written as on the papers shown at the post office's window, `certificate_name` as the
    certificate will show it, in characters of JIS X 0208. A sole proprietor has no `organization` and no
    `authorities` (5.4, 8.2). `stay_ends` is a foreign resident's (12.4).
    """

    kind: ApplicantKind
    period: ValidityPeriod
    name_choice: NameChoice
    legal_name: str
    certificate_name: str
    kana: str
    romaji: str
    birth_date: date
    home: StatedAddress
    roman_home: RomanAddress | None = None
    stay_ends: date | None = None
    organization: StatedOrganization | None = None
    authorities: tuple[Authority, ...] = ()
    proxy: StatedPerson | None = None
    billing: StatedBilling | None = None
    contact: StatedContact = StatedContact()
    replacements: tuple[StatedReplacement, ...] = ()

    def __post_init__(self) -> None:
        sole = self.kind is ApplicantKind.SOLE_PROPRIETOR
        if sole and self.authorities:
            raise ContentRefused(field="authorities", clause="5.4")
        if sole is (self.organization is not None):
            raise ContentRefused(field="organization", clause="8.2")

    def content(self, *, subscriber_id: str) -> CertifiedContent:
        """Return what the certificate will show; the Corporate Number is added once confirmed (8.2)."""
        stated = self.organization
        return CertifiedContent(
            subscriber_id=subscriber_id,
            name=self.certificate_name,
            name_romaji=self.romaji,
            address_romaji=self.roman_home,
            organization=Organization(
                name=stated.name,
                prefecture=stated.address.prefecture,
                city=stated.address.city,
                street="　".join(filter(None, (stated.address.street, stated.address.building))),
            )
            if stated is not None
            else None,
            authorities=self.authorities,
        )

    def as_record(self) -> dict[str, Any]:
        """Return the form as JSON values, absent parts left out."""
        record: dict[str, Any] = _record(self)
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the form that `as_record` wrote.

        Raises: ContentRefused; KeyError, TypeError and ValueError for a record of another shape.
        """
        return cls(**{name: _READ.get(name, str)(part) for name, part in record.items()})


def _record(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_record(item) for item in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    parts = ((field.name, getattr(value, field.name)) for field in fields(value))
    return {name: _record(part) for name, part in parts if part not in (None, (), "", StatedContact())}


def _organization(record: Mapping[str, Any]) -> StatedOrganization:
    return StatedOrganization(**{**record, "address": StatedAddress(**record["address"])})


def _billing(record: Mapping[str, Any]) -> StatedBilling:
    return StatedBilling(**{**record, "address": StatedAddress(**record["address"])})


_READ: Mapping[str, Any] = {
    "kind": ApplicantKind,
    "period": ValidityPeriod,
    "name_choice": NameChoice,
    "birth_date": date.fromisoformat,
    "home": lambda record: StatedAddress(**record),
    "roman_home": lambda record: RomanAddress(**record),
    "stay_ends": date.fromisoformat,
    "organization": _organization,
    "authorities": lambda records: tuple(map(Authority.from_record, records)),
    "proxy": StatedPerson.from_record,
    "billing": _billing,
    "contact": lambda record: StatedContact(**record),
    "replacements": lambda records: tuple(StatedReplacement(**record) for record in records),
}
