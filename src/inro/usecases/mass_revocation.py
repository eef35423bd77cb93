"""From a criterion to the list that two officers sign; the signer alone revokes (11.3, 22.1, 39.4)."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.approval import Purpose
from inro.practice.approval import mass_revocation as approved_content
from inro.practice.calendar import jst_date
from inro.practice.campaign import REVOCATION_GROUNDS, CampaignKind, CampaignRefused
from inro.practice.events import EventKind
from inro.practice.grounds import Invoker
from inro.practice.mass_revocation import (
    Criterion,
    MassAct,
    MassState,
    PlanRefused,
    SelectionStale,
    SelectorsDisagree,
    check_day,
    check_plan,
    next_state,
)
from inro.practice.revocation import RevocationFindings
from inro.store.change import change
from inro.store.models import Decision, MassRevocation, RevocationCase
from inro.store.numbers import next_number, next_numbers
from inro.store.reads.campaign import campaign_record
from inro.store.reads.mass_revocation import MassRecord, decisions_of_mass, mass_revocation
from inro.store.reads.mass_selection import Recorded, recorded_selection
from inro.store.states import RevocationState
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.decision import Approval, Officers, approval_of, check_approval, insert_decision
from inro.usecases.mass_revocation_signing import subject_of
from inro.usecases.mass_selection import Selection, agreed_selection, recorded_list

_AT_ONCE = 2_000


def plan_mass_revocation(*, criterion: Criterion, ground: str, actor: Actor, now: datetime) -> str:
    """Plan a mass revocation on a list on which records and certificates agree; return its number.

    Raises: DutyMissing, PlanRefused, SelectorsDisagree, which is then on record.
    """
    actor.check(Act.PLAN_MASS_REVOCATION)
    return _plan(criterion, ground, actor, now)


def plan_discontinuation(*, campaign: str, actor: Actor, now: datetime) -> str:
    """Plan what a discontinuation ends on its day: every certificate that lasts until then (11.3).

    Raises: DutyMissing, Unknown, CampaignRefused before its list was handed over, SelectorsDisagree.
    """
    actor.check(Act.PLAN_DISCONTINUATION)
    record = campaign_record(campaign)
    if record.kind is not CampaignKind.DISCONTINUATION:
        raise CampaignRefused(field="plan", problem="none-owed")
    if record.listed_at is None:
        raise CampaignRefused(field="plan", problem="not-handed-over")
    criterion = Criterion(everyone=True, lasts_until=record.subject.day, campaign=campaign)
    return _plan(criterion, REVOCATION_GROUNDS[record.kind], actor, now)


def examine_mass_revocation(
    *, number: str, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    """Record the examining officer's approval of exactly this list, which is still what the criterion means.

    Raises: DutyMissing, Unknown, ActNotAllowed, OtherMatter, ApprovalRefused, AssertionRefused,
    SelectionStale, Conflict.
    """
    actor.check(Act.EXAMINE_MASS_REVOCATION)
    record = mass_revocation(number)
    state = next_state(record.state, MassAct.EXAMINE)
    _check(record, Purpose.REVOCATION_EXAMINATION, approval, (), officers, actor, now)
    count, sha256 = recorded_list(record.criterion, at=now)
    _check_fresh(record, count, sha256)
    with act(actor=actor, now=now) as doing:
        assertion = insert_decision(approval=approval, person=actor.name, now=now)
        _move(record, state, examiner=actor.name, examined_at=now, examination=_decision(assertion))
        _record(doing, EventKind.MASS_REVOCATION_EXAMINED, record, assertion_sha256=assertion)


def decide_mass_revocation(
    *, number: str, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    """Record the second officer's decision and open each certificate's own case, decided with it.

    A list that is no longer what the criterion means is refused, and so is one that another act changes
    meanwhile.

    Raises: DutyMissing, Unknown, ActNotAllowed, PlanRefused before the last day of the service, OtherMatter,
    ApprovalRefused, AssertionRefused, SeparationBreached, SelectionStale, Conflict.
    """
    actor.check(Act.DECIDE_MASS_REVOCATION)
    record = mass_revocation(number)
    check_day(criterion=record.criterion, today=jst_date(now))
    state = next_state(record.state, MassAct.DECIDE)
    examined = tuple(approval_of(one) for one in decisions_of_mass(record.mass_id))
    _check(record, Purpose.REVOCATION, approval, examined, officers, actor, now)
    with act(actor=actor, now=now) as doing:
        assertion = insert_decision(approval=approval, person=actor.name, now=now)
        _move(record, state, decider=actor.name, decided_at=now, decision=_decision(assertion))
        count, sha256 = _open_cases(record, decider=actor.name, now=now)
        _check_fresh(record, count, sha256)
        _record(doing, EventKind.MASS_REVOCATION_DECIDED, record, assertion_sha256=assertion)


def drop_mass_revocation(*, number: str, actor: Actor, now: datetime) -> None:
    """Give up a plan that is not decided.

    Raises: DutyMissing, Unknown, ActNotAllowed, Conflict.
    """
    actor.check(Act.DROP_MASS_REVOCATION)
    record = mass_revocation(number)
    state = next_state(record.state, MassAct.DROP)
    with act(actor=actor, now=now) as doing:
        _move(record, state, dropped_at=now)
        _record(doing, EventKind.MASS_REVOCATION_DROPPED, record)


def write_mass_revocation_list(*, number: str, actor: Actor, now: datetime) -> MassRecord:
    """Record that the list leaves as a file, before its first line does (40(7)).

    Raises: DutyMissing, Unknown.
    """
    actor.check(Act.WRITE_MASS_REVOCATION_LIST)
    record = mass_revocation(number)
    with act(actor=actor, now=now) as doing:
        _record(doing, EventKind.MASS_REVOCATION_LIST_WRITTEN, record)
    return record


def agreed_or_recorded(criterion: Criterion, actor: Actor, now: datetime) -> Selection:
    """Return the list of a criterion; where its two selections disagree, that is put on record first.

    Raises: SelectorsDisagree.
    """
    try:
        return agreed_selection(criterion, at=now)
    except SelectorsDisagree as found:
        criterion_sha256 = canonical_sha256(criterion.as_record())
        with act(actor=actor, now=now) as doing:
            doing.record(
                EventKind.MASS_REVOCATION_SELECTORS_DISAGREED,
                subject=f"mass-revocation/{criterion_sha256[:16]}",
                criterion_sha256=criterion_sha256,
                count=found.count,
                differences=list(found.differences),
            )
        raise


def content_of(record: MassRecord) -> dict[str, Any]:
    """Return what officers approve of a mass revocation."""
    return approved_content(
        serials_sha256=record.serials_sha256,
        count=record.count,
        ground=record.ground,
        requested_at=record.requested_at,
        criterion=record.criterion.as_record(),
    )


def _plan(criterion: Criterion, ground: str, actor: Actor, now: datetime) -> str:
    check_plan(criterion=criterion, ground=ground)
    selection = agreed_or_recorded(criterion, actor, now)
    if not selection.count:
        raise PlanRefused(field="criterion", problem="nobody")
    with act(actor=actor, now=now) as doing:
        row = MassRevocation.objects.create(
            number=next_number("G", now=now),
            criterion=criterion.as_record(),
            ground=ground,
            state=MassState.PLANNED,
            count=selection.count,
            serials_sha256=selection.serials_sha256,
            left_out={why.value: count for why, count in selection.left_out.items()},
            requested_at=now.replace(microsecond=0),
            prepared_by=actor.name,
        )
        _record(doing, EventKind.MASS_REVOCATION_PLANNED, mass_revocation(row.number), ground=ground)
    return str(row.number)


def _check(
    record: MassRecord,
    purpose: Purpose,
    approval: Approval,
    earlier: Sequence[Approval],
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    check_approval(
        approval=approval,
        purpose=purpose,
        case=record.number,
        content=content_of(record),
        earlier=earlier,
        officers=officers,
        actor=actor,
        now=now,
    )


def _check_fresh(record: MassRecord, count: int, sha256: str) -> None:
    if (count, sha256) != (record.count, record.serials_sha256):
        raise SelectionStale(planned=record.count, now=count)


def _open_cases(record: MassRecord, *, decider: str, now: datetime) -> tuple[int, str]:
    """Open the case of every certificate that the columns list now; return their count and hash."""
    numbers = next_numbers("R", count=record.count, now=now)
    count, hashed = 0, hashlib.sha256()
    for some in batched(_listed(record.criterion, now), _AT_ONCE):
        for one in some:
            hashed.update(f"{one.serial}\n".encode())
        count += len(some)
        if count > record.count:
            break
        RevocationCase.objects.bulk_create(
            [_case(record, one, number=next(numbers), decider=decider, now=now) for one in some]
        )
    return count, hashed.hexdigest()


def _case(record: MassRecord, one: Recorded, *, number: str, decider: str, now: datetime) -> RevocationCase:
    return RevocationCase(
        number=number,
        certificate_id=one.certificate,
        mass_id=record.mass_id,
        ground=record.ground,
        invoker=Invoker.CA,
        note=record.number,
        findings=RevocationFindings().as_record(),
        state=RevocationState.DECIDED,
        requested_at=record.requested_at,
        decided_at=now,
        examiner=record.examiner,
        decider=decider,
    )


def _listed(criterion: Criterion, now: datetime) -> Iterator[Recorded]:
    return (one for one in recorded_selection(criterion, at=now) if one.left_out is None)


def _decision(assertion_sha256: str) -> Decision:
    return Decision.objects.get(assertion_sha256=assertion_sha256)


def _move(record: MassRecord, state: MassState, **columns: Any) -> None:
    change(
        MassRevocation,
        row=record.mass_id,
        expected={"state": record.state},
        to={"state": state, **columns},
    )


def _record(doing: Doing, kind: EventKind, record: MassRecord, **details: Any) -> None:
    doing.record(
        kind,
        subject=subject_of(record.number),
        count=record.count,
        serials_sha256=record.serials_sha256,
        **details,
    )
