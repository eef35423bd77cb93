"""The signer's part of a mass revocation: two assertions over one list of serials (21, 22, 26.1, 39.4).

The list is taken from the cases and hashed anew; every certificate of it is held against the journal before
the first is revoked. Then some thousand at a time, each lot in one step of the journal and one act, so that a
signer that dies goes on where it was. Who takes a case out of the list or puts one in is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inro.pki.crl import encode_entry
from inro.practice.approval import TO_REVOKE, mass_revocation
from inro.practice.grounds import ground
from inro.signer.approvals import assertion_hashes, verified_approvals
from inro.signer.journal import JournalConflict, Kind
from inro.signer.revocation import check_certificate
from inro.signer.room import Room
from inro.signer.steps import Passed, Step
from inro.store.reads.campaign_certificates import list_sha256
from inro.store.reads.mass_revocation import (
    MassCase,
    MassRecord,
    decided_cases,
    decisions_of_mass,
    mass_serials,
)
from inro.store.reads.revocation import decided_revocations
from inro.usecases.mass_revocation_signing import (
    RevokedCase,
    finish_mass_revocation,
    record_mass_revocations,
)

# A lot is a few seconds' work: so long a single revocation waits at most.
LOT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Approved:
    """The list that the officers signed, serial by serial."""

    mass: MassRecord
    serials: frozenset[bytes]


def revoke_in_bulk(*, mass: MassRecord, room: Room, now: datetime, passed: Passed) -> int:
    """Revoke a list, or go on with it, until it is done or a single case waits; return how many it was.

    Raises: DecisionRefused, ApprovalRefused, AssertionRefused, SeparationBreached, UnknownGround,
    ActNotAllowed for a certificate whose time is over, JournalConflict.
    """
    approved = _taken_up(mass, room, now)
    passed(Step.TAKE_UP_MASS)
    revoked, after = 0, b""
    while lot := decided_cases(mass.mass_id, after=after, most=LOT):
        if revoked and decided_revocations():
            return revoked
        _revoke(lot, approved, room, now, passed)
        revoked, after = revoked + len(lot), lot[-1].serial
    finish_mass_revocation(mass=mass, revoked_at=now.replace(microsecond=0), actor=room.actor, now=now)
    passed(Step.FINISH_MASS)
    return revoked


def _taken_up(mass: MassRecord, room: Room, now: datetime) -> _Approved:
    """Return the list if it is what two officers signed, or what the journal took up before."""
    serials = list(mass_serials(mass.mass_id))
    count, sha256 = list_sha256(serial.hex() for serial in serials)
    details = {"serials_sha256": sha256, "count": count, "ground": mass.ground}
    # Taken up before a crash it is finished: approvals may have run out since, 26.1 has not.
    if room.journal.recall(Kind.MASS_REVOCATION, mass.number) is None:
        hashes = assertion_hashes(decisions_of_mass(mass.mass_id), TO_REVOKE)
        _believe(mass, sha256=sha256, count=count, room=room, now=now)
        _check_certificates(mass, room, now)
        with room.journal.together():
            for approval, purpose in zip(hashes, TO_REVOKE, strict=True):
                room.journal.remember(Kind.APPROVAL, approval, purpose=purpose.value, mass=mass.number)
            room.journal.remember(Kind.MASS_REVOCATION, mass.number, **details)
    else:
        room.journal.remember(Kind.MASS_REVOCATION, mass.number, **details)
    return _Approved(mass=mass, serials=frozenset(serials))


def _believe(mass: MassRecord, *, sha256: str, count: int, room: Room, now: datetime) -> None:
    verified_approvals(
        decisions=decisions_of_mass(mass.mass_id),
        purposes=TO_REVOKE,
        case=mass.number,
        content=mass_revocation(
            serials_sha256=sha256,
            count=count,
            ground=mass.ground,
            requested_at=mass.requested_at,
            criterion=mass.criterion.as_record(),
        ),
        room=room,
        now=now,
    )


def _check_certificates(mass: MassRecord, room: Room, now: datetime) -> None:
    """Hold every certificate of the list against the journal, which knows none of them as revoked."""
    after = b""
    while lot := decided_cases(mass.mass_id, after=after, most=LOT):
        for case in lot:
            check_certificate(case, room, now)
            if room.journal.recall(Kind.REVOKED, case.serial.hex()) is not None:
                raise JournalConflict("journal", f"{case.serial.hex()} is revoked already")
        after = lot[-1].serial


def _revoke(lot: Iterable[MassCase], approved: _Approved, room: Room, now: datetime, passed: Passed) -> None:
    """Take one lot of the list into the journal, then into the record."""
    reason_code = ground(approved.mass.ground).reason_code
    with room.journal.together():
        revoked = [_remembered(case, approved, room, now.replace(microsecond=0), reason_code) for case in lot]
    passed(Step.REMEMBER_MASS)
    record_mass_revocations(
        mass=approved.mass, revoked=revoked, reason_code=reason_code, actor=room.actor, now=now
    )
    passed(Step.RECORD_MASS)


def _remembered(
    case: MassCase, approved: _Approved, room: Room, now: datetime, reason_code: int | None
) -> RevokedCase:
    serial, number = case.serial.hex(), approved.mass.number
    if case.serial not in approved.serials:
        raise JournalConflict("journal", f"{serial} is not on the list of {number}")
    known = room.journal.recall(Kind.REVOKED, serial)
    if known is None:
        check_certificate(case, room, now)
    revoked_at = datetime.fromisoformat(known.details["revoked_at"]) if known else now
    entry = encode_entry(serial=int.from_bytes(case.serial), revoked_at=revoked_at, reason_code=reason_code)
    room.journal.remember(
        Kind.REVOKED,
        serial,
        revoked_at=revoked_at.isoformat(),
        not_after=case.not_after.isoformat(),
        scope=case.scope.value,
        partition=case.partition,
        entry=entry.hex(),
        mass=number,
    )
    return RevokedCase(of=case, revoked_at=revoked_at, entry=entry)
