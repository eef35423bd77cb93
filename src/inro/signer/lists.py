"""CRL, ARL and full CRL: complete by the journal's word, linted, signed, verified, kept (26, 39.4)."""

import hashlib
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from inro.pki.assemble import assemble_list
from inro.pki.crl import ListBody, ListDraft, ListKey, bodies_of, draft_list, list_keys
from inro.pki.lint import blocking, lint_list
from inro.pki.repository import UNDIVIDED
from inro.ports.errors import PortError
from inro.practice.errors import Refused
from inro.signer.issuance import FindingsStand
from inro.signer.journal import Entry, Journal, Kind
from inro.signer.list_check import check_complete
from inro.signer.room import Room
from inro.signer.steps import Passed, Step
from inro.store.reads.revocation import last_published_update, next_list_number, revoked_entries
from inro.usecases.publication import record_list, record_list_intent

# 26.2 allows 24 hours; the work of a pass must fit in what is left of them.
RENEWAL = timedelta(hours=23, minutes=30)


class ClockBehind(Refused):
    """The clock stands before a list that is published: a list of now would take a step back (26.1)."""

    def __init__(self, *, published: datetime, clock: datetime) -> None:
        super().__init__(published=published, clock=clock)
        self.published = published
        self.clock = clock


def sign_lists(*, room: Room, now: datetime, passed: Passed) -> None:
    """Sign every list as of `now`, once all of them together are what the journal says.

    Raises: ClockBehind, ListIncomplete, FindingsStand, JournalConflict, PortError.
    """
    this_update = now.replace(microsecond=0)
    _check_clock(this_update)
    _begin_partitions(room, now)
    drafts = checked_drafts(room=room, this_update=this_update)
    for key in tuple(drafts):
        _sign(drafts.pop(key), room=room, now=now, passed=passed)


def _check_clock(this_update: datetime) -> None:
    published = last_published_update()
    if published is not None and published > this_update:
        raise ClockBehind(published=published, clock=this_update)


def _begin_partitions(room: Room, now: datetime) -> None:
    """Remember every part of the CRL that certificates may point to from now on; none ever ends."""
    parts = room.list_profile.partitions
    for partition in range(room.journal.count(Kind.PARTITION) + 1, parts + 1 if parts > 1 else 1):
        room.journal.remember(Kind.PARTITION, str(partition), begun_at=now.isoformat())


def lists_of(journal: Journal) -> tuple[ListKey, ...]:
    """Return every list the signer ever began: also parts of the CRL that no new certificate joins."""
    return list_keys(journal.count(Kind.PARTITION))


def checked_drafts(*, room: Room, this_update: datetime) -> dict[ListKey, ListDraft]:
    """Draft the next list of each kind and partition from the database, and hold all against the journal.

    Raises: ListIncomplete, FindingsStand.
    """
    since = _listed_since(room.journal)
    # A part that the journal never began is missing among the lists, and found by their comparison.
    bodies = bodies_of(lists_of(room.journal), revoked_entries(listed_since=since))
    drafts = {key: _draft(key, bodies.pop(key), room, this_update) for key in tuple(bodies)}
    room.memory.begin(room.journal, room.random_bytes(32))
    check_complete(
        drafts=drafts,
        memory=room.memory,
        journal=room.journal,
        since=since,
        this_update=this_update,
    )
    for draft in drafts.values():
        _check_lint(draft, room)
    return drafts


def _listed_since(journal: Journal) -> datetime | None:
    """Return from when on a certificate's end keeps its entry listed; None keeps every entry.

    An entry leaves only when every list was signed after its certificate's end (RFC 5280 3.3). A part of
    the CRL that never had a list has no certificates either.
    """
    times = []
    for key in lists_of(journal):
        previous = signed_last(journal, key)
        if previous is not None:
            times.append(signed_at(previous))
        elif key.partition == UNDIVIDED:
            return None
    return min(times)


def _draft(key: ListKey, body: ListBody, room: Room, this_update: datetime) -> ListDraft:
    return draft_list(
        kind=key.kind,
        partition=key.partition,
        number=_next_number(room, key),
        this_update=this_update,
        next_update=_next_update(room, this_update),
        entries=body,
        profile=room.list_profile,
        issuer=room.issuer,
    )


def _check_lint(draft: ListDraft, room: Room) -> None:
    standing = blocking(
        findings=lint_list(draft=draft, profile=room.list_profile, issuer=room.issuer),
        profile=room.list_profile,
    )
    if standing:
        raise FindingsStand(findings=standing)


def _sign(draft: ListDraft, *, room: Room, now: datetime, passed: Passed) -> None:
    """Sign, verify and record a list that was checked."""
    this_update = now.replace(microsecond=0)
    room.journal.remember(
        Kind.LIST,
        f"{draft.key.name}:{draft.number}",
        tbs_sha256=draft.tbs_sha256,
        this_update=this_update.isoformat(),
    )
    record_list_intent(
        draft=draft,
        this_update=this_update,
        next_update=_next_update(room, this_update),
        actor=room.actor,
        now=now,
    )
    passed(Step.RECORD_LIST_INTENT)
    signature = room.token.sign(draft.tbs)
    passed(Step.SIGN_LIST)
    signed = assemble_list(tbs=draft.tbs, signature=signature, issuer=room.issuer)
    _record(draft, signed, room=room, this_update=this_update, now=now)
    passed(Step.RECORD_LIST)


def _record(draft: ListDraft, signed: bytes, *, room: Room, this_update: datetime, now: datetime) -> None:
    """Keep a signed list where the worker finds it; the journal comes last, so that a crash makes another."""
    sha256 = hashlib.sha256(signed).hexdigest()
    _keep(room.archive / f"{sha256}.crl", signed)
    record_list(
        key=draft.key, number=draft.number, sha256=sha256, size=len(signed), actor=room.actor, now=now
    )
    room.journal.remember(
        Kind.SIGNED_LIST,
        f"{draft.key.name}:{draft.number}",
        sha256=sha256,
        this_update=this_update.isoformat(),
    )


def _next_update(room: Room, this_update: datetime) -> datetime:
    return this_update + timedelta(hours=room.list_profile.lifetime_hours)


def _next_number(room: Room, key: ListKey) -> int:
    """Return a number above every one the journal or the database ever intended (RFC 5280 5.2.3)."""
    intended = room.journal.last(Kind.LIST, prefix=f"{key.name}:")
    return max(next_list_number(*key), number_of(intended) + 1 if intended else 1)


def signed_last(journal: Journal, key: ListKey) -> Entry | None:
    """Return the journal's entry of the last list of a kind and partition that was signed and recorded."""
    return journal.last(Kind.SIGNED_LIST, prefix=f"{key.name}:")


def number_of(entry: Entry) -> int:
    """Return the number of a list, from its entry in the journal."""
    return int(entry.key.rpartition(":")[2])


def signed_at(entry: Entry) -> datetime:
    """Return the thisUpdate of a list, from its entry in the journal."""
    return datetime.fromisoformat(entry.details["this_update"])


def _keep(place: Path, signed: bytes) -> None:
    part = place.with_suffix(".part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(signed)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except OSError as error:
        # A disk that took no list may not let go of half of one either.
        with suppress(OSError):
            part.unlink()
        raise PortError(
            "list archive", str(error), f"make room in {place.parent}; the old list stays in force"
        ) from error


def lists_due(*, room: Room, now: datetime) -> bool:
    """Say whether a revocation waits for a list (26.1), or the 24 hours of 26.2 will soon be over for one.

    After the last lists none is due any more (11).
    """
    if room.journal.last(Kind.LAST_LISTS) is not None:
        return False
    revoked, parts = room.journal.last(Kind.REVOKED), room.list_profile.partitions
    if parts > max(1, room.journal.count(Kind.PARTITION)):
        return True
    for key in lists_of(room.journal):
        previous = signed_last(room.journal, key)
        if previous is None or now >= signed_at(previous) + RENEWAL:
            return True
        # By sequence, not by time: a revocation that a crash parted from its list is found too.
        if revoked is not None and revoked.sequence > previous.sequence:
            return True
    return False
