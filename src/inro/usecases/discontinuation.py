"""The end of the service, decided by two officers; told of, then everything revoked on its day (11)."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from inro.practice.acts import Act
from inro.practice.approval import TO_DISCONTINUE, Purpose
from inro.practice.calendar import jst_date
from inro.practice.campaign import Standing
from inro.practice.discontinuation import (
    DAY_GUARDS,
    GROUND,
    PLAN_GUARDS,
    REVOKED_GUARDS,
    WITHDRAWAL_GUARDS,
    DiscontinuationAct,
    EndFacts,
    PlanFacts,
    StillValid,
    check_told,
    discontinuation_plan,
    next_state,
)
from inro.practice.events import EventKind
from inro.practice.transitions import check_guards
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.models import Campaign, Certificate, Discontinuation, RevocationCase
from inro.store.reads.campaign import CampaignRecord, campaign_record
from inro.store.reads.campaign_certificates import list_sha256, listed_certificates
from inro.store.reads.campaign_proof import standings
from inro.store.reads.discontinuation import (
    DiscontinuationRecord,
    discontinuation_case,
    standing_discontinuation,
    still_valid,
)
from inro.store.states import RevocationState
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.decision import (
    Approval,
    Officers,
    check_approval,
    insert_decision,
    latest_house_approvals,
)
from inro.usecases.revocation import add_case

_CASES_AT_ONCE = 500


def plan_of(campaign: CampaignRecord) -> dict[str, Any]:
    """Return what officers sign to end the service on a campaign's day (11)."""
    return discontinuation_plan(
        campaign=campaign.number, subject_sha256=campaign.subject_sha256, last_day=campaign.subject.day
    )


def propose_discontinuation(
    *, campaign: str, approval: Approval, officers: Officers, actor: Actor, now: datetime
) -> None:
    """Propose the last day that a planned campaign tells of, by an officer's assertion (11.2).

    Raises: DutyMissing, Unknown, GuardRefused, OtherMatter, ApprovalRefused, AssertionRefused, Conflict when
    another plan stands.
    """
    actor.check(Act.PROPOSE_DISCONTINUATION)
    told = campaign_record(campaign)
    check_guards(PLAN_GUARDS, _plan_facts(told, now))
    _check(told, Purpose.DISCONTINUATION_PROPOSAL, approval, (), officers, actor, now)
    before = standing_discontinuation()
    with act(actor=actor, now=now) as doing:
        if before is None:
            Discontinuation.objects.create(
                campaign=Campaign.objects.get(number=campaign),
                last_day=told.subject.day,
                state="proposed",
                proposed_at=now,
                proposed_by=actor.name,
            )
        elif before.campaign == campaign:
            move(before, DiscontinuationAct.PROPOSE, proposed_at=now, proposed_by=actor.name)
        else:
            raise Conflict(what="discontinuation", detail=f"{before.campaign} is {before.state}")
        assertion = insert_decision(approval=approval, person=actor.name, now=now)
        _record(doing, EventKind.DISCONTINUATION_PROPOSED, campaign, told, assertion_sha256=assertion)


def decide_discontinuation(*, approval: Approval, officers: Officers, actor: Actor, now: datetime) -> None:
    """Decide what another officer proposed; from then on the last day holds (11).

    Raises: DutyMissing, Unknown, ActNotAllowed, GuardRefused, OtherMatter, ApprovalRefused, AssertionRefused,
    SeparationBreached, Conflict.
    """
    actor.check(Act.DECIDE_DISCONTINUATION)
    record = standing()
    told = campaign_record(record.campaign)
    check_guards(PLAN_GUARDS, _plan_facts(told, now))
    proposed = latest_house_approvals(purposes=TO_DISCONTINUE[:1], case=record.case)
    _check(told, Purpose.DISCONTINUATION, approval, proposed, officers, actor, now)
    with act(actor=actor, now=now) as doing:
        move(record, DiscontinuationAct.DECIDE, decided_at=now, decided_by=actor.name)
        assertion = insert_decision(approval=approval, person=actor.name, now=now)
        _record(doing, EventKind.DISCONTINUATION_DECIDED, told.number, told, assertion_sha256=assertion)


def withdraw_discontinuation(*, actor: Actor, now: datetime) -> None:
    """Take the plan back before its day; who was told is told again by another campaign (11).

    Raises: DutyMissing, Unknown, ActNotAllowed, GuardRefused, Conflict.
    """
    actor.check(Act.WITHDRAW_DISCONTINUATION)
    record = standing()
    check_guards(WITHDRAWAL_GUARDS, _plan_facts(campaign_record(record.campaign), now))
    with act(actor=actor, now=now) as doing:
        move(record, DiscontinuationAct.WITHDRAW, standing=None)
        doing.record(EventKind.DISCONTINUATION_WITHDRAWN, subject=record.case)


def confirm_told(*, actor: Actor, now: datetime) -> None:
    """Confirm that every letter and the page count as arrived by the day for them (11.2, 43).

    Raises: DutyMissing, Unknown, ActNotAllowed, NotAllTold, Conflict.
    """
    actor.check(Act.CONFIRM_TOLD)
    record = standing()
    told = campaign_record(record.campaign)
    missing, late = untold_of(told)
    check_told(deadline=told_by(told), missing=missing, late=late)
    with act(actor=actor, now=now) as doing:
        move(record, DiscontinuationAct.CONFIRM_TOLD, told_at=now)
        doing.record(
            EventKind.DISCONTINUATION_TOLD,
            subject=record.case,
            told=standings(told)[Standing.IN_TIME],
            page_on=told.page_posted_on.isoformat() if told.page_posted_on else None,
        )


def open_last_cases(*, actor: Actor, now: datetime) -> int:
    """Open a revocation case for every certificate on the campaign's list, on the last day (11.3, 22.1(8)).

    The list is the one handed over, made again and found the same; a certificate that has a case keeps it.
    Officers decide the cases as any others, or in bulk. Broken off, the next call goes on. Returns how many
    cases were opened.

    Raises: DutyMissing, Unknown, ActNotAllowed, GuardRefused before the day or for an old list, Conflict.
    """
    actor.check(Act.OPEN_LAST_CASES)
    record = standing()
    next_state(record.state, DiscontinuationAct.OPEN_CASES)
    told = campaign_record(record.campaign)
    serials = [one.serial for one in listed_certificates(told, at=now)]
    same = list_sha256(iter(serials)) == (told.listed, told.listed_sha256)
    facts = EndFacts(last_day=record.last_day, today=jst_date(now), list_is_of_now=same)
    check_guards(DAY_GUARDS, facts)
    opened = 0
    for start in range(0, len(serials), _CASES_AT_ONCE):
        opened += _open_some(serials[start : start + _CASES_AT_ONCE], actor, now)
    with act(actor=actor, now=now) as doing:
        move(record, DiscontinuationAct.OPEN_CASES, cases_opened_at=now, cases=len(serials))
        doing.record(
            EventKind.DISCONTINUATION_CASES_OPENED,
            subject=record.case,
            certificates=len(serials),
            opened=opened,
            sha256=told.listed_sha256,
        )
    return opened


def confirm_all_revoked(*, actor: Actor, now: datetime) -> None:
    """Confirm that no subscriber's certificate is valid any more (11.3).

    Raises: DutyMissing, Unknown, ActNotAllowed, GuardRefused before the day, StillValid, Conflict.
    """
    actor.check(Act.CONFIRM_ALL_REVOKED)
    record = standing()
    check_guards(REVOKED_GUARDS, EndFacts(last_day=record.last_day, today=jst_date(now)))
    with act(actor=actor, now=now) as doing:
        move(record, DiscontinuationAct.CONFIRM_REVOKED, revoked_at=now)
        if count := still_valid(now):
            raise StillValid(certificates=count)
        doing.record(EventKind.DISCONTINUATION_REVOKED, subject=record.case)


def standing() -> DiscontinuationRecord:
    """Return the plan that stands.

    Raises: Unknown.
    """
    record = standing_discontinuation()
    if record is None:
        raise Unknown(what="discontinuation", detail="none is planned", do="propose one")
    return record


def move(record: DiscontinuationRecord, act_: DiscontinuationAct, **columns: Any) -> None:
    """Bring the plan on inside the caller's act.

    Raises: ActNotAllowed, Conflict when it moved meanwhile.
    """
    state = next_state(record.state, act_)
    change(Discontinuation, row=record.row, expected={"state": record.state}, to={"state": state, **columns})


def told_by(campaign: CampaignRecord) -> date:
    """Return the last day on which the letters count as arrived in time (11.2)."""
    return campaign.last_day or campaign.subject.day


def untold_of(campaign: CampaignRecord) -> tuple[int, int]:
    """Return how many were not told, and how many too late; the page counts as one (11.2)."""
    counts, posted = standings(campaign), campaign.page_posted_on
    missing = counts[Standing.MISSING] + (posted is None)
    return missing, counts[Standing.LATE] + (posted is not None and posted > told_by(campaign))


def _open_some(serials: list[str], actor: Actor, now: datetime) -> int:
    has_case = RevocationCase.objects.filter(certificate=OuterRef("pk")).exclude(
        state=RevocationState.REFUSED
    )
    rows = Certificate.objects.select_related("serial").filter(
        ~Exists(has_case), serial__serial__in=[bytes.fromhex(serial) for serial in serials]
    )
    opened = 0
    with act(actor=actor, now=now) as doing:
        for row in rows.order_by("serial__serial"):
            add_case(doing, certificate=row, ground=GROUND, paper=None, requested_at=now, now=now)
            opened += 1
        if not opened:
            doing.nothing()
    return opened


def _plan_facts(campaign: CampaignRecord, now: datetime) -> PlanFacts:
    return PlanFacts(
        campaign_kind=campaign.kind,
        campaign_state=campaign.state,
        last_day=campaign.subject.day,
        told_by=told_by(campaign),
        today=jst_date(now),
    )


def _check(
    campaign: CampaignRecord,
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
        case=discontinuation_case(campaign.number),
        content=plan_of(campaign),
        earlier=earlier,
        officers=officers,
        actor=actor,
        now=now,
    )


def _record(doing: Doing, kind: EventKind, number: str, campaign: CampaignRecord, **details: Any) -> None:
    doing.record(
        kind,
        subject=discontinuation_case(number),
        last_day=campaign.subject.day.isoformat(),
        subject_sha256=campaign.subject_sha256,
        **details,
    )
