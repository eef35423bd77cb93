"""The last lists: decided by two officers, signed once, with no others after them (11, 26, 39.4, 40(4))."""

from datetime import datetime
from typing import Any

from inro.practice.acts import Act
from inro.practice.approval import TO_SIGN_LAST_LISTS, Purpose
from inro.practice.discontinuation import DiscontinuationAct, last_lists_plan, last_lists_until, next_state
from inro.practice.events import EventKind
from inro.store.errors import Unknown
from inro.store.reads.discontinuation import DiscontinuationRecord, last_not_after, revoked_set
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.decision import (
    Approval,
    Officers,
    check_approval,
    insert_decision,
    latest_house_approvals,
)
from inro.usecases.discontinuation import move, standing


def last_lists_content(*, retention_years: int) -> dict[str, Any]:
    """Return what officers sign of the last lists: their nextUpdate, and the set of entries on them.

    Raises: Unknown where no certificate was ever issued.
    """
    last = last_not_after()
    if last is None:
        raise Unknown(what="certificate", detail="none was ever issued", do="publish the daily lists")
    entries = revoked_set()
    until = last_lists_until(last_not_after=last, retention_years=retention_years)
    return last_lists_plan(until=until, revoked=entries.count, entries_sha256=entries.sha256)


def propose_last_lists(
    *, retention_years: int, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    """Propose the last lists by an officer's assertion over their end and their entries (26, 40(4)).

    Raises: DutyMissing, Unknown, ActNotAllowed, OtherMatter, ApprovalRefused, AssertionRefused, Conflict.
    """
    actor.check(Act.PROPOSE_LAST_LISTS)
    record = standing()
    _check(record, Purpose.LAST_LISTS_PROPOSAL, retention_years, approval, (), officers, actor, now)
    with act(actor=actor, now=now) as doing:
        move(record, DiscontinuationAct.PROPOSE_LISTS)
        assertion = insert_decision(approval=approval, person=actor.name, now=now)
        doing.record(
            EventKind.LAST_LISTS_PROPOSED,
            subject=record.case,
            **approval.content.content,
            assertion_sha256=assertion,
        )


def decide_last_lists(
    *, retention_years: int, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    """Let the secure room sign the last lists that another officer proposed (26, 40(4)).

    Raises: DutyMissing, Unknown, ActNotAllowed, OtherMatter, ApprovalRefused, AssertionRefused,
    SeparationBreached, Conflict.
    """
    actor.check(Act.DECIDE_LAST_LISTS)
    record = standing()
    next_state(record.state, DiscontinuationAct.DECIDE_LISTS)
    proposed = latest_house_approvals(purposes=TO_SIGN_LAST_LISTS[:1], case=record.case)
    _check(record, Purpose.LAST_LISTS, retention_years, approval, proposed, officers, actor, now)
    until = datetime.fromisoformat(approval.content.content["next_update"])
    with act(actor=actor, now=now) as doing:
        move(record, DiscontinuationAct.DECIDE_LISTS, until=until)
        assertion = insert_decision(approval=approval, person=actor.name, now=now)
        doing.record(
            EventKind.LAST_LISTS_DECIDED,
            subject=record.case,
            **approval.content.content,
            assertion_sha256=assertion,
        )


def record_last_lists(*, actor: Actor, now: datetime) -> None:
    """Record that all three last lists are signed; there are no others after them (26).

    Raises: DutyMissing, Unknown, ActNotAllowed, Conflict.
    """
    actor.check_process()
    record = standing()
    with act(actor=actor, now=now) as doing:
        move(record, DiscontinuationAct.SIGN_LISTS, lists_signed_at=now)
        doing.record(
            EventKind.LAST_LISTS_SIGNED,
            subject=record.case,
            next_update=record.until.isoformat() if record.until else None,
        )


def _check(
    record: DiscontinuationRecord,
    purpose: Purpose,
    retention_years: int,
    approval: Approval,
    earlier: tuple[Approval, ...],
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    check_approval(
        approval=approval,
        purpose=purpose,
        case=record.case,
        content=last_lists_content(retention_years=retention_years),
        earlier=earlier,
        officers=officers,
        actor=actor,
        now=now,
    )
