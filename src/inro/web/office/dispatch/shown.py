"""What the dispatch desk shows of a parcel: to whom, what is in it, how long the post keeps it (17.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inro.paper.parties import Addressee
from inro.practice.packing import PackingRefused
from inro.practice.parcels import Address, Content, Mail
from inro.practice.postage import Keeping, PostRules, keeping
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.address import PostalAddress, home_address, proxy_address
from inro.store.reads.dispatch import PackingRecord, PostedParcel
from inro.web.office.house import house

# The order in which things go into a parcel, as pages and labels name them.
ORDER = (Content.CARD, Content.PIN_MAILER, Content.RECEIPT_SLIP, Content.HAND_OVER_UNOPENED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownParcel:
    """One parcel at the post; `is_over` says that it may be on its way back."""

    parcel: PostedParcel
    keeping: Keeping
    is_over: bool


def post_rules() -> PostRules:
    """Return what the operator has set about the post."""
    return house().policy.post


def in_order(contents: Iterable[Content]) -> list[Content]:
    """Return contents in the order they are packed in."""
    held = frozenset(contents)
    return [content for content in ORDER if content in held]


def at_the_post(parcels: Iterable[PostedParcel], *, today: date) -> list[ShownParcel]:
    """Return parcels with the days for which the post keeps them."""
    return [_at_the_post(parcel, today) for parcel in parcels]


def addressee_of(record: PackingRecord) -> Addressee:
    """Return whom a parcel goes to, by the name on the papers shown at the window (17.4, 24.1).

    Raises: Unknown.
    """
    found = address_of(record.application_id, record.address)
    return Addressee(name=found.name, postal_code=found.postal_code, address=found.lines)


def address_of(application: ApplicationId, address: Address) -> PostalAddress:
    """Return an address that a plan names.

    Raises: Unknown.
    """
    if address is Address.SUBSCRIBER_RESIDENT_RECORD:
        return home_address(application)
    found = proxy_address(application)
    if found is None:
        raise Unknown(what="proxy", detail=f"of application {application}")
    return found


def first_place(typed: str) -> int:
    """Return the first label of a sheet that is still there.

    Raises: PackingRefused.
    """
    most = post_rules().sheet.places
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= most):
        raise PackingRefused(field="first", problem="not_a_place")
    return int(typed)


def is_restricted(mail: Mail) -> bool:
    """Return whether the parcel is handed over to the person named alone."""
    return mail is Mail.RESTRICTED_DELIVERY


def _at_the_post(parcel: PostedParcel, today: date) -> ShownParcel:
    terms = house().policy.editions[parcel.edition].terms
    kept = keeping(mail=parcel.mail, posted_on=parcel.posted_on, terms=terms, rules=post_rules())
    last = kept.longest or kept.until
    return ShownParcel(parcel=parcel, keeping=kept, is_over=last.day < today)
