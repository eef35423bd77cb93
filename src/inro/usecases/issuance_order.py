"""The order to make a card, and approvals given anew where they ran out before it (6.1, 9.1, 17.1)."""

from datetime import datetime

from inro.practice.acts import Act
from inro.practice.application import ApplicationState
from inro.practice.approval import TO_ISSUE, Purpose
from inro.practice.events import EventKind
from inro.practice.examination import check_issuance
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId, OrderId
from inro.store.models import Application, Certificate, IssuanceOrder
from inro.store.states import OrderState
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.decision import (
    Approval,
    Officers,
    OtherMatter,
    check_approval,
    insert_decision,
    latest_approvals,
)
from inro.usecases.examination import examined_content, issuance_facts
from inro.usecases.service_day import check_service_open


def order_issuance(
    *, application: ApplicationId, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> OrderId:
    """Let the secure room make the card of an accepted application; return the order this opens (17.1).

    Who approves it is not who accepted. The secure room asks for all three assertions.

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, SeparationBreached, GuardRefused
    where the law's five years allow no certificate any more, Conflict, Unknown.
    """
    actor.check(Act.ORDER_ISSUANCE)
    check_service_open(now)
    row = _accepted(application)
    _check(row, Purpose.ISSUANCE, approval, officers, actor, now)
    ended_at = row.examination_ended_at or now
    check_issuance(issuance_facts(row, decider=row.decider or "", ended_at=ended_at, now=now))
    with act(actor=actor, now=now) as doing:
        if has_order(application):
            raise Conflict(what="application", detail=f"{row.number} has its order")
        order = IssuanceOrder.objects.create(application=row, state=OrderState.WAITING, opened_at=now)
        assertion = insert_decision(approval=approval, person=actor.name, now=now, application=application)
        doing.record(
            EventKind.ISSUANCE_ORDERED,
            subject=f"order/{order.pk}",
            application=row.number,
            assertion_sha256=assertion,
        )
    return OrderId(order.pk)


def repeat_approval(
    *, application: ApplicationId, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    """Record an approval given anew for an accepted application, of the same content (9.1).

    Needed where one ran out, or the roster has a new version, before the card was made. Each later approval
    names the one before it, so the later ones follow. The end of the examination stays where it was: the
    five years of the law count from there.

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, SeparationBreached, Conflict,
    Unknown.
    """
    actor.check(Act.REPEAT_APPROVAL)
    # Which duty it takes follows from the purpose; the roster is asked for it with the assertion.
    purpose = approval.content.purpose
    if purpose not in TO_ISSUE:
        raise OtherMatter(part="purpose")
    row = _accepted(application)
    _check(row, purpose, approval, officers, actor, now)
    with act(actor=actor, now=now) as doing:
        if Certificate.objects.filter(application=row).exists():
            raise Conflict(what="application", detail=f"{row.number} has its certificate")
        assertion = insert_decision(approval=approval, person=actor.name, now=now, application=application)
        doing.record(
            EventKind.APPROVAL_REPEATED,
            subject=subject(row.number),
            purpose=purpose.value,
            assertion_sha256=assertion,
        )


def has_order(application: ApplicationId) -> bool:
    """Return whether an application's card is ordered."""
    return IssuanceOrder.objects.filter(application=application).exists()


def _accepted(application: ApplicationId) -> Application:
    row = find(application)
    if row.state != ApplicationState.ACCEPTED:
        raise Conflict(what="application", detail=f"{row.number} is {row.state}")
    return row


def _check(
    row: Application, purpose: Purpose, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    asked = approval.content
    before = TO_ISSUE[: TO_ISSUE.index(purpose)]
    earlier = latest_approvals(application=row.pk, purposes=before)
    if len(earlier) < len(before):
        raise Conflict(what="application", detail=f"{row.number} lacks an approval")
    ended = row.examination_ended_at if purpose is Purpose.ACCEPTANCE else None
    parts = (
        ("edition", (asked.edition, asked.edition_sha256) == (row.edition, row.edition_sha256)),
        ("examination_ended_at", asked.examination_ended_at == (ended.isoformat() if ended else "")),
    )
    for part, same in parts:
        if not same:
            raise OtherMatter(part=part)
    check_approval(
        approval=approval,
        purpose=purpose,
        case=row.number,
        content=examined_content(row),
        earlier=earlier,
        officers=officers,
        actor=actor,
        now=now,
    )
