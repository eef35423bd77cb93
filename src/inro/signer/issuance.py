"""The signer's walk: from a hand-over it believes to a certificate on record (9.1, 17.1; docs/issuance.md).

Record before sign, lint before sign, sign what was linted. The HSM is never called inside a transaction,
and every step may be repeated after a crash: the same serial, the same bytes, the same signature.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from inro.pki.assemble import assemble_certificate
from inro.pki.draft import Draft, DraftRefused, Particulars, draft_certificate
from inro.pki.finding import Finding, Severity
from inro.pki.hand_over import HandOver, HandOverFault, HandOverRefused, verify_hand_over
from inro.pki.keys import check_public_key
from inro.pki.lint import blocking, lint_certificate
from inro.pki.repository import UNDIVIDED
from inro.pki.serial import new_serial
from inro.practice.approval import TO_ISSUE, Purpose, certification
from inro.practice.content import CertifiedContent
from inro.practice.errors import Refused
from inro.practice.examination import ExaminationFindings
from inro.practice.validity import not_after
from inro.signer.approvals import (
    DecisionFault,
    DecisionRefused,
    assertion_hashes,
    examination_end,
    verified_approvals,
)
from inro.signer.journal import Entry, JournalConflict, Kind, partition_of
from inro.signer.room import Room
from inro.signer.service_end import check_ca_stands, check_not_ended
from inro.signer.steps import Passed, Step
from inro.store.errors import Conflict
from inro.store.ids import OrderId
from inro.store.reads.issuance import OrderRecord, issuance_order
from inro.store.records import SigningIntentRecord
from inro.store.states import Medium
from inro.usecases.issuance_certificate import record_certificate, record_signing_intent, reserve_serial


class FindingsStand(Refused):
    """Lints or key checks found what the profile doesn't excuse; nothing was signed."""

    def __init__(self, *, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings=[f"{finding.code}: {finding.detail}" for finding in findings])
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """An order the signer has checked by itself; `intent` is the journal's, once its bytes are fixed."""

    order: OrderRecord
    hand_over: HandOver
    content: CertifiedContent
    approvals: tuple[str, ...]
    serial: bytes
    partition: int
    intent: Entry | None
    examination_ended_at: datetime


def issue_certificate(*, order: OrderId, room: Room, now: datetime, passed: Passed) -> None:
    """Certify the key of a handed-over card: steps a to d of the walk.

    Raises: Refused of every kind that `believe` names, FindingsStand, JournalConflict, AssemblyRefused,
    PortError.
    """
    believed = believe(order=issuance_order(order), room=room, now=now)
    if believed.intent is None:
        # What may be signed already is finished, so that the last day finds and revokes it.
        check_not_ended(room=room, now=now)
        check_ca_stands(room)
    _reserve_serial(believed, room, now)
    passed(Step.RESERVE_SERIAL)
    intent, particulars = _record_intent(believed, room, now)
    passed(Step.RECORD_INTENT)
    signature = room.token.sign(intent.tbs)
    passed(Step.SIGN)
    certificate = assemble_certificate(
        tbs=intent.tbs,
        signature=signature,
        particulars=particulars,
        profile=room.profile,
        issuer=room.issuer,
    )
    room.journal.remember(
        Kind.CERTIFICATE,
        believed.serial.hex(),
        sha256=hashlib.sha256(certificate).hexdigest(),
        not_after=particulars.not_after.isoformat(),
        order=believed.order.order_id,
    )
    record_certificate(order=order, certificate=certificate, actor=room.actor, now=now)
    passed(Step.RECORD_CERTIFICATE)


def believe(*, order: OrderRecord, room: Room, now: datetime) -> Believed:
    """Check the station's signature, the officers' assertions, the content and the key of an order.

    Raises: HandOverRefused, DecisionRefused, ApprovalRefused, AssertionRefused, SeparationBreached,
    FindingsStand.
    """
    hand_over = _verified_hand_over(order, room)
    content = _content(order)
    approvals = assertion_hashes(order.decisions, TO_ISSUE)
    if hand_over.approvals != approvals:
        raise HandOverRefused(fault=HandOverFault.OTHER_APPROVALS)
    weak = check_public_key(public_key_info=hand_over.public_key_info, key_bits=room.profile.key_bits)
    if weak:
        raise FindingsStand(findings=weak)
    # The journal's serial, never the database's: whoever owns that must not choose one.
    used = room.journal.recall(Kind.APPROVAL, approvals[0])
    serial = used.details["serial"] if used else new_serial(room.random_bytes).to_bytes(20).hex()
    intent = room.journal.recall(Kind.INTENT, serial)
    return Believed(
        order=order,
        hand_over=hand_over,
        content=content,
        approvals=approvals,
        serial=bytes.fromhex(serial),
        partition=_partition(serial, room),
        intent=intent,
        examination_ended_at=_examination_end(order, content, intent, room, now),
    )


def _partition(serial: str, room: Room) -> int:
    """Return the part of the CRL for a certificate: the one it was given once, else one of today's."""
    known = room.journal.recall(Kind.SERIAL, serial)
    if known is not None:
        return partition_of(known)
    parts = room.list_profile.partitions
    return UNDIVIDED if parts == 1 else 1 + int(serial, 16) % parts


def _examination_end(
    order: OrderRecord, content: CertifiedContent, intent: Entry | None, room: Room, now: datetime
) -> datetime:
    if intent is not None:
        # Bytes once fixed are finished: approvals may have run out since, and other bytes are a conflict.
        return datetime.fromisoformat(intent.details["examination_ended_at"])
    _, acceptance, _ = verified_approvals(
        decisions=order.decisions,
        purposes=TO_ISSUE,
        case=order.application_number,
        content=certification(content=content, period=order.period, findings=_findings(order)),
        room=room,
        now=now,
    )
    return examination_end(acceptance=acceptance, recorded=order.examination_ended_at, now=now)


def _content(order: OrderRecord) -> CertifiedContent:
    try:
        return CertifiedContent.from_record(order.content)
    except (KeyError, TypeError, AttributeError) as error:
        raise DecisionRefused(fault=DecisionFault.OTHER_CONTENT, purpose=Purpose.ACCEPTANCE) from error


def _findings(order: OrderRecord) -> ExaminationFindings:
    try:
        return ExaminationFindings.from_record(order.findings)
    except TypeError as error:
        raise DecisionRefused(fault=DecisionFault.OTHER_CONTENT, purpose=Purpose.EXAMINATION) from error


def _verified_hand_over(order: OrderRecord, room: Room) -> HandOver:
    if order.hand_over is None or order.station_signature is None or order.card is None:
        raise HandOverRefused(fault=HandOverFault.FORM)
    hand_over = verify_hand_over(
        payload=order.hand_over, signature=order.station_signature, station_key_info=room.station_key_info
    )
    if (hand_over.order, hand_over.application) != (order.order_id, order.application_number):
        raise HandOverRefused(fault=HandOverFault.OTHER_ORDER)
    if hand_over.card_serial != order.card.serial:
        raise HandOverRefused(fault=HandOverFault.OTHER_CARD)
    if hand_over.medium != Medium.HARDWARE and not room.virtual_allowed:
        raise HandOverRefused(fault=HandOverFault.VIRTUAL_CARD)
    return hand_over


def _reserve_serial(believed: Believed, room: Room, now: datetime) -> None:
    """Remember approvals, key and serial for this order alone, then let the database have the serial.

    Raises: JournalConflict if one of them served another order, or the database has another serial.
    """
    order, serial = believed.order.order_id, believed.serial.hex()
    # The serial is part of each memory: a row deleted from the database can't win a second certificate.
    use: dict[str, Any] = {"order": order, "serial": serial}
    with room.journal.together():
        for approval, purpose in zip(believed.approvals, TO_ISSUE, strict=True):
            room.journal.remember(Kind.APPROVAL, approval, purpose=purpose.value, **use)
        room.journal.remember(Kind.PUBLIC_KEY, believed.hand_over.public_key_sha256, **use)
        room.journal.remember(Kind.SERIAL, serial, order=order, partition=believed.partition)
    try:
        recorded = reserve_serial(
            order=order,
            serial=believed.serial,
            partition=believed.partition,
            actor=room.actor,
            now=now,
        )
    except Conflict as conflict:
        raise JournalConflict("journal", f"serial {serial} is recorded for another order") from conflict
    if recorded != believed.serial:
        raise JournalConflict("journal", f"order {order} is recorded with the serial {recorded.hex()}")


def _record_intent(believed: Believed, room: Room, now: datetime) -> tuple[SigningIntentRecord, Particulars]:
    known, serial = believed.intent, believed.serial.hex()
    issued_at = datetime.fromisoformat(known.details["issued_at"]) if known else now.replace(microsecond=0)
    draft, particulars = _draft(believed, issued_at, room)
    findings = lint_certificate(
        certificate=draft.certificate,
        profile=room.profile,
        issuer=room.issuer,
        examination_ended_at=believed.examination_ended_at,
        partition=believed.partition,
    )
    standing = blocking(findings=findings, profile=room.profile)
    if standing:
        raise FindingsStand(findings=standing)
    room.journal.remember(
        Kind.INTENT,
        serial,
        tbs_sha256=draft.tbs_sha256,
        issued_at=issued_at.isoformat(),
        examination_ended_at=believed.examination_ended_at.isoformat(),
    )
    intent = SigningIntentRecord(
        serial=believed.serial,
        tbs=draft.tbs,
        lint=[asdict(finding) for finding in findings],
        profile_sha256=room.profile.sha256,
        issued_at=issued_at,
        not_after=particulars.not_after,
    )
    recorded = record_signing_intent(order=believed.order.order_id, intent=intent, actor=room.actor, now=now)
    if recorded.tbs != intent.tbs:
        raise JournalConflict("journal", f"the bytes recorded for serial {serial} are others")
    return intent, particulars


def _draft(believed: Believed, issued_at: datetime, room: Room) -> tuple[Draft, Particulars]:
    particulars = Particulars(
        content=believed.content,
        public_key_info=believed.hand_over.public_key_info,
        serial=int.from_bytes(believed.serial),
        issued_at=issued_at,
        not_after=not_after(issued_at=issued_at, period=believed.order.period),
        partition=believed.partition,
    )
    try:
        draft = draft_certificate(
            particulars=particulars,
            examination_ended_at=believed.examination_ended_at,
            profile=room.profile,
            issuer=room.issuer,
        )
    except DraftRefused as error:
        found = Finding(
            code=f"draft.{error.field}",
            severity=Severity.ERROR,
            clause=error.clause,
            detail=error.problem,
        )
        raise FindingsStand(findings=(found,)) from error
    return draft, particulars
