"""Signed anchors of the audit chain."""

from dataclasses import dataclass
from datetime import datetime

from inro.store.models import AuditAnchor


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorRecord:
    """One anchor: the token's signature over the chain up to `seq`."""

    seq: int
    hash: str
    signed_at: datetime
    signature: bytes


def last_anchor_at() -> datetime | None:
    """Return when the chain was last anchored."""
    return AuditAnchor.objects.order_by("-seq").values_list("signed_at", flat=True).first()


def anchors() -> tuple[AnchorRecord, ...]:
    """Return all anchors, oldest first."""
    return tuple(
        AnchorRecord(seq=row.seq, hash=row.hash, signed_at=row.signed_at, signature=bytes(row.signature))
        for row in AuditAnchor.objects.order_by("seq")
    )
