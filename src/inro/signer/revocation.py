"""The signer's part of a revocation: a decision becomes an entry of the lists (21, 22, 26.1, 39.4)."""

from datetime import datetime

from cryptography import x509

from inro.pki.ca_certificates import NotOfThisCa, check_issued_here
from inro.pki.crl import encode_entry
from inro.pki.repository import UNDIVIDED
from inro.practice.approval import TO_REVOKE, revocation
from inro.practice.certificate import CertificateAct, CertificateState, next_state
from inro.practice.grounds import ground
from inro.signer.approvals import assertion_hashes, verified_approvals
from inro.signer.journal import JournalConflict, Kind, partition_of
from inro.signer.room import Room
from inro.signer.steps import Passed, Step
from inro.store.reads.certificate import certificate_by_serial
from inro.store.reads.mass_revocation import MassCase
from inro.store.reads.repository import ca_certificates
from inro.store.reads.revocation import RevocationRecord
from inro.store.states import Scope
from inro.usecases.revocation import record_revocation


def revoke_certificate(*, case: RevocationRecord, room: Room, now: datetime, passed: Passed) -> None:
    """Enter a certificate among the revoked, once two officers approved exactly this serial and ground.

    Raises: DecisionRefused, ApprovalRefused, AssertionRefused, SeparationBreached, UnknownGround,
    ActNotAllowed for a certificate whose time is over, JournalConflict.
    """
    serial = case.serial.hex()
    known = room.journal.recall(Kind.REVOKED, serial)
    revoked_at = datetime.fromisoformat(known.details["revoked_at"]) if known else now.replace(microsecond=0)
    # What the journal took up before a crash is finished: approvals may have run out since, 26.1 has not.
    approvals = () if known else _believed_approvals(case, room, revoked_at, now)
    reason_code = ground(case.ground).reason_code
    entry = encode_entry(serial=int.from_bytes(case.serial), revoked_at=revoked_at, reason_code=reason_code)
    with room.journal.together():
        for approval, purpose in zip(approvals, TO_REVOKE, strict=False):
            room.journal.remember(Kind.APPROVAL, approval, purpose=purpose.value, serial=serial)
        room.journal.remember(
            Kind.REVOKED,
            serial,
            revoked_at=revoked_at.isoformat(),
            not_after=case.not_after.isoformat(),
            scope=case.scope.value,
            partition=case.partition,
            entry=entry.hex(),
        )
    record_revocation(
        case=case.case_id,
        revoked_at=revoked_at,
        entry=entry,
        reason_code=reason_code,
        actor=room.actor,
        now=now,
    )
    passed(Step.RECORD_REVOCATION)


def _believed_approvals(
    case: RevocationRecord, room: Room, revoked_at: datetime, now: datetime
) -> tuple[str, ...]:
    """Return the hashes of both officers' assertions, if they and the certificate are believed."""
    check_certificate(case, room, revoked_at)
    hashes = assertion_hashes(case.decisions, TO_REVOKE)
    verified_approvals(
        decisions=case.decisions,
        purposes=TO_REVOKE,
        case=case.number,
        content=revocation(serial=case.serial, ground=case.ground, requested_at=case.requested_at),
        room=room,
        now=now,
    )
    return hashes


def check_certificate(case: RevocationRecord | MassCase, room: Room, revoked_at: datetime) -> None:
    """Hold scope, part and end of validity against the journal: they decide on which lists an entry stands.

    Raises: JournalConflict, ActNotAllowed for a certificate whose time is over.
    """
    issued = room.journal.recall(Kind.CERTIFICATE, case.serial.hex())
    if (issued is not None) is not (case.scope is Scope.SUBSCRIBER):
        raise JournalConflict("journal", f"{case.serial.hex()} is recorded as a certificate of {case.scope}")
    not_after = datetime.fromisoformat(issued.details["not_after"]) if issued else _end_of_ca(case, room)
    if not_after != case.not_after:
        raise JournalConflict(
            "journal", f"{case.serial.hex()} ends at {not_after.isoformat()}, not as recorded"
        )
    reserved = room.journal.recall(Kind.SERIAL, case.serial.hex())
    if (partition_of(reserved) if reserved else UNDIVIDED) != case.partition:
        raise JournalConflict(
            "journal", f"{case.serial.hex()} stands in another part of the CRL than recorded"
        )
    state = CertificateState.VALID if revoked_at <= case.not_after else CertificateState.EXPIRED
    next_state(state=state, act=CertificateAct.REVOKE)


def _end_of_ca(case: RevocationRecord | MassCase, room: Room) -> datetime:
    """Return when a CA's certificate ends, by its own bytes, if a key of this CA signed them.

    The journal knows no certificate of a ceremony; the key that signed it vouches for it instead.
    """
    serial = case.serial.hex()
    certificate = certificate_by_serial(case.serial).der or b""
    try:
        check_issued_here(certificate=certificate, issuer=room.issuer, known=ca_certificates())
    except NotOfThisCa as refused:
        raise JournalConflict("journal", f"{serial} {refused.problem}") from refused
    parsed = x509.load_der_x509_certificate(certificate)
    if parsed.serial_number != int.from_bytes(case.serial):
        raise JournalConflict("journal", f"{serial} is another certificate than recorded")
    return parsed.not_valid_after_utc
