"""The audit log's writing side: rows in one hash chain, its head locked last (39.4, 40(4), 40(7))."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from inro.pki.canonical import canonical_bytes
from inro.practice.events import EventKind
from inro.store.errors import Conflict, Unknown
from inro.store.models import AuditHead
from inro.store.plain_sql import first_row, for_update, insert, run, run_for_each

CHAIN_VERSION = 1
FIRST_PREVIOUS = "0" * 64
_COLUMNS = ("seq", "at", "kind", "actor", "subject", "details", "previous", "hash")
_INSERT = insert("store_auditrow", _COLUMNS)
_MOVE_HEAD = "UPDATE store_audithead SET seq = %s, hash = %s WHERE id = 1 AND seq = %s AND hash = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """What is to be recorded: ids and hashes, no personal data, so that disposal never touches it."""

    kind: EventKind
    subject: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEnd:
    """The end of the chain: the last row's number and hash (64 hexadecimal digits)."""

    seq: int
    hash: str


def row_hash(row: dict[str, Any]) -> str:
    """Return the SHA-256 (hexadecimal) of a row's canonical form (RFC 8785); `row` has no hash itself."""
    return hashlib.sha256(canonical_bytes(row | {"version": CHAIN_VERSION})).hexdigest()


def text_of(instant: datetime) -> str:
    """Return an instant as the log writes it: UTC, microseconds, fixed width."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def append(entries: Iterable[AuditEntry], *, actor: str, now: datetime) -> ChainEnd:
    """Append rows inside the caller's transaction; call it last, for the head stays locked until commit.

    Raises: Conflict if the head moved although it was locked.
    """
    seq, previous = head = _locked_head()
    written: list[tuple[Any, ...]] = []
    for entry in entries:
        seq += 1
        row = _row(entry, seq=seq, previous=previous, actor=actor, at=text_of(now))
        previous = row["hash"]
        written.append(tuple(row[column] for column in _COLUMNS))
    run_for_each(_INSERT, written)
    if run(_MOVE_HEAD, [seq, previous, *head]) != 1:
        raise Conflict(what="audit", detail="the head moved")
    return ChainEnd(seq=seq, hash=previous)


def chain_end() -> ChainEnd:
    """Return where the chain ends now."""
    head = AuditHead.objects.get(id=1)
    return ChainEnd(seq=head.seq, hash=head.hash)


def _locked_head() -> tuple[int, str]:
    found = first_row(for_update("SELECT seq, hash FROM store_audithead WHERE id = 1"), [])
    if found is None:
        raise Unknown(what="audit", detail="no head", do="restore the database from its copy")
    seq, hash_ = found
    return seq, hash_


def _row(entry: AuditEntry, *, seq: int, previous: str, actor: str, at: str) -> dict[str, Any]:
    details = canonical_bytes(entry.details).decode()
    hashed = {
        "seq": seq,
        "at": at,
        "kind": entry.kind.value,
        "actor": actor,
        "subject": entry.subject,
        # What is stored is what is hashed: the details are read back from their own text.
        "details": json.loads(details),
        "previous": previous,
    }
    return hashed | {"details": details, "hash": row_hash(hashed)}
