"""Every entry of every list, held against the journal; what was read once is not read again (26, 39.4).

The signer keeps in mind, for as long as it runs, how each list began when it was last right, and what the
journal's revocations add up to. A new list is then right when it begins with the same octets and what is new
behind them is what is new in the journal; where it does not, or after a restart, all of it is read.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from inro.pki.crl import ListDraft, ListKey, ListKind
from inro.pki.crl_entries import NO_ENTRIES, EntrySet, EntrySum, check_entries, entry_octets, union_of
from inro.practice.errors import Refused
from inro.signer.journal import Journal
from inro.signer.memory import NOTHING_READ, Memory, ReadList, RevocationSums
from inro.store.states import Scope


class ListIncomplete(Refused):
    """The database's entries are not the journal's: a revocation was hidden, added or changed."""

    def __init__(self, *, kind: str, journal: int, database: int, problems: tuple[str, ...]) -> None:
        super().__init__(kind=kind, journal=journal, database=database, problems=list(problems))
        self.kind = kind
        self.journal = journal
        self.database = database
        self.problems = problems


def check_complete(
    *,
    drafts: Mapping[ListKey, ListDraft],
    memory: Memory,
    journal: Journal,
    since: datetime | None,
    this_update: datetime,
) -> None:
    """See that CRL, its partitions and ARL are the full CRL, and each what the journal says (26.1, 39.4).

    `since` is from when on a certificate's end keeps its entry on the lists.
    Raises: ListIncomplete.
    """
    remembered = _remembered(memory, journal, since)
    found: dict[ListKey, EntrySet] = {}
    for key, draft in drafts.items():
        found[key], problems = _read(key, draft, memory, this_update)
        wanted = remembered.get(key, NO_ENTRIES)
        if problems or found[key] != wanted:
            raise ListIncomplete(
                kind=key.name, journal=wanted.count, database=found[key].count, problems=problems
            )
    full = found.pop(ListKey(ListKind.FULL_CRL))
    parts = union_of(*found.values())
    if parts != full:
        raise ListIncomplete(
            kind=ListKind.FULL_CRL.value,
            journal=parts.count,
            database=full.count,
            problems=("is not CRL and ARL together",),
        )


def _read(
    key: ListKey, draft: ListDraft, memory: Memory, this_update: datetime
) -> tuple[EntrySet, tuple[str, ...]]:
    octets, before = entry_octets(draft.tbs), memory.lists.get(key, NOTHING_READ)
    digest = hashlib.sha256(octets[: before.octets])
    begins_alike = digest.digest() == before.sha256
    digest.update(octets[before.octets :])
    # Nothing of it was revoked after its thisUpdate, nor after this one, unless the clock went back.
    if not begins_alike or this_update < before.this_update:
        before = NOTHING_READ
    checked = check_entries(draft.tbs, key=memory.key, skipped=before.octets, is_compared=True)
    entries = union_of(before.entries, checked.entries)
    if not checked.problems:
        memory.lists[key] = ReadList(
            octets=len(octets), sha256=digest.digest(), entries=entries, this_update=this_update
        )
    return entries, checked.problems


def _remembered(memory: Memory, journal: Journal, since: datetime | None) -> Mapping[ListKey, EntrySet]:
    """Return what the journal's revocations add up to, for each list."""
    known, head = memory.revocations, journal.head[0]
    if known is None or (since is not None and known.first_end is not None and known.first_end < since):
        known = RevocationSums(sequence=0, sets={}, first_end=None)
    sums: defaultdict[ListKey, EntrySum] = defaultdict(lambda: EntrySum(memory.key))
    first_end = known.first_end
    for scope, partition, not_after, entry in journal.revocations(after=known.sequence):
        end = datetime.fromisoformat(not_after)
        if since is not None and end < since:
            continue
        first_end = end if first_end is None else min(first_end, end)
        key = ListKey(ListKind.ARL) if scope == Scope.CA else ListKey(ListKind.CRL, partition)
        sums[key].add(bytes.fromhex(entry))
    new = {key: found.set for key, found in sums.items()}
    new[ListKey(ListKind.FULL_CRL)] = union_of(*new.values())
    sets = {
        key: union_of(known.sets.get(key, NO_ENTRIES), new.get(key, NO_ENTRIES)) for key in known.sets | new
    }
    memory.revocations = RevocationSums(sequence=head, sets=sets, first_end=first_end)
    return sets
