"""From a request to the entry in the lists: one officer examines, another decides (21, 22, 26.1, 39.4)."""

import hashlib
from datetime import datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.approval import Purpose, revocation
from inro.practice.calendar import Calendar
from inro.practice.certificate import CertificateState
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.grounds import Ground, RevocationForm
from inro.practice.grounds import ground as ground_of
from inro.practice.intake import NumberInText
from inro.practice.revocation import (
    RequestFacts,
    RequestRefused,
    RevocationFacts,
    RevocationFindings,
    RevocationPaper,
    check_note,
    check_paper,
    check_request,
    check_revocation,
)
from inro.practice.revocation_checklist import RevocationChecklist
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.ids import CaseId, CertificateId, EnclosureId
from inro.store.models import Application, Certificate, Enclosure, RevocationCase, RevokedEntry
from inro.store.numbers import next_number
from inro.store.reads.revocation import RevocationRecord, revocation_case
from inro.store.states import RevocationState
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.checklist import keep_checklist
from inro.usecases.decision import (
    Approval,
    Officers,
    check_approval,
    insert_decision,
    latest_approvals,
)
from inro.usecases.receipt import is_receipt_period_over


def record_revocation_request(
    *,
    certificate: CertificateId,
    ground: str,
    paper: RevocationPaper | None,
    requested_at: datetime,
    actor: Actor,
    now: datetime,
    note: str = "",
    enclosure: EnclosureId | None = None,
) -> CaseId:
    """Open a case on a ground of Article 21 or 22, by whom and on the form it belongs to (21, 22, 39.4).

    `paper` is the application or request as it came, `enclosure` the same where the intake desk scanned it;
    both None where the CA acts on its own. `note` is what the CA found, or what came with the paper.

    Raises: DutyMissing, UnknownGround, RequestRefused, NumberInText, GuardRefused, Unknown, Conflict when
    the certificate is not valid or has a case.
    """
    actor.check(Act.RECORD_REVOCATION_REQUEST)
    brought = ground_of(ground)
    _check_typed(brought, paper, note, requested_at, now)
    row = Certificate.objects.select_related("serial").filter(pk=certificate).first()
    if row is None:
        raise Unknown(what="certificate", detail=str(certificate))
    if row.state != CertificateState.VALID:
        raise Conflict(what="certificate", detail=f"{certificate} is {row.state}")
    check_request(
        RequestFacts(
            ground=brought, not_after=row.not_after, now=now, paper=paper, of_ca=row.application_id is None
        )
    )
    with act(actor=actor, now=now) as doing:
        return add_case(
            doing,
            certificate=row,
            ground=ground,
            paper=paper,
            requested_at=requested_at,
            now=now,
            note=note.strip(),
            enclosure=enclosure,
        )


def add_case(
    doing: Doing,
    *,
    certificate: Certificate,
    ground: str,
    paper: RevocationPaper | None,
    requested_at: datetime,
    now: datetime,
    note: str = "",
    enclosure: EnclosureId | None = None,
) -> CaseId:
    """Add a case inside the caller's act, which has checked that it may be opened (39.4).

    Raises: Unknown where the case has no such scanned paper.
    """
    if enclosure is not None:
        check_enclosure(enclosure, application=certificate.application_id, form=ground_of(ground).form)
    paper_sha256 = canonical_sha256(paper.as_record()) if paper else None
    case = RevocationCase.objects.create(
        number=next_number("R", now=now),
        certificate=certificate,
        ground=ground,
        invoker=ground_of(ground).invoker,
        way=paper.way if paper else None,
        paper=paper.as_record() if paper else None,
        paper_sha256=paper_sha256,
        enclosure_id=enclosure,
        note=note,
        state=RevocationState.REQUESTED,
        requested_at=requested_at,
    )
    doing.record(
        EventKind.REVOCATION_RECEIVED,
        subject=case_subject(case.number),
        serial=bytes(certificate.serial.serial).hex(),
        ground=ground,
        way=paper.way.value if paper else None,
        paper_sha256=paper_sha256,
        requested_at=requested_at.isoformat(),
        enclosure=enclosure,
        note_sha256=text_hash(note),
    )
    return CaseId(case.pk)


def check_enclosure(enclosure: EnclosureId, *, application: int | None, form: RevocationForm) -> None:
    """Refuse a scanned paper that is none of the case, or another form (21.2).

    Raises: Unknown.
    """
    row = Enclosure.objects.filter(pk=enclosure, kind=form.value).first()
    if row is None or row.application_id != application:
        raise Unknown(what="enclosure", detail=f"{enclosure} as {form.value}")


def text_hash(text: str) -> str | None:
    """Return the SHA-256 (hexadecimal) under which the log names a text, None for none."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None


def examine_revocation(
    *,
    case: CaseId,
    findings: RevocationFindings,
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
    checklist: RevocationChecklist | None = None,
) -> None:
    """Record what examination found, and the officer's approval of exactly this serial and ground (21, 22).

    Raises: DutyMissing, RequestRefused where something is lacking, OtherMatter, ApprovalRefused,
    AssertionRefused, Conflict.
    """
    actor.check(Act.EXAMINE_REVOCATION)
    if not findings.bear_it:
        raise RequestRefused(field="lacking", problem="something_lacks")
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
                "findings": findings.as_record(),
            },
        )
        _keep(checklist, now)
        assertion = insert_decision(approval=approval, person=actor.name, now=now, case=case)
        doing.record(
            EventKind.REVOCATION_EXAMINED,
            subject=case_subject(record.number),
            assertion_sha256=assertion,
            **findings.as_record(),
        )


def decide_revocation(
    *,
    case: CaseId,
    approval: Approval,
    officers: Officers,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> None:
    """Record the second officer's decision, where the ground holds by the record; the signer acts on it.

    18.7 and 22.1(1) hold when the wait for the slip is over; an expired certificate is not revoked; the form
    names the subscriber as the certificate does; a municipal merger is no change (18.7, 21, 22, 39.4).

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, SeparationBreached, GuardRefused,
    Unknown, Conflict.
    """
    actor.check(Act.DECIDE_REVOCATION)
    record = revocation_case(case)
    examined = latest_approvals(case=case, purposes=(Purpose.REVOCATION_EXAMINATION,))
    if not examined:
        raise Conflict(what="case", detail=f"{record.number} is not examined")
    _check(record, Purpose.REVOCATION, approval, examined, officers, actor, now)
    with act(actor=actor, now=now) as doing:
        change(
            RevocationCase,
            row=case,
            expected={"state": RevocationState.EXAMINED},
            to={"state": RevocationState.DECIDED, "decider": actor.name, "decided_at": now},
        )
        over = is_wait_over(record, terms, calendar, now)
        check_revocation(_facts(record, actor, receipt_period_over=over, now=now))
        assertion = insert_decision(approval=approval, person=actor.name, now=now, case=case)
        doing.record(
            EventKind.REVOCATION_DECIDED, subject=case_subject(record.number), assertion_sha256=assertion
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
            partition=record.partition,
            entry=entry,
            revoked_at=revoked_at,
            not_after=record.not_after,
            reason_code=reason_code,
            ground=record.ground,
        )
        doing.record(
            EventKind.CERTIFICATE_REVOKED,
            subject=case_subject(record.number),
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
        doing.record(EventKind.REVOCATION_REFUSED, subject=case_subject(record.number), reason=why)


def _keep(checklist: RevocationChecklist | None, now: datetime) -> None:
    if checklist is not None:
        keep_checklist(checklist.as_record(), now=now)


def _check_typed(
    ground: Ground, paper: RevocationPaper | None, note: str, requested_at: datetime, now: datetime
) -> None:
    check_note(ground=ground, note=note)
    check_paper(paper)
    if requested_at > now:
        raise RequestRefused(field="requested_at", problem="later")
    for field, text in (("note", note), ("name_on_form", paper.name_on_form if paper else "")):
        if holds_forbidden_number(text):
            raise NumberInText(field=field)


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


def is_wait_over(record: RevocationRecord, terms: Terms, calendar: Calendar, now: datetime) -> bool:
    """Return whether the wait for the slip has ended, where the case's ground asks for that (18.7, 22.1)."""
    return is_receipt_period_over(
        ground=ground_of(record.ground),
        application=record.application_id,
        terms=terms,
        calendar=calendar,
        now=now,
    )


def _facts(
    record: RevocationRecord, actor: Actor, *, receipt_period_over: bool, now: datetime
) -> RevocationFacts:
    return RevocationFacts(
        ground=ground_of(record.ground),
        examiner=record.examiner or "",
        decider=actor.name,
        name_in_certificate=_name_in_certificate(record),
        not_after=record.not_after,
        now=now,
        paper=record.paper,
        findings=record.findings or RevocationFindings(authentic=False),
        receipt_period_over=receipt_period_over,
    )


def _name_in_certificate(record: RevocationRecord) -> str:
    if record.application_id is None:
        return ""  # A CA's certificate: only the CA's own grounds reach it, and those come on no paper.
    content = Application.objects.filter(pk=record.application_id).values_list("content", flat=True).first()
    return str((content or {}).get("name", ""))


def case_subject(number: str) -> str:
    """Return what the audit log calls a case."""
    return f"revocation/{number}"
