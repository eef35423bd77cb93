"""Signed anchors of the audit chain, and the rows that the next one will vouch for (39.4, 40(7))."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inro.store.audit import ChainEnd, row_hash
from inro.store.models import AuditAnchor, AuditRow

_HASHED = ("seq", "at", "kind", "actor", "subject", "details", "previous")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorRecord:
    """One anchor: the token's signature over the chain up to `seq`."""

    seq: int
    hash: str
    signed_at: datetime
    signature: bytes


def anchors() -> tuple[AnchorRecord, ...]:
    """Return all anchors, oldest first."""
    return tuple(
        AnchorRecord(seq=row.seq, hash=row.hash, signed_at=row.signed_at, signature=bytes(row.signature))
        for row in AuditAnchor.objects.order_by("seq")
    )


def first_broken_row(*, after: ChainEnd, until: ChainEnd) -> int | None:
    """Return the first row's number that breaks the chain between two of its ends, or None."""
    seq, previous = after.seq, after.hash
    rows = AuditRow.objects.filter(seq__gt=after.seq, seq__lte=until.seq).order_by("seq")
    for row in rows.values(*_HASHED, "hash").iterator():
        written = row.pop("hash")
        seq += 1
        if (row["seq"], row["previous"]) != (seq, previous) or _hash_of(row) != written:
            return seq
        previous = written
    if (seq, previous) == (until.seq, until.hash):
        return None
    return max(seq, after.seq + 1)


def _hash_of(row: dict[str, Any]) -> str | None:
    try:
        return row_hash(row | {"details": json.loads(row["details"])})
    except ValueError:
        return None
