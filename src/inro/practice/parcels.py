"""What goes into which parcel, how it is posted and to whom (17.4, 18.1, 18.3, 19.1, 23.3, 24.1)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from inro.practice.errors import Refused


class Mail(StrEnum):
    """The postal services in use (17.4)."""

    RESTRICTED_DELIVERY = "restricted_delivery"
    SIMPLIFIED_REGISTERED = "simplified_registered"


class Content(StrEnum):
    """What a parcel holds."""

    CARD = "card"
    PIN_MAILER = "pin_mailer"
    RECEIPT_SLIP = "receipt_slip"
    HAND_OVER_UNOPENED = "hand_over_unopened"


class Address(StrEnum):
    """Whose address, by which paper."""

    SUBSCRIBER_RESIDENT_RECORD = "subscriber_resident_record"
    PROXY_SEAL_CERTIFICATE = "proxy_seal_certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPlan:
    """One parcel of a dispatch; its cover bears the legal name, which the window asks a paper for (18.1)."""

    mail: Mail
    address: Address
    contents: frozenset[Content]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """One thing scanned at packing, and the application it belongs to."""

    content: Content
    application: str


class WrongContents(Refused):
    """The parcel lacks something, holds too much, or mixes two applications."""

    def __init__(
        self,
        *,
        missing: frozenset[Content],
        surplus: tuple[Content, ...],
        applications: frozenset[str],
    ) -> None:
        super().__init__(missing=sorted(missing), surplus=list(surplus), applications=sorted(applications))
        self.missing = missing
        self.surplus = surplus
        self.applications = applications


class WrongTrackingNumber(Refused):
    """The number is none of this postal service."""

    def __init__(self, *, number: str, problem: str) -> None:
        super().__init__(number=number, problem=problem)
        self.number = number
        self.problem = problem


_SELF = (
    ParcelPlan(
        mail=Mail.RESTRICTED_DELIVERY,
        address=Address.SUBSCRIBER_RESIDENT_RECORD,
        contents=frozenset({Content.CARD, Content.PIN_MAILER, Content.RECEIPT_SLIP}),
    ),
)
# 24.1 says the PIN's "present address", 17.4 the resident record's: the verified one is used for both.
_PROXY = (
    ParcelPlan(
        mail=Mail.RESTRICTED_DELIVERY,
        address=Address.PROXY_SEAL_CERTIFICATE,
        contents=frozenset({Content.CARD, Content.RECEIPT_SLIP, Content.HAND_OVER_UNOPENED}),
    ),
    ParcelPlan(
        mail=Mail.SIMPLIFIED_REGISTERED,
        address=Address.SUBSCRIBER_RESIDENT_RECORD,
        contents=frozenset({Content.PIN_MAILER}),
    ),
)

# The first digit tells the kind of registration; restricted delivery rides on general registered mail.
_FIRST_DIGITS = {Mail.RESTRICTED_DELIVERY: "17", Mail.SIMPLIFIED_REGISTERED: "34"}
_NUMBER = re.compile(r"[0-9]{11}|[0-9]{3}-[0-9]{2}-[0-9]{5}-[0-9]")


def parcel_plans(*, proxy: bool) -> tuple[ParcelPlan, ...]:
    """Return the parcels of a dispatch; card and PIN never meet in a proxy's (17.4, 19.1, 24.1)."""
    return _PROXY if proxy else _SELF


def check_packing(*, plan: ParcelPlan, scanned: Iterable[Scanned]) -> None:
    """Refuse to close a parcel that does not hold exactly what it should, of one application (17.4, 18.1).

    Raises: WrongContents.
    """
    things = tuple(scanned)
    left = list(plan.contents)
    surplus = []
    for thing in things:
        if thing.content in left:
            left.remove(thing.content)
        else:
            surplus.append(thing.content)
    applications = frozenset(thing.application for thing in things)
    if left or surplus or len(applications) != 1:
        raise WrongContents(missing=frozenset(left), surplus=tuple(surplus), applications=applications)


def tracking_number(number: str, *, mail: Mail) -> str:
    """Return a registered item's 11 digits; the last is the first ten modulo 7 (Japan Post).

    Numbers are used again after a while: number and day of posting together name an item.

    Raises: WrongTrackingNumber.
    """
    if not _NUMBER.fullmatch(number):
        raise WrongTrackingNumber(number=number, problem="format")
    digits = number.replace("-", "")
    if int(digits[:10]) % 7 != int(digits[10]):
        raise WrongTrackingNumber(number=number, problem="check-digit")
    if digits[0] not in _FIRST_DIGITS[mail]:
        raise WrongTrackingNumber(number=number, problem="kind")
    return digits
