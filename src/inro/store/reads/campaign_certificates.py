"""Which certificates a campaign is about: as letters name them, as revocation lists them (11, 15)."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from inro.practice.calendar import start_of_day
from inro.practice.campaign import CampaignKind, ItemState
from inro.practice.card import CardState
from inro.store.ids import ApplicationId
from inro.store.models import CampaignItem, Card, Certificate, RevokedEntry
from inro.store.reads.campaign import CampaignRecord
from inro.store.states import Scope

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCertificate:
    """How a letter names a certificate: the number on the card's face, and its end."""

    number: str
    not_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCertificate:
    """One certificate to be revoked; `serial` in hexadecimal."""

    serial: str
    case: str
    not_after: datetime


def named_certificates(applications: Sequence[ApplicationId]) -> dict[ApplicationId, NamedCertificate]:
    """Return how letters name the certificates of several cases; one before its issuing has none."""
    cards = dict(
        Card.objects.filter(application__in=applications)
        .exclude(state=CardState.SPOILED)
        .order_by("pk")
        .values_list("application_id", "serial")
    )
    ends = Certificate.objects.filter(application__in=applications).values_list("application_id", "not_after")
    return {
        ApplicationId(case): NamedCertificate(number=cards.get(case, ""), not_after=not_after)
        for case, not_after in ends
    }


def listed_certificates(record: CampaignRecord, *, at: datetime) -> Iterator[ListedCertificate]:
    """Yield the certificates that a campaign ends, as they stood at an instant, by their serials.

    Of a discontinuation that is everyone's that lasts until its day (11.3), of an organization those found.
    """
    rows = _listed(record, at).order_by("serial__serial")
    columns = rows.values_list("serial__serial", "application__number", "not_after")
    for serial, case, not_after in columns.iterator(_AT_ONCE):
        yield ListedCertificate(serial=bytes(serial).hex(), case=case, not_after=not_after)


def list_sha256(serials: Iterator[str]) -> tuple[int, str]:
    """Return how many serials there are, and the SHA-256 of them, one a line."""
    count, hashed = 0, hashlib.sha256()
    for serial in serials:
        count += 1
        hashed.update(f"{serial}\n".encode())
    return count, hashed.hexdigest()


def _listed(record: CampaignRecord, at: datetime) -> QuerySet[Certificate]:
    revoked = RevokedEntry.objects.filter(certificate=OuterRef("pk"), revoked_at__lte=at)
    ends = start_of_day(record.subject.day) if record.kind is CampaignKind.DISCONTINUATION else at
    rows = Certificate.objects.filter(
        ~Exists(revoked), role=Scope.SUBSCRIBER, issued_at__lte=at, not_after__gte=ends
    )
    if record.kind is CampaignKind.ORGANIZATION:
        items = CampaignItem.objects.filter(~Q(state=ItemState.EXCLUDED), campaign=record.campaign_id)
        rows = rows.filter(application__in=items.values("application"))
    return rows
