"""From a request to the entry in the lists: one officer examines, another decides (21, 22, 26.1, 39.4)."""

from datetime import datetime

from inro.practice.approval import Purpose, revocation
from inro.practice.certificate import CertificateState
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.grounds import Invoker
from inro.practice.grounds import ground as ground_of
from inro.practice.notices import Channel
from inro.practice.receipt import ReceiptClock, receipt_period_over
from inro.practice.revocation import (
    RefusalReason,
    RevocationFacts,
    RevocationPaper,
    check_refusal,
    check_request,
    check_revocation,
)
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.ids import CaseId, CertificateId
from inro.store.models import Certificate, Decision, RevocationCase, RevokedEntry
from inro.store.numbers import next_number
from inro.store.reads.revocation import RevocationRecord, revocation_case
from inro.store.states import RevocationState
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.decision import Approval, Officers, approval_of, check_approval, insert_decision


def record_revocation_request(
    *,
    certificate: CertificateId,
    ground: str,
    invoker: Invoker,
    channel: Channel,
    requested_at: datetime,
    actor: Actor,
    now: datetime,
) -> CaseId:
    """Open a revocation case on a ground of Article 21 or 22, never on a free reason (21.1, 22.1, 39.4).

    Raises: DutyMissing, UnknownGround, GuardRefused when the ground is another's to bring or the validity is
    over, Unknown, Conflict when the certificate is not valid or has a case.
    """
    actor.check(Duty.REVOCATION_INTAKE)
    row = Certificate.objects.select_related("serial").filter(pk=certificate).first()
    if row is None:
        raise Unknown(what="certificate", detail=str(certificate))
    if row.state != CertificateState.VALID:
        raise Conflict(what="certificate", detail=f"{certificate} is {row.state}")
    check_request(ground=ground_of(ground), invoker=invoker, not_after=row.not_after, now=now)
    with act(actor=actor, now=now) as doing:
        case = RevocationCase.objects.create(
            number=next_number("R", now=now),
            certificate=row,
            ground=ground,
            invoker=invoker,
            channel=channel,
            state=RevocationState.REQUESTED,
            requested_at=requested_at,
        )
        doing.record(
            EventKind.REVOCATION_RECEIVED,
            subject=_subject(case.number),
            serial=bytes(row.serial.serial).hex(),
            ground=ground,
            channel=channel.value,
            requested_at=requested_at.isoformat(),
        )
    return CaseId(case.pk)


def examine_revocation(
    *,
    case: CaseId,
    paper: RevocationPaper | None,
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    """Record the paper as examined, and the officer's approval of exactly this serial and ground (21, 22).

    `paper` is None for the CA's own grounds, which come on none.

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, Conflict.
    """
    actor.check(Duty.REVOCATION_EXAMINATION)
    record = revocation_case(case)
    _check(record, Purpose.REVOCATION_EXAMINATION, approval, (), officers, actor, now)
    with act(actor=actor, now=now) as doing:
        change(
            RevocationCase,
            row=case,
            expected={"state": RevocationState.REQUESTED},
            to={
                "state": RevocationState.EXAMINED,
                "examiner": actor.name,
                "paper": paper.as_record() if paper else None,
            },
        )
        assertion = insert_decision(approval=approval, person=actor.name, now=now, case=case)
        doing.record(
            EventKind.REVOCATION_EXAMINED, subject=_subject(record.number), assertion_sha256=assertion
        )


def decide_revocation(
    *,
    case: CaseId,
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
    receipt: ReceiptClock | None = None,
    municipal_merger: bool = False,
) -> None:
    """Record the second officer's decision; the signer acts on it (21, 22, 39.4).

    `receipt` are the deadlines of the card's delivery, without which 18.7 and 22.1(1) are never reached;
    `municipal_merger` says that only the authorities renamed what the certificate shows (21.1(2)).

    Raises: GuardRefused naming the condition that is not met, DutyMissing, OtherMatter, ApprovalRefused,
    AssertionRefused, SeparationBreached, Conflict.
    """
    actor.check(Duty.REVOCATION_DECISION)
    record = revocation_case(case)
    examined = (
        Decision.objects.filter(case_id=case, purpose=Purpose.REVOCATION_EXAMINATION).order_by("-id").first()
    )
    if examined is None:
        raise Conflict(what="case", detail=f"{record.number} is not examined")
    _check(record, Purpose.REVOCATION, approval, (approval_of(examined),), officers, actor, now)
    check_revocation(_facts(record, examined.person, actor, now, receipt, municipal_merger=municipal_merger))
    with act(actor=actor, now=now) as doing:
        change(
            RevocationCase,
            row=case,
            expected={"state": RevocationState.EXAMINED},
            to={"state": RevocationState.DECIDED, "decider": actor.name, "decided_at": now},
        )
        assertion = insert_decision(approval=approval, person=actor.name, now=now, case=case)
        doing.record(
            EventKind.REVOCATION_DECIDED, subject=_subject(record.number), assertion_sha256=assertion
        )


def refuse_revocation(
    *, case: CaseId, reason: RefusalReason, reason_sha256: str, actor: Actor, now: datetime
) -> None:
    """Refuse a request, for lack of authenticity or form alone where the terms make it mandatory (22.1).

    What is told to the person goes into the notice; its hash is `reason_sha256`.

    Raises: DutyMissing, RequestNotRefusable, Conflict.
    """
    actor.check(Duty.REVOCATION_DECISION)
    record = revocation_case(case)
    if record.state not in (RevocationState.REQUESTED, RevocationState.EXAMINED):
        raise Conflict(what="case", detail=f"{record.number} is {record.state}")
    check_refusal(ground=ground_of(record.ground), reason=reason)
    with act(actor=actor, now=now) as doing:
        change(
            RevocationCase,
            row=case,
            expected={"state": record.state},
            to={"state": RevocationState.REFUSED, "refused_for": reason.value, "decided_at": now},
        )
        doing.record(
            EventKind.REVOCATION_REFUSED,
            subject=_subject(record.number),
            reason=reason.value,
            reason_sha256=reason_sha256,
        )


def record_revocation(
    *,
    case: CaseId,
    revoked_at: datetime,
    entry: bytes,
    reason_code: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Record what the signer verified: the certificate is revoked and its entry stands in the lists (26.1).

    Raises: Conflict when the case is not decided or the certificate not valid any more.
    """
    actor.check_process()
    record = revocation_case(case)
    with act(actor=actor, now=now) as doing:
        change(
            RevocationCase,
            row=case,
            expected={"state": RevocationState.DECIDED},
            to={"state": RevocationState.REVOKED, "revoked_at": revoked_at},
        )
        change(
            Certificate,
            row=record.certificate_id,
            # The signer looked whether it was valid; it may have expired between its journal and this record.
            expected={"state__in": (CertificateState.VALID, CertificateState.EXPIRED)},
            to={"state": CertificateState.REVOKED},
        )
        RevokedEntry.objects.create(
            certificate_id=record.certificate_id,
            serial=record.serial,
            scope=record.scope,
            entry=entry,
            revoked_at=revoked_at,
            not_after=record.not_after,
            reason_code=reason_code,
            ground=record.ground,
        )
        doing.record(
            EventKind.CERTIFICATE_REVOKED,
            subject=_subject(record.number),
            serial=record.serial.hex(),
            ground=record.ground,
            revoked_at=revoked_at.isoformat(),
        )


def stop_revocation(*, case: CaseId, why: str, actor: Actor, now: datetime) -> None:
    """Record that the signer does not believe a decision; `why` is the name of the refusal.

    Raises: Conflict.
    """
    actor.check_process()
    record = revocation_case(case)
    with act(actor=actor, now=now) as doing:
        change(
            RevocationCase,
            row=case,
            expected={"state": RevocationState.DECIDED},
            to={"state": RevocationState.REFUSED, "refused_for": why},
        )
        doing.record(EventKind.REVOCATION_REFUSED, subject=_subject(record.number), reason=why)


def _facts(
    record: RevocationRecord,
    examiner: str,
    actor: Actor,
    now: datetime,
    receipt: ReceiptClock | None,
    *,
    municipal_merger: bool,
) -> RevocationFacts:
    ground = ground_of(record.ground)
    return RevocationFacts(
        ground=ground,
        examiner=examiner,
        decider=actor.name,
        name_in_certificate=record.name,
        not_after=record.not_after,
        now=now,
        paper=record.paper,
        receipt_period_over=receipt is not None and receipt_period_over(ground.clause, receipt, now=now),
        municipal_merger=municipal_merger,
    )


def _check(
    record: RevocationRecord,
    purpose: Purpose,
    approval: Approval,
    earlier: tuple[Approval, ...],
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    check_approval(
        approval=approval,
        purpose=purpose,
        case=record.number,
        content=revocation(serial=record.serial, ground=record.ground, requested_at=record.requested_at),
        earlier=earlier,
        officers=officers,
        actor=actor,
        now=now,
    )


def _subject(number: str) -> str:
    return f"revocation/{number}"
