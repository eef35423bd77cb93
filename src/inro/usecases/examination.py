"""Examination by one officer, acceptance by another, each with a security key (8.2, 9.1, 16, 34.1)."""

from datetime import datetime
from typing import Any

from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, ApplicationState
from inro.practice.approval import Purpose, certification
from inro.practice.content import CertifiedContent
from inro.practice.events import EventKind
from inro.practice.examination import (
    ACCEPTANCE_GUARDS,
    ISSUANCE_GUARDS,
    AcceptanceFacts,
    ExaminationFindings,
    IssuanceFacts,
    check_acceptance,
    check_issuance,
    nothing_is_open,
)
from inro.practice.transitions import Guard, GuardRefused
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId
from inro.store.models import Application
from inro.store.reads.antisocial import officer_checks
from inro.store.reads.corporate_register import looked_up
from inro.store.reads.examination import examination_result
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, step, subject
from inro.usecases.decision import (
    Approval,
    Officers,
    OtherMatter,
    check_approval,
    insert_decision,
    latest_approvals,
)
from inro.usecases.service_day import check_service_open


def conclude_examination(
    *,
    application: ApplicationId,
    content: CertifiedContent,
    findings: ExaminationFindings,
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    """Fix what the certificate will show and record the examining officer's approval of exactly that (9.1).

    Where a checklist was answered, content and findings are what it comes to, with nothing left open. What is
    bad among the findings stops the acceptance (8.1-8.6, 42.6).

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, GuardRefused, ActNotAllowed,
    Conflict.
    """
    actor.check(Act.CONCLUDE_EXAMINATION)
    row = find(application)
    approved = certification(content=content, period=ValidityPeriod(row.period), findings=findings)
    check_approval(
        approval=approval,
        purpose=Purpose.EXAMINATION,
        case=row.number,
        content=approved,
        earlier=(),
        officers=officers,
        actor=actor,
        now=now,
    )
    found = findings.as_record()
    hashes = {"content_sha256": canonical_sha256(approved), "findings_sha256": canonical_sha256(found)}
    with act(actor=actor, now=now) as doing:
        step(
            application,
            ApplicationAct.CONCLUDE_EXAMINATION,
            content=content.as_record(),
            findings=found,
            examiner=actor.name,
            **hashes,
        )
        # After the step: no verdict can be given any more.
        _check_checklist(application, content, findings)
        assertion = insert_decision(approval=approval, person=actor.name, now=now, application=application)
        doing.record(
            EventKind.EXAMINATION_CONCLUDED, subject=subject(row.number), assertion_sha256=assertion, **hashes
        )


def _check_checklist(
    application: ApplicationId, content: CertifiedContent, findings: ExaminationFindings
) -> None:
    result = examination_result(application)
    if not result.items:
        return
    if result.open_items:
        raise GuardRefused(guard=nothing_is_open.__name__, clause="9.1")
    if (result.content, result.findings) != (content, findings):
        raise OtherMatter(part="content")


def accept_application(
    *,
    application: ApplicationId,
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    """Accept an application by another officer than its examiner; the contract then stands (9.1, 16, 34.1).

    The examination ends with the acceptance, at the instant the approval names; the five years of the law
    count from there. What the examination found has to be without open questions (8.1-8.6, 42.6), a
    Corporate Number among what will be certified confirmed (8.2), and both officers have looked for
    anti-social forces and found none (46).

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, SeparationBreached, GuardRefused,
    ActNotAllowed, Conflict.
    """
    actor.check(Act.ACCEPT_APPLICATION)
    check_service_open(now)
    row = find(application)
    _check_approval(row, approval, officers, actor, now)
    ended_at = datetime.fromisoformat(approval.content.examination_ended_at)
    with act(actor=actor, now=now) as doing:
        step(
            application,
            ApplicationAct.ACCEPT,
            decider=actor.name,
            accepted_at=now,
            examination_ended_at=ended_at,
        )
        # After the step: the row is then ours, and no examination can conclude otherwise meanwhile.
        _check_guards(find(application), ended_at, now)
        assertion_sha256 = insert_decision(
            approval=approval, person=actor.name, now=now, application=application
        )
        named = subject(row.number)
        doing.record(
            EventKind.APPLICATION_ACCEPTED,
            subject=named,
            content_sha256=row.content_sha256,
            assertion_sha256=assertion_sha256,
        )
        doing.record(EventKind.CHARGE_ARISEN, subject=named, edition=row.edition, period=row.period)


def examined_content(row: Application) -> dict[str, Any]:
    """Return what the examining officer fixed of an application, as every later officer approves it (9.1).

    Raises: Conflict where no examination is concluded.
    """
    if row.content is None or row.findings is None:
        raise Conflict(what="application", detail=f"{row.number} is not examined")
    return certification(
        content=CertifiedContent.from_record(row.content),
        period=ValidityPeriod(row.period),
        findings=ExaminationFindings.from_record(row.findings),
    )


def conditions_lacking(*, application: ApplicationId, decider: str, now: datetime) -> tuple[Guard[Any], ...]:
    """Return what keeps this person from accepting an examined application today (6.1, 8, 9.1).

    Raises: Unknown.
    """
    row = find(application)
    accepting, issuing = (
        _acceptance_facts(row, decider),
        issuance_facts(row, decider=decider, ended_at=now, now=now),
    )
    return (
        *(guard for guard in ACCEPTANCE_GUARDS if not guard.holds(accepting)),
        *(guard for guard in ISSUANCE_GUARDS[1:] if not guard.holds(issuing)),
    )


def _check_guards(row: Application, ended_at: datetime, now: datetime) -> None:
    decider = row.decider or ""
    check_acceptance(_acceptance_facts(row, decider))
    check_issuance(issuance_facts(row, decider=decider, ended_at=ended_at, now=now))


def _acceptance_facts(row: Application, decider: str) -> AcceptanceFacts:
    organization = (row.content or {}).get("organization") or {}
    return AcceptanceFacts(
        examiner=row.examiner or "",
        decider=decider,
        certified_number=organization.get("corporate_number"),
        looked_up=looked_up(ApplicationId(row.pk)),
        antisocial_checks=officer_checks(ApplicationId(row.pk)),
        **(row.findings or {}),
    )


def issuance_facts(row: Application, *, decider: str, ended_at: datetime, now: datetime) -> IssuanceFacts:
    """Return what says whether a certificate issued now would be within the law's five years (6.1)."""
    return IssuanceFacts(
        examiner=row.examiner or "",
        decider=decider,
        issued_at=now,
        examination_ended_at=ended_at,
        period=ValidityPeriod(row.period),
    )


def _check_approval(
    row: Application, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    examined = latest_approvals(application=row.pk, purposes=(Purpose.EXAMINATION,))
    if not examined or row.state != ApplicationState.EXAMINED:
        raise Conflict(what="application", detail=f"{row.number} is not examined")
    if approval.content.edition != row.edition or approval.content.edition_sha256 != row.edition_sha256:
        raise OtherMatter(part="edition")
    if not _ended_by(approval.content.examination_ended_at, now):
        raise OtherMatter(part="examination_ended_at")
    check_approval(
        approval=approval,
        purpose=Purpose.ACCEPTANCE,
        case=row.number,
        content=examined_content(row),
        earlier=examined,
        officers=officers,
        actor=actor,
        now=now,
    )


def _ended_by(text: str, now: datetime) -> bool:
    try:
        ended = datetime.fromisoformat(text)
    except ValueError:
        return False
    return ended.tzinfo is not None and ended <= now
