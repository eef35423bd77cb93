"""What a certificate will show, as the applicant consents to it (8.2, 8.3, 8.6, 5.4)."""

from dataclasses import dataclass
from typing import Any

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
    """One authority entered in the certificate: who gives it, for which system, the exact text (5.4)."""

    principal: str
    system: str
    text: str


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
            record["authorities"] = [_fields(authority) for authority in self.authorities]
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
            authorities=tuple(Authority(**item) for item in record.get("authorities", ())),
        )


def _fields(value: RomanAddress | Organization | Authority) -> dict[str, str]:
    return {
        name: getattr(value, name) for name in value.__dataclass_fields__ if getattr(value, name) is not None
    }
