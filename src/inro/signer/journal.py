"""The signer's own memory: what it has used, signed and revoked, outside the database (architecture; 22, 26).

An append-only SQLite file of hash-linked entries. The last entry carries a code by a key in the HSM, so
one code vouches for every entry before it. Unique keys make a second use of an approval, a serial or a
public key impossible however the database was changed.
"""

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from inro.pki.canonical import canonical_bytes
from inro.pki.repository import UNDIVIDED
from inro.ports.errors import PortError
from inro.ports.signer import Authenticator

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    sequence INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    details TEXT NOT NULL,
    hash BLOB NOT NULL,
    code BLOB NOT NULL,
    UNIQUE (kind, key)
) STRICT;
CREATE TRIGGER IF NOT EXISTS entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_never_removed BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
_START = hashlib.sha256(b"inro signer journal").digest()


class Kind(StrEnum):
    """What an entry remembers; its key is unique within the kind for ever."""

    APPROVAL = "approval"
    SERIAL = "serial"
    PARTITION = "partition"
    PUBLIC_KEY = "public-key"
    INTENT = "intent"
    CERTIFICATE = "certificate"
    REVOKED = "revoked"
    MASS_REVOCATION = "mass-revocation"
    LIST = "list"
    SIGNED_LIST = "signed-list"
    ROSTER = "roster"
    AUDIT_HEAD = "audit-head"
    RESPONDER = "responder"
    SERVICE_ENDED = "service-ended"
    LAST_LISTS = "last-lists"


class JournalBroken(PortError):
    """The journal is not what the signer wrote; `detail` names the entry."""


class JournalConflict(PortError):
    """The journal already holds the key for another matter: an approval, serial or key used twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: `details` are JSON values, `sequence` counts from 1."""

    sequence: int
    kind: Kind
    key: str
    details: dict[str, Any]


type _Row = tuple[int, str, str, str, bytes]
"""Sequence, kind, key, details, hash."""


class Journal:
    """The open journal of one signer; one process at a time holds it."""

    def __init__(self, connection: sqlite3.Connection, authenticator: Authenticator, place: Path) -> None:
        self._connection = connection
        self._authenticator = authenticator
        self._place = place
        self._group: dict[tuple[str, str], _Row] | None = None
        self._sequence, self._hash = self._verified_head()

    @classmethod
    def open(cls, path: Path, *, authenticator: Authenticator) -> Self:
        """Open or begin the journal at `path`, verify every entry, and keep it locked.

        Raises: JournalBroken if an entry was altered, removed or added by anyone else, or if another
        process holds the journal.
        """
        connection = sqlite3.connect(path, isolation_level=None, timeout=1)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(f"BEGIN EXCLUSIVE; {_SCHEMA} COMMIT;")
            return cls(connection, authenticator, path)
        except sqlite3.Error as error:
            connection.close()
            raise JournalBroken(
                "journal",
                f"{path.name}: {error}",
                "stop the other signer or restore the journal from its copy",
            ) from error
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Give the journal back."""
        self._connection.close()

    @property
    def head(self) -> tuple[int, bytes]:
        """The last entry's sequence and hash."""
        return self._sequence, self._hash

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the entries remembered inside one durable step: all of them stand afterwards, or none.

        Raises: JournalBroken if they can't be written.
        """
        before = self._sequence, self._hash
        group: dict[tuple[str, str], _Row] = {}
        self._group = group
        try:
            yield
            self._group = None
            self._write(list(group.values()))
        except BaseException:
            self._group = None
            self._sequence, self._hash = before
            raise

    def remember(self, kind: Kind, key: str, **details: Any) -> bool:
        """Append an entry and return True; return False if the same entry stands already.

        So every step of a walk may be repeated after a crash.

        Raises: JournalConflict if the key stands with other details; JournalBroken if it can't be written.
        """
        known = self.recall(kind, key)
        if known is not None:
            if known.details != details:
                raise JournalConflict(
                    "journal", f"{kind} {key} stands in entry {known.sequence} for another matter"
                )
            return False
        text = canonical_bytes(details).decode()
        digest = _entry_hash(self._hash, self._sequence + 1, kind, key, text)
        row = (self._sequence + 1, kind.value, key, text, digest)
        if self._group is None:
            self._write([row])
        else:
            self._group[kind.value, key] = row
        self._sequence, self._hash = self._sequence + 1, digest
        return True

    def _write(self, rows: list[_Row]) -> None:
        if not rows:
            return
        # One code, on the last: it vouches for all before it, and a group cut short ends without one.
        codes = [b""] * (len(rows) - 1) + [self._authenticator.authenticate(rows[-1][4])]
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)",
                ((*row, code) for row, code in zip(rows, codes, strict=True)),
            )
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise _not_written(error) from error
            raise

    def recall(self, kind: Kind, key: str) -> Entry | None:
        """Return the entry of that kind and key, or None."""
        remembered = self._group.get((kind.value, key)) if self._group else None
        row = (
            remembered
            or self._connection.execute(
                "SELECT sequence, kind, key, details FROM entry WHERE kind = ? AND key = ?", (kind.value, key)
            ).fetchone()
        )
        return _entry(row) if row else None

    def entries(self, kind: Kind) -> Iterator[Entry]:
        """Yield the entries of a kind in the order they were written."""
        rows = self._connection.execute(
            "SELECT sequence, kind, key, details FROM entry WHERE kind = ? ORDER BY sequence", (kind.value,)
        )
        return map(_entry, rows)

    def values(self, kind: Kind, member: str, *, after: int = 0) -> Iterator[tuple[str, str]]:
        """Yield key and one text of the details of every entry of a kind, from behind a sequence on."""
        return self._connection.execute(
            "SELECT key, json_extract(details, ?) FROM entry WHERE +kind = ? AND sequence > ?"
            " ORDER BY sequence",
            (f"$.{member}", kind.value, after),
        )

    def revocations(self, *, after: int = 0) -> Iterator[tuple[str, int, str, str]]:
        """Yield scope, partition, end of validity (ISO) and entry (hexadecimal) of every revocation.

        In their order, from the entry behind the sequence `after` on. A million of them may be read for the
        lists, so the database takes the details apart.
        """
        return self._connection.execute(
            "SELECT json_extract(details, '$.scope'), coalesce(json_extract(details, '$.partition'), 0),"
            " json_extract(details, '$.not_after'), json_extract(details, '$.entry')"
            " FROM entry WHERE +kind = ? AND sequence > ? ORDER BY sequence",
            (Kind.REVOKED.value, after),
        )

    def count(self, kind: Kind) -> int:
        """Return how many entries of a kind stand."""
        row = self._connection.execute("SELECT count(*) FROM entry WHERE kind = ?", (kind.value,)).fetchone()
        return int(row[0])

    def last(self, kind: Kind, *, prefix: str = "") -> Entry | None:
        """Return the newest entry of a kind whose key begins with `prefix`, or None."""
        row = self._connection.execute(
            "SELECT sequence, kind, key, details FROM entry WHERE kind = ? AND substr(key, 1, ?) = ?"
            " ORDER BY sequence DESC LIMIT 1",
            (kind.value, len(prefix), prefix),
        ).fetchone()
        return _entry(row) if row else None

    def _verified_head(self) -> tuple[int, bytes]:
        # The unique index answers `recall`; a doctored index would let a used approval pass.
        if self._connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise self._broken("its index does not fit its entries")
        sequence, previous, code = 0, _START, None
        for row in self._connection.execute("SELECT * FROM entry ORDER BY sequence"):
            sequence += 1
            digest = _entry_hash(previous, sequence, row[1], row[2], row[3])
            if row[0] != sequence or row[4] != digest:
                raise self._broken(f"entry {sequence} is missing or altered")
            previous, code = digest, row[5]
        if code is not None and not hmac.compare_digest(code, self._authenticator.authenticate(previous)):
            raise self._broken(f"entry {sequence} does not carry this token's code")
        return sequence, previous

    def _broken(self, detail: str) -> JournalBroken:
        return JournalBroken(
            "journal", f"{self._place.name}: {detail}", "restore the journal from its copy; sign nothing"
        )


def partition_of(entry: Entry) -> int:
    """Return the part of the CRL that a serial was remembered with; at first there was one."""
    return int(entry.details.get("partition", UNDIVIDED))


def _not_written(error: sqlite3.Error) -> JournalBroken:
    return JournalBroken("journal", f"not written: {error}", "make room, then start the signer again")


def _entry(row: tuple[int, str, str, str] | _Row) -> Entry:
    return Entry(sequence=row[0], kind=Kind(row[1]), key=row[2], details=json.loads(row[3]))


def _entry_hash(previous: bytes, sequence: int, kind: str, key: str, details: str) -> bytes:
    fields = "\x1f".join((str(sequence), kind, key, details)).encode()
    return hashlib.sha256(previous + fields).digest()
