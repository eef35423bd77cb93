"""How far the end of the service is, and what is still valid or on the lists (11)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from inro.practice.certificate import CertificateState
from inro.practice.discontinuation import BINDING, DiscontinuationState, entries_sha256
from inro.store.models import Certificate, Discontinuation, RevocationList, RevokedEntry
from inro.store.reads.decisions import DecisionRecord, decisions_of_the_house
from inro.store.reads.revocation import lists_on_record
from inro.store.states import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscontinuationRecord:
    """The plan that stands; times and hashes are empty until they are known."""

    row: int
    campaign: str
    last_day: date
    state: DiscontinuationState
    proposed_at: datetime
    proposed_by: str
    decided_at: datetime | None
    decided_by: str | None
    told_at: datetime | None
    revoked_at: datetime | None
    until: datetime | None
    lists_signed_at: datetime | None
    keys_destroyed_at: datetime | None
    transcript_sha256: str | None
    handed_over_at: datetime | None
    receiver: str | None
    manifest_sha256: str | None
    receipt_sha256: str | None

    @property
    def case(self) -> str:
        """What officers' decisions on it are called."""
        return discontinuation_case(self.campaign)

    @property
    def decisions(self) -> tuple[DecisionRecord, ...]:
        """The officers' decisions on it, in the order they were made."""
        return decisions_of_the_house(self.case)


_SAME = (
    *("last_day", "proposed_at", "proposed_by", "decided_at", "decided_by", "told_at"),
    *("revoked_at", "until", "lists_signed_at", "keys_destroyed_at", "transcript_sha256"),
    *("handed_over_at", "receiver", "manifest_sha256", "receipt_sha256"),
)


def standing_discontinuation() -> DiscontinuationRecord | None:
    """Return the plan that stands, None while the service goes on."""
    row = Discontinuation.objects.select_related("campaign").filter(standing=1).first()
    if row is None:
        return None
    return DiscontinuationRecord(
        row=row.pk,
        campaign=row.campaign.number,
        state=DiscontinuationState(row.state),
        **{name: getattr(row, name) for name in _SAME},
    )


def last_day_of_service() -> date | None:
    """Return the day that was decided for the end of the service, None while none is."""
    return _decided().values_list("last_day", flat=True).first()


def decided_campaign() -> str | None:
    """Return the number of the campaign that tells of the decided end, None while none is decided."""
    return _decided().values_list("campaign__number", flat=True).first()


def _decided() -> QuerySet[Discontinuation]:
    return Discontinuation.objects.filter(standing=1, state__in=list(BINDING))


def discontinuation_case(campaign: str) -> str:
    """Return what officers' decisions on the end that a campaign tells of are called."""
    return f"discontinuation/{campaign}"


def still_valid(at: datetime) -> int:
    """Return how many subscribers' certificates are valid at an instant."""
    rows = Certificate.objects.filter(role=Scope.SUBSCRIBER, state=CertificateState.VALID, not_after__gte=at)
    return rows.count()


def last_not_after() -> datetime | None:
    """Return the latest end of a subscriber's certificate ever issued, revoked ones included."""
    rows = Certificate.objects.filter(role=Scope.SUBSCRIBER).order_by("-not_after")
    return rows.values_list("not_after", flat=True).first()


def last_lists_published(until: datetime) -> bool:
    """Return whether the newest list of each kind and part stands until then and both halves gave it back."""
    newest = [
        RevocationList.objects.filter(kind=kind, partition=partition).order_by("-number").first()
        for kind, partition in lists_on_record()
    ]
    return bool(newest) and all(
        row is not None and row.next_update >= until and row.web_read_back_at and row.directory_read_back_at
        for row in newest
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedSet:
    """Every entry ever made, expired certificates' included: how many, and the hash of them all."""

    count: int
    sha256: str


def revoked_set() -> RevokedSet:
    """Return count and hash of what the last lists will hold."""
    entries = [bytes(entry) for entry in RevokedEntry.objects.values_list("entry", flat=True).iterator(2_000)]
    return RevokedSet(count=len(entries), sha256=entries_sha256(entries))
