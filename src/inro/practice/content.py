"""What a certificate will show, as the applicant consents to it (8.2, 8.3, 8.6, 5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from inro.practice.errors import Refused


class ContentRefused(Refused):
    """The content breaks a rule of the terms; `field` names where, `clause` which."""

    def __init__(self, *, field: str, clause: str) -> None:
        super().__init__(field=field, clause=clause)
        self.field = field
        self.clause = clause


@dataclass(frozen=True, slots=True, kw_only=True)
class RomanAddress:
    """A subscriber's romanised address, only if wished (8.2)."""

    prefecture: str
    city: str
    street: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """The organization as the commercial register has it (8.2, 8.6)."""

    name: str
    prefecture: str
    city: str
    street: str
    corporate_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One authority entered in the certificate: who gives it, for which system, the exact text (5.4).

    `limit` is what it does not reach, `ends_on` its last day; without one it ends with the certificate.
    """

    principal: str
    system: str
    text: str
    limit: str = ""
    ends_on: date | None = None

    def as_record(self) -> dict[str, str]:
        """Return the authority as JSON values, absent parts left out."""
        record = {"principal": self.principal, "system": self.system, "text": self.text}
        if self.limit:
            record["limit"] = self.limit
        if self.ends_on is not None:
            record["ends_on"] = self.ends_on.isoformat()
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, str]) -> Self:
        """Return the authority that `as_record` wrote.

        Raises: TypeError and ValueError for a record of another shape.
        """
        ends_on = record.get("ends_on")
        day = date.fromisoformat(ends_on) if ends_on is not None else None
        return cls(**{**record, "ends_on": day})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedContent:
    """Everything of a subscriber that a certificate shows.

    `name` is what the applicant wrote in the name field: legal name, former surname or alias (8.2, 8.3).
    """

    subscriber_id: str
    name: str
    name_romaji: str
    address_romaji: RomanAddress | None = None
    organization: Organization | None = None
    authorities: tuple[Authority, ...] = ()

    def __post_init__(self) -> None:
        if not self.name or not self.name_romaji:
            raise ContentRefused(field="name", clause="8.2")
        if self.authorities and self.organization is None:
            raise ContentRefused(field="authorities", clause="5.4")

    def as_record(self) -> dict[str, Any]:
        """Return the content as JSON values, absent parts left out: what officers' approvals cover."""
        record: dict[str, Any] = {
            "subscriber_id": self.subscriber_id,
            "name": self.name,
            "name_romaji": self.name_romaji,
        }
        if self.address_romaji is not None:
            record["address_romaji"] = _fields(self.address_romaji)
        if self.organization is not None:
            record["organization"] = _fields(self.organization)
        if self.authorities:
            record["authorities"] = [authority.as_record() for authority in self.authorities]
        return record

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "CertifiedContent":
        """Return the content that `as_record` wrote.

        Raises: ContentRefused, KeyError and TypeError for a record of another shape.
        """
        address = record.get("address_romaji")
        organization = record.get("organization")
        return cls(
            subscriber_id=record["subscriber_id"],
            name=record["name"],
            name_romaji=record["name_romaji"],
            address_romaji=RomanAddress(**address) if address else None,
            organization=Organization(**organization) if organization else None,
            authorities=tuple(map(Authority.from_record, record.get("authorities", ()))),
        )


def _fields(value: RomanAddress | Organization) -> dict[str, str]:
    return {
        name: getattr(value, name) for name in value.__dataclass_fields__ if getattr(value, name) is not None
    }
