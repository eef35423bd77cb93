"""An independent reader of the audit log: plain SQL, own hashing, nothing of its writer (39.4, 40(7)).

The chain is walked backwards from its head along the `previous` hashes. A row off the walk was put in, a gap
in it was left by a row taken out or changed, and rows on it in another order than their numbers were moved.
What was rewritten from some row up to the head is found by the anchors, whose signatures lie outside.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import rfc8785

_VERSION = 1
_START = "0" * 64
_ROWS = "SELECT seq, at, kind, actor, subject, details, previous, hash FROM store_auditrow ORDER BY seq"
_HEAD = "SELECT seq, hash FROM store_audithead WHERE id = 1"
_ANCHORS = "SELECT seq, hash FROM store_auditanchor ORDER BY seq"
_ROWS_AT_ONCE = 4096


class Cursor(Protocol):
    """What is needed of a DB-API cursor (PEP 249)."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Any:
        """Run a statement with the values of its placeholders."""
        ...

    def fetchmany(self, size: int, /) -> Sequence[Any]:
        """Return the next rows."""
        ...

    def fetchall(self) -> Sequence[Any]:
        """Return the remaining rows."""
        ...

    def close(self) -> None:
        """Give the cursor back."""
        ...


class Connection(Protocol):
    """What is needed of a DB-API connection (PEP 249)."""

    def cursor(self) -> Cursor:
        """Return a cursor."""
        ...


class Damage(StrEnum):
    """What happened to a row."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    ANCHOR = "anchor"
    NO_HEAD = "no_head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row that is not as it was written; `seq` is its number in the log as it stands, or stood."""

    damage: Damage
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many rows were read, the hash the chain ends with, and what is wrong with it."""

    rows: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether the log is as it was written."""
        return not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    seq: int
    at: str
    kind: str
    actor: str
    subject: str
    details: str
    previous: str
    hash: str

    def hash_as(self, seq: int) -> str | None:
        """The hash this row has if `seq` is its number; None if its details are no canonical JSON."""
        try:
            details = json.loads(self.details)
            canonical = rfc8785.dumps(details) == self.details.encode()
            hashed = rfc8785.dumps(
                {
                    "version": _VERSION,
                    "seq": seq,
                    "at": self.at,
                    "kind": self.kind,
                    "actor": self.actor,
                    "subject": self.subject,
                    "details": details,
                    "previous": self.previous,
                }
            )
        except (ValueError, rfc8785.CanonicalizationError):
            return None
        return hashlib.sha256(hashed).hexdigest() if canonical else None


def verify_chain(connection: Connection, *, anchors: Sequence[tuple[int, str]] = ()) -> Verdict:
    """Read the whole log and say what was altered, removed, inserted or reordered, and in which row.

    `anchors` are (number, hash) pairs known from outside the database, such as the signer's journal's; those
    in the database are compared as well.
    """
    cursor = connection.cursor()
    try:
        head = _head(cursor)
        cursor.execute(_ANCHORS)
        known = [(int(seq), str(hash_)) for seq, hash_ in cursor.fetchall()]
        if head is None:
            return Verdict(rows=0, head="", findings=(Finding(damage=Damage.NO_HEAD, seq=0),))
        rows, sound, hashes = _read_in_order(cursor, head, {seq for seq, _ in (*known, *anchors)})
        findings: tuple[Finding, ...] = ()
        if not sound:
            everything = list(_read(cursor))
            findings, hashes = _diagnose(everything, head)
        wrong = {seq for seq, hash_ in (*known, *anchors) if hashes.get(seq) != hash_}
        findings += tuple(Finding(damage=Damage.ANCHOR, seq=seq) for seq in sorted(wrong))
        return Verdict(rows=rows, head=head[1], findings=findings)
    finally:
        cursor.close()


def _head(cursor: Cursor) -> tuple[int, str] | None:
    cursor.execute(_HEAD)
    found = cursor.fetchall()
    return (int(found[0][0]), str(found[0][1])) if len(found) == 1 else None


def _read(cursor: Cursor) -> Iterator[_Row]:
    cursor.execute(_ROWS)
    names = ("seq", "at", "kind", "actor", "subject", "details", "previous", "hash")
    while some := cursor.fetchmany(_ROWS_AT_ONCE):
        for values in some:
            yield _Row(**dict(zip(names, values, strict=True)))


def _read_in_order(
    cursor: Cursor, head: tuple[int, str], wanted: set[int]
) -> tuple[int, bool, dict[int, str]]:
    # The usual case, in one pass and little memory: every row follows the one before it.
    count, previous, sound = 0, _START, True
    hashes: dict[int, str] = {}
    for row in _read(cursor):
        count += 1
        follows = row.seq == count and row.previous == previous
        sound = sound and follows and row.hash_as(row.seq) == row.hash
        previous = row.hash
        if row.seq in wanted:
            hashes[row.seq] = row.hash
    return count, sound and (count, previous) == head, hashes


def _diagnose(rows: list[_Row], head: tuple[int, str]) -> tuple[tuple[Finding, ...], dict[int, str]]:
    genuine, findings = _walk_back(rows, head)
    on_walk = {row.seq for row in genuine.values()}
    named = {found.seq for found in findings if found.damage is Damage.ALTERED}
    findings += [
        Finding(damage=Damage.INSERTED, seq=row.seq)
        for row in rows
        if row.seq not in on_walk and row.seq not in named
    ]
    findings += [Finding(damage=Damage.REORDERED, seq=seq) for seq in _out_of_order(genuine)]
    ordered = sorted(findings, key=lambda found: (found.seq, found.damage))
    return tuple(ordered), {number: row.hash for number, row in genuine.items()}


def _walk_back(rows: list[_Row], head: tuple[int, str]) -> tuple[dict[int, _Row], list[Finding]]:
    """Return the rows reached from the head by the number each was written under, and what is wrong."""
    by_hash = {row.hash: row for row in rows}
    by_seq = {row.seq: row for row in rows}
    genuine: dict[int, _Row] = {}
    findings: list[Finding] = []
    taken: set[int] = set()
    wanted: str | None = head[1]
    for number in range(head[0], 0, -1):
        row = by_hash.get(wanted) if wanted is not None else _whole(by_seq.get(number), number, taken)
        if row is not None and row.seq not in taken:
            genuine[number] = row
            taken.add(row.seq)
            if row.hash_as(number) != row.hash:
                findings.append(Finding(damage=Damage.ALTERED, seq=row.seq))
            wanted = row.previous
            continue
        there = by_seq.get(number)
        if there is not None and there.seq not in taken and not _belongs_below(there, number):
            # Changed with its own hash made anew: it still says which row it followed.
            taken.add(there.seq)
            findings.append(Finding(damage=Damage.ALTERED, seq=number))
            wanted = there.previous if there.previous in by_hash else None
        else:
            findings.append(Finding(damage=Damage.REMOVED, seq=number))
            wanted = _next_below(by_seq, number, taken)
    return genuine, findings


def _whole(row: _Row | None, number: int, taken: set[int]) -> _Row | None:
    return row if row is not None and row.seq not in taken and row.hash_as(number) == row.hash else None


def _belongs_below(row: _Row, number: int) -> bool:
    """Whether a row that stands at a number was written under the one before: numbers were closed up."""
    return number > 1 and row.hash_as(number) != row.hash and row.hash_as(number - 1) == row.hash


def _next_below(by_seq: dict[int, _Row], number: int, taken: set[int]) -> str | None:
    """The hash of the row written just before a removed one, if any row in place can be it."""
    for seq in (number - 1, number):
        row = by_seq.get(seq)
        if row is not None and seq not in taken and row.hash_as(number - 1) == row.hash:
            return row.hash
    return None


def _out_of_order(genuine: dict[int, _Row]) -> list[int]:
    """Return the rows whose place among the others differs from the order they were written in."""
    written = [genuine[number].seq for number in sorted(genuine)]
    return sorted(seq for seq, place in zip(written, sorted(written), strict=True) if seq != place)
