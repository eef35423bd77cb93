"""Examination by one officer, acceptance by another, each with a security key (8.2, 9.1, 34.1)."""

from datetime import datetime

from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, ApplicationState
from inro.practice.approval import Purpose, certification
from inro.practice.content import CertifiedContent
from inro.practice.events import EventKind
from inro.practice.examination import (
    AcceptanceFacts,
    ExaminationFindings,
    IssuanceFacts,
    check_acceptance,
    check_issuance,
)
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId, OrderId
from inro.store.models import Application, Decision, IssuanceOrder
from inro.store.reads.antisocial import officer_checks
from inro.store.reads.corporate_register import looked_up
from inro.store.states import OrderState
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, step, subject
from inro.usecases.decision import (
    Approval,
    Officers,
    OtherMatter,
    approval_of,
    check_approval,
    insert_decision,
)


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

    What is bad among the findings stops the acceptance (8.1-8.6, 42.6).

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, ActNotAllowed, Conflict.
    """
    actor.check(Act.CONCLUDE_EXAMINATION)
    row = find(application)
    approved = certification(content=content, period=ValidityPeriod(row.period))
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
        assertion_sha256 = insert_decision(
            approval=approval, person=actor.name, now=now, application=application
        )
        doing.record(
            EventKind.EXAMINATION_CONCLUDED,
            subject=subject(row.number),
            assertion_sha256=assertion_sha256,
            **hashes,
        )


def accept_application(
    *,
    application: ApplicationId,
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> OrderId:
    """Accept an application by another officer than its examiner's; return the order this opens (9.1, 34.1).

    The examination ends with the acceptance, at the instant the approval names; the five years of the law
    count from there. What the examination found has to be without open questions (8.1-8.6, 42.6), a
    Corporate Number among what will be certified confirmed (8.2), and both officers have looked for
    anti-social forces and found none (46).

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, SeparationBreached, GuardRefused,
    ActNotAllowed, Conflict.
    """
    actor.check(Act.ACCEPT_APPLICATION)
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
        order = IssuanceOrder.objects.create(
            application_id=application, state=OrderState.WAITING, opened_at=now
        )
        named = subject(row.number)
        doing.record(
            EventKind.APPLICATION_ACCEPTED,
            subject=named,
            content_sha256=row.content_sha256,
            assertion_sha256=assertion_sha256,
        )
        doing.record(EventKind.CHARGE_ARISEN, subject=named, edition=row.edition, period=row.period)
        doing.record(EventKind.ISSUANCE_ORDERED, subject=f"order/{order.pk}", application=row.number)
    return OrderId(order.pk)


def _check_guards(row: Application, ended_at: datetime, now: datetime) -> None:
    examiner, decider = row.examiner or "", row.decider or ""
    organization = (row.content or {}).get("organization") or {}
    check_acceptance(
        AcceptanceFacts(
            examiner=examiner,
            decider=decider,
            certified_number=organization.get("corporate_number"),
            looked_up=looked_up(ApplicationId(row.pk)),
            antisocial_checks=officer_checks(ApplicationId(row.pk)),
            **(row.findings or {}),
        )
    )
    check_issuance(
        IssuanceFacts(
            examiner=examiner,
            decider=decider,
            issued_at=now,
            examination_ended_at=ended_at,
            period=ValidityPeriod(row.period),
        )
    )


def _check_approval(
    row: Application, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    examined = Decision.objects.filter(application=row, purpose=Purpose.EXAMINATION).order_by("-id").first()
    if examined is None or row.content is None or row.state != ApplicationState.EXAMINED:
        raise Conflict(what="application", detail=f"{row.number} is not examined")
    if approval.content.edition != row.edition or approval.content.edition_sha256 != row.edition_sha256:
        raise OtherMatter(part="edition")
    if not _ended_by(approval.content.examination_ended_at, now):
        raise OtherMatter(part="examination_ended_at")
    check_approval(
        approval=approval,
        purpose=Purpose.ACCEPTANCE,
        case=row.number,
        content=certification(
            content=CertifiedContent.from_record(row.content), period=ValidityPeriod(row.period)
        ),
        earlier=(approval_of(examined),),
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
