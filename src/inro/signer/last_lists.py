"""The last lists: signed if two officers decided on what the journal knows; no list follows (11, 26)."""

from dataclasses import replace
from datetime import datetime

from inro.practice.approval import TO_SIGN_LAST_LISTS
from inro.practice.discontinuation import (
    DiscontinuationState,
    entries_sha256,
    last_lists_plan,
    last_lists_until,
)
from inro.signer.approvals import verified_approvals
from inro.signer.journal import Kind
from inro.signer.lists import sign_lists
from inro.signer.room import Room
from inro.signer.steps import Passed
from inro.store.reads.discontinuation import DiscontinuationRecord, standing_discontinuation
from inro.usecases.last_lists import record_last_lists

_LAST = "lists"


def last_lists_due() -> bool:
    """Say whether two officers decided on the last lists and they are not signed yet."""
    record = standing_discontinuation()
    return record is not None and record.state is DiscontinuationState.LISTS_DECIDED


def sign_last_lists(*, room: Room, now: datetime, passed: Passed) -> None:
    """Sign the three lists that stand until records of the last certificate may go (11, 40(4)).

    Broken off, the next pass signs all three again: from the first on, the journal admits no others.

    Raises: DecisionRefused, ApprovalRefused, AssertionRefused, SeparationBreached, RosterRefused where what
    was decided is not what the journal knows; ListIncomplete, FindingsStand, JournalConflict, PortError.
    """
    record = standing_discontinuation()
    if record is None:
        return
    until = _until(room)
    if room.journal.recall(Kind.LAST_LISTS, _LAST) is None:
        _believe(record, until, room, now)
    room.journal.remember(Kind.LAST_LISTS, _LAST, until=until.isoformat())
    profile = room.list_profile.lasting(since=now.replace(microsecond=0), until=until)
    sign_lists(room=replace(room, list_profile=profile), now=now, passed=passed)
    record_last_lists(actor=room.actor, now=now)


def _until(room: Room) -> datetime:
    ends = (
        datetime.fromisoformat(entry.details["not_after"]) for entry in room.journal.entries(Kind.CERTIFICATE)
    )
    return last_lists_until(
        last_not_after=max(ends, default=room.issuer.not_after),
        retention_years=room.list_profile.last_retention_years,
    )


def _believe(record: DiscontinuationRecord, until: datetime, room: Room, now: datetime) -> None:
    entries = [bytes.fromhex(entry) for *_, entry in room.journal.revocations()]
    verified_approvals(
        decisions=record.decisions,
        purposes=TO_SIGN_LAST_LISTS,
        case=record.case,
        content=last_lists_plan(until=until, revoked=len(entries), entries_sha256=entries_sha256(entries)),
        room=room,
        now=now,
    )
