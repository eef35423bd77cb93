"""Examination by one officer, acceptance by another, each with a security key (8.2, 9.1, 34.1)."""

from datetime import datetime

from inro.pki.canonical import canonical_sha256
from inro.practice.application import ApplicationAct, ApplicationState
from inro.practice.approval import Purpose, certification
from inro.practice.content import CertifiedContent
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId, OrderId
from inro.store.models import Application, Decision, IssuanceOrder
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
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    """Fix what the certificate will show and record the examining officer's approval of exactly that (9.1).

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, ActNotAllowed, Conflict.
    """
    actor.check(Duty.EXAMINATION)
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
    content_sha256 = canonical_sha256(approved)
    with act(actor=actor, now=now) as doing:
        step(
            application,
            ApplicationAct.CONCLUDE_EXAMINATION,
            content=content.as_record(),
            content_sha256=content_sha256,
            examiner=actor.name,
        )
        assertion_sha256 = insert_decision(
            approval=approval, person=actor.name, now=now, application=application
        )
        doing.record(
            EventKind.EXAMINATION_CONCLUDED,
            subject=subject(row.number),
            content_sha256=content_sha256,
            assertion_sha256=assertion_sha256,
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
    count from there.

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, SeparationBreached, ActNotAllowed,
    Conflict.
    """
    actor.check(Duty.ACCEPTANCE)
    row = find(application)
    _check_acceptance(row, approval, officers, actor, now)
    with act(actor=actor, now=now) as doing:
        step(
            application,
            ApplicationAct.ACCEPT,
            decider=actor.name,
            accepted_at=now,
            examination_ended_at=datetime.fromisoformat(approval.content.examination_ended_at),
        )
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


def _check_acceptance(
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
