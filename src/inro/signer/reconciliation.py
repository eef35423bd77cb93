"""Journal and database held against each other before anything is signed (architecture; DigiNotar's lesson).

The journal is what the signer did, the database what everyone sees of it. A certificate, revocation or audit
head that only one of them knows means that somebody changed the database, or lost part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from inro.pki.crl import ListKey
from inro.pki.crl_entries import EntrySet, entry_set, union_of
from inro.practice.errors import Refused
from inro.signer.journal import Journal, Kind
from inro.signer.lists import lists_of, number_of, signed_last
from inro.signer.memory import NO_ENTRIES_READ, EntriesRead, Memory
from inro.signer.room import Room
from inro.store.reads.ocsp import responder_hashes
from inro.store.reads.reconciliation import (
    audit_hash_at,
    certificate_hashes,
    revoked_entry_hex,
    unfinished_orders,
    unfinished_revocations,
)
from inro.store.reads.revocation import list_in_force, lists_on_record


class Side(StrEnum):
    """Where something is missing or different."""

    DATABASE = "database"
    JOURNAL = "journal"
    BOTH_DIFFER = "both-differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing the two do not agree on; `key` is a serial, a list's number or an audit row's."""

    matter: str
    key: str
    missing_in: Side


class RecordsDisagree(Refused):
    """Journal and database differ; nothing may be signed until a person has found out why."""

    def __init__(self, *, differences: tuple[Difference, ...]) -> None:
        super().__init__(
            differences=[f"{found.matter} {found.key}: {found.missing_in}" for found in differences]
        )
        self.differences = differences


def reconcile(room: Room) -> None:
    """Compare every certificate and revocation, the lists in force and the last audit anchor.

    A certificate or revocation that the journal has and the database not yet is no difference while its
    order or case is unfinished: the walk writes the journal first and will finish on the next pass.

    Raises: RecordsDisagree naming each difference.
    """
    journal = room.journal
    room.memory.begin(journal, room.random_bytes(32))
    found = (
        *_certificates(journal, room.memory),
        *_responders(journal),
        *_revocations(journal, room.memory),
        *_lists(journal),
        *_audit(journal),
    )
    if found:
        raise RecordsDisagree(differences=found)


def _certificates(journal: Journal, memory: Memory) -> tuple[Difference, ...]:
    if _agree(Kind.CERTIFICATE, "sha256", certificate_hashes(), journal, memory):
        return ()
    known = dict(journal.values(Kind.CERTIFICATE, "sha256"))
    return _differences("certificate", known, dict(certificate_hashes()), unfinished_orders())


def _responders(journal: Journal) -> tuple[Difference, ...]:
    known = {entry.key: entry.details["sha256"] for entry in journal.entries(Kind.RESPONDER)}
    stored = responder_hashes()
    # A crash leaves one on record that the journal intended and does not yet know as signed.
    for serial in stored.keys() - known.keys():
        intent = journal.recall(Kind.INTENT, serial)
        if intent is not None and intent.details.get("responder"):
            known[serial] = stored[serial]
    return _differences("responder certificate", known, stored, frozenset())


def _revocations(journal: Journal, memory: Memory) -> tuple[Difference, ...]:
    if _agree(Kind.REVOKED, "entry", revoked_entry_hex(), journal, memory):
        return ()
    known = dict(journal.values(Kind.REVOKED, "entry"))
    return _differences("revocation", known, dict(revoked_entry_hex()), unfinished_revocations())


def _agree(
    kind: Kind, member: str, stored: Iterable[tuple[str, str]], journal: Journal, memory: Memory
) -> bool:
    """Say whether the rows on record add up to the journal's entries, of which only the new are read."""
    before = memory.kinds.get(kind, NO_ENTRIES_READ)
    head = journal.head[0]
    new = _sum(journal.values(kind, member, after=before.sequence), memory)
    known = union_of(before.entries, new)
    memory.kinds[kind] = EntriesRead(sequence=head, entries=known)
    return _sum(stored, memory) == known


def _sum(rows: Iterable[tuple[str, str]], memory: Memory) -> EntrySet:
    return entry_set((f"{key} {value}".encode() for key, value in rows), key=memory.key)


def _lists(journal: Journal) -> tuple[Difference, ...]:
    # Whichever of the two knows more parts of the CRL.
    found = (_list(journal, key) for key in max(lists_on_record(), lists_of(journal), key=len))
    return tuple(difference for difference in found if difference is not None)


def _list(journal: Journal, list_key: ListKey) -> Difference | None:
    signed, stored = signed_last(journal, list_key), list_in_force(*list_key)
    if signed is not None and (stored is None or stored.number < number_of(signed)):
        return Difference(matter="list", key=signed.key, missing_in=Side.DATABASE)
    if stored is None:
        return None
    key = f"{list_key.name}:{stored.number}"
    if journal.recall(Kind.LIST, key) is None:
        return Difference(matter="list", key=key, missing_in=Side.JOURNAL)
    # A crash leaves a list on record that the journal intended and does not yet know as signed.
    if signed is not None and signed.key == key and signed.details["sha256"] != stored.sha256:
        return Difference(matter="list", key=key, missing_in=Side.BOTH_DIFFER)
    return None


def _audit(journal: Journal) -> tuple[Difference, ...]:
    anchor = journal.last(Kind.AUDIT_HEAD)
    if anchor is None:
        return ()
    found = audit_hash_at(int(anchor.key))
    if found == anchor.details["hash"]:
        return ()
    side = Side.DATABASE if found is None else Side.BOTH_DIFFER
    return (Difference(matter="audit row", key=anchor.key, missing_in=side),)


def _differences(
    matter: str, journal: dict[str, str], database: dict[str, str], unfinished: frozenset[str]
) -> tuple[Difference, ...]:
    found = []
    for key in sorted(journal.keys() | database.keys()):
        if key not in journal:
            found.append(Difference(matter=matter, key=key, missing_in=Side.JOURNAL))
        elif key not in database:
            if key not in unfinished:
                found.append(Difference(matter=matter, key=key, missing_in=Side.DATABASE))
        elif journal[key] != database[key]:
            found.append(Difference(matter=matter, key=key, missing_in=Side.BOTH_DIFFER))
    return tuple(found)
