"""Who writes and who is written to: the operator and an addressee, as sheets print them (17.4, 35.1)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """The company that runs the service, as the foot and head of its letters name it.

    `registration_number` is the qualified-invoice issuer's (T and 13 digits). `demonstration` prints a mark
    on every page.
    """

    name: str
    service: str
    postal_code: str
    address: str
    telephone: str
    email: str
    website: str = ""
    registration_number: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom a sheet goes to; `address` in lines, `honorific` 様 for a person and 御中 for an organization."""

    name: str
    postal_code: str
    address: tuple[str, ...]
    organization: str = ""
    honorific: str = "様"


def house_values(operator: Operator) -> dict[str, str]:
    """Return what fills the gaps about the house."""
    return {
        "service": operator.service,
        "operator": operator.name,
        "telephone": operator.telephone,
        "email": operator.email,
        "website": operator.website,
    }
