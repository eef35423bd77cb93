"""What is published of Corporate Numbers, what was confirmed, and names certified before (8.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from inro.japanese.number_publication import PublishedEntry
from inro.japanese.organization_name import NameSource, NameVerdict, OrganizationName
from inro.practice.calendar import jst_date
from inro.practice.certificate import CertificateState
from inro.practice.content import CertifiedContent
from inro.practice.corporate_number import ConfirmationMethod, ConfirmationOutcome, ConfirmedNumber
from inro.store.corporate_register import ENTRY_COLUMNS, TABLE, search_key
from inro.store.ids import ApplicationId
from inro.store.models import Certificate, CorporateNumberConfirmation, CorporateRegisterLoad
from inro.store.plain_sql import rows, select

_LAST_CHARACTER = "\U0010ffff"
_SELECT = select(ENTRY_COLUMNS, TABLE)
_BY_NAME = f"{_SELECT} WHERE search_key >= %s AND search_key < %s ORDER BY search_key, number LIMIT %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRecord:
    """The file the register was loaded from; `sha256` is of its octets."""

    published_on: date
    sha256: str
    rows: int
    loaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationRecord:
    """What the register said of a number for an application; None or empty where it said nothing.

    `name` is the one to certify, from `name_source`; `name_verdict` says how the application's agrees.
    """

    application_id: ApplicationId
    number: str
    method: ConfirmationMethod
    published_on: date
    confirmed_on: date
    confirmed_by: str
    outcome: ConfirmationOutcome
    published_name: str
    closed_on: date | None
    successor: str
    name: str
    name_source: NameSource | None
    name_verdict: NameVerdict | None
    name_parts_at: int | None

    @property
    def warns(self) -> bool:
        """Whether the applicant must be told that the certificate will name the organization otherwise."""
        return self.name_verdict not in {None, NameVerdict.SAME}


def register_record() -> RegisterRecord | None:
    """Return what file the register was loaded from, or None before the first."""
    row = CorporateRegisterLoad.objects.filter(id=1).first()
    if row is None:
        return None
    return RegisterRecord(
        published_on=row.published_on, sha256=row.sha256, rows=row.rows, loaded_at=row.loaded_at
    )


def published_entries(numbers: Sequence[str]) -> dict[str, PublishedEntry]:
    """Return what is published of these numbers, by number."""
    if not numbers:
        return {}
    found = rows(f"{_SELECT} WHERE number IN ({', '.join(['%s'] * len(numbers))})", numbers)
    return {entry.number: entry for entry in map(_entry, found)}


def published_by_name(name: str, *, most: int) -> tuple[PublishedEntry, ...]:
    """Return up to `most` entries whose names begin so, whatever their width and shortened company form."""
    key = search_key(name)
    found = rows(_BY_NAME, [key, key + _LAST_CHARACTER, most])
    return tuple(map(_entry, found))


def confirmation_of(application: ApplicationId) -> ConfirmationRecord | None:
    """Return what the register said of an application's number when it was last asked, or None."""
    rows = CorporateNumberConfirmation.objects.filter(application_id=application)
    row = rows.order_by("-id").first()
    return confirmation_record(row) if row else None


def looked_up(application: ApplicationId) -> ConfirmedNumber | None:
    """Return an application's number as last looked up, the way acceptance judges it."""
    found = confirmation_of(application)
    return ConfirmedNumber(number=found.number, outcome=found.outcome) if found else None


def certified_name(number: str) -> OrganizationName | None:
    """Return the name last certified under a number in a certificate that was not revoked, or None.

    No certificate shows a number that was not confirmed: the confirmations lead to it.
    """
    certificates = Certificate.objects.filter(
        application__number_confirmations__number=number,
        state__in=(CertificateState.VALID, CertificateState.EXPIRED),
    )
    found = certificates.order_by("-issued_at").values_list("application__content", "issued_at")
    for content, issued_at in found:
        organization = (content or {}).get("organization") or {}
        if organization.get("corporate_number") == number:
            return OrganizationName(
                corporate_number=number,
                name=organization["name"],
                source=NameSource.CERTIFICATE,
                read_on=jst_date(issued_at),
            )
    return None


def with_confirmed_number(content: CertifiedContent, confirmed: ConfirmationRecord) -> CertifiedContent:
    """Return what to certify: the number if it was confirmed, and the organization's one name (8.2)."""
    if content.organization is None:
        return content
    is_confirmed = confirmed.outcome is ConfirmationOutcome.CONFIRMED
    organization = replace(
        content.organization,
        corporate_number=confirmed.number if is_confirmed else None,
        name=confirmed.name if is_confirmed else content.organization.name,
    )
    return replace(content, organization=organization)


def confirmation_record(row: CorporateNumberConfirmation) -> ConfirmationRecord:
    """Return a confirmation as a value."""
    return ConfirmationRecord(
        application_id=ApplicationId(row.application_id),
        number=row.number,
        method=ConfirmationMethod(row.method),
        published_on=row.published_on,
        confirmed_on=row.confirmed_on,
        confirmed_by=row.confirmed_by,
        outcome=ConfirmationOutcome(row.outcome),
        published_name=row.published_name or "",
        closed_on=row.closed_on,
        successor=row.successor or "",
        name=row.name or "",
        name_source=NameSource(row.name_source) if row.name_source else None,
        name_verdict=NameVerdict(row.name_verdict) if row.name_verdict else None,
        name_parts_at=row.name_parts_at,
    )


def _entry(row: tuple[Any, ...]) -> PublishedEntry:
    stated = dict(zip(ENTRY_COLUMNS, row, strict=True))
    return PublishedEntry(**stated | {"hidden": bool(stated["hidden"]), "latest": True})
