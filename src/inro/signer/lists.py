"""CRL, ARL and full CRL: complete by the journal's word, linted, signed, verified, kept (26, 39.4)."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from inro.pki.assemble import assemble_list
from inro.pki.crl import ListDraft, ListKind, draft_list
from inro.pki.crl_entries import check_entries, entry_set
from inro.pki.lint import blocking, lint_list
from inro.ports.errors import PortError
from inro.practice.errors import Refused
from inro.signer.issuance import FindingsStand
from inro.signer.journal import Entry, Journal, Kind
from inro.signer.room import Room
from inro.signer.steps import Passed, Step
from inro.store.reads.revocation import next_list_number, revoked_entries
from inro.store.states import Scope
from inro.usecases.publication import record_list, record_list_intent

# 26.2 allows 24 hours; the work of a pass must fit in what is left of them.
RENEWAL = timedelta(hours=23, minutes=30)
SCOPES = {ListKind.CRL: Scope.SUBSCRIBER, ListKind.ARL: Scope.CA, ListKind.FULL_CRL: None}


class ListIncomplete(Refused):
    """The database's entries are not the journal's: a revocation was hidden, added or changed."""

    def __init__(self, *, kind: ListKind, journal: int, database: int, problems: tuple[str, ...]) -> None:
        super().__init__(kind=kind.value, journal=journal, database=database, problems=list(problems))
        self.kind = kind
        self.journal = journal
        self.database = database
        self.problems = problems


def sign_lists(*, room: Room, now: datetime, passed: Passed) -> None:
    """Sign all three lists as of `now`.

    Raises: ListIncomplete, FindingsStand, JournalConflict, PortError.
    """
    for kind in ListKind:
        sign_list(kind=kind, room=room, now=now, passed=passed)


def sign_list(*, kind: ListKind, room: Room, now: datetime, passed: Passed) -> None:
    """Draft, check, lint, sign, verify and record the next list of a kind.

    Raises: ListIncomplete, FindingsStand, JournalConflict, PortError.
    """
    this_update = now.replace(microsecond=0)
    draft = draft_checked_list(kind=kind, room=room, this_update=this_update)
    room.journal.remember(
        Kind.LIST,
        f"{kind.value}:{draft.number}",
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
    _keep(room.archive, signed)
    record_list(
        kind=draft.kind, number=draft.number, sha256=sha256, size=len(signed), actor=room.actor, now=now
    )
    room.journal.remember(
        Kind.SIGNED_LIST,
        f"{draft.kind.value}:{draft.number}",
        sha256=sha256,
        this_update=this_update.isoformat(),
    )


def draft_checked_list(*, kind: ListKind, room: Room, this_update: datetime) -> ListDraft:
    """Draft the next list of a kind from the database and hold it against the journal.

    Raises: ListIncomplete, FindingsStand.
    """
    previous = signed_last(room.journal, kind)
    # An entry leaves only when it was on a list of after its certificate's end (RFC 5280 3.3).
    since = signed_at(previous) if previous else None
    draft = draft_list(
        kind=kind,
        number=_next_number(room, kind),
        this_update=this_update,
        next_update=_next_update(room, this_update),
        entries=revoked_entries(scope=SCOPES[kind], listed_since=since),
        profile=room.list_profile,
        issuer=room.issuer,
    )
    _check_complete(draft, room, since)
    standing = blocking(
        findings=lint_list(draft=draft, profile=room.list_profile, issuer=room.issuer),
        profile=room.list_profile,
    )
    if standing:
        raise FindingsStand(findings=standing)
    return draft


def _check_complete(draft: ListDraft, room: Room, since: datetime | None) -> None:
    key = room.random_bytes(32)
    listed = check_entries(draft.tbs, key=key)
    remembered = entry_set(_remembered(room, SCOPES[draft.kind], since), key=key)
    if listed.problems or listed.entries != remembered:
        raise ListIncomplete(
            kind=draft.kind,
            journal=remembered.count,
            database=listed.entries.count,
            problems=listed.problems,
        )


def _next_update(room: Room, this_update: datetime) -> datetime:
    return this_update + timedelta(hours=room.list_profile.lifetime_hours)


def _remembered(room: Room, scope: Scope | None, since: datetime | None) -> Iterator[bytes]:
    for scope_of_it, not_after, entry in room.journal.revocations():
        stays = since is None or datetime.fromisoformat(not_after) >= since
        if stays and scope in (None, scope_of_it):
            yield bytes.fromhex(entry)


def _next_number(room: Room, kind: ListKind) -> int:
    """Return a number above every one the journal or the database ever intended (RFC 5280 5.2.3)."""
    intended = room.journal.last(Kind.LIST, prefix=f"{kind.value}:")
    return max(next_list_number(kind), number_of(intended) + 1 if intended else 1)


def signed_last(journal: Journal, kind: ListKind) -> Entry | None:
    """Return the journal's entry of the last list of a kind that was signed and recorded."""
    return journal.last(Kind.SIGNED_LIST, prefix=f"{kind.value}:")


def number_of(entry: Entry) -> int:
    """Return the number of a list, from its entry in the journal."""
    return int(entry.key.rpartition(":")[2])


def signed_at(entry: Entry) -> datetime:
    """Return the thisUpdate of a list, from its entry in the journal."""
    return datetime.fromisoformat(entry.details["this_update"])


def _keep(archive: Path, signed: bytes) -> None:
    place = archive / f"{hashlib.sha256(signed).hexdigest()}.crl"
    part = place.with_suffix(".part")
    try:
        archive.mkdir(parents=True, exist_ok=True)
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
            "list archive", str(error), f"make room in {archive}; the old list stays in force"
        ) from error


def lists_due(*, room: Room, now: datetime) -> bool:
    """Say whether a revocation waits for a list (26.1), or the 24 hours of 26.2 will soon be over for one.

    After the last lists none is due any more (11).
    """
    if room.journal.last(Kind.LAST_LISTS) is not None:
        return False
    revoked = room.journal.last(Kind.REVOKED)
    for kind in ListKind:
        previous = signed_last(room.journal, kind)
        if previous is None or now >= signed_at(previous) + RENEWAL:
            return True
        # By sequence, not by time: a revocation that a crash parted from its list is found too.
        if revoked is not None and revoked.sequence > previous.sequence:
            return True
    return False
