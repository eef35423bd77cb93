"""What one running signer has read of journal and lists, so that no pass reads all of it again (26, 39.4).

Sets of rows are kept as sums of keyed hashes, whose random key nobody else knows: a million rows are a
number. Where a sum differs, all is read and the difference named.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from inro.pki.crl import ListKey
from inro.pki.crl_entries import NO_ENTRIES, EntrySet
from inro.signer.journal import Journal, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """How a list began when all its entries were read: so many octets, their hash, the set they are."""

    octets: int
    sha256: bytes
    entries: EntrySet
    this_update: datetime


NOTHING_READ = ReadList(
    octets=0,
    sha256=hashlib.sha256().digest(),
    entries=NO_ENTRIES,
    this_update=datetime.min.replace(tzinfo=UTC),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationSums:
    """What the journal's revocations add up to, list by list, as far as the entry `sequence`."""

    sequence: int
    sets: dict[ListKey, EntrySet]
    first_end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesRead:
    """What the journal's entries of a kind add up to, as far as the entry `sequence`."""

    sequence: int
    entries: EntrySet


NO_ENTRIES_READ = EntriesRead(sequence=0, entries=NO_ENTRIES)


@dataclass(slots=True)
class Memory:
    """What one running signer has read; it is worth nothing to another, or beside another journal."""

    journal: Journal | None = None
    key: bytes = b""
    lists: dict[ListKey, ReadList] = field(default_factory=dict)
    revocations: RevocationSums | None = None
    kinds: dict[Kind, EntriesRead] = field(default_factory=dict)

    def begin(self, journal: Journal, key: bytes) -> None:
        """Forget everything beside another journal, and take a random digest key of 32 octets."""
        if self.journal is not journal:
            self.journal, self.key = journal, key
            self.lists, self.revocations, self.kinds = {}, None, {}
