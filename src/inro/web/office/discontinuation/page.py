"""How far the end of the service is, what its days follow from, what comes next and whose it is (11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.approval import TO_DISCONTINUE, TO_SIGN_LAST_LISTS, Purpose
from inro.practice.calendar import jst_date
from inro.practice.campaign import CampaignKind, CampaignState
from inro.practice.day_sum import DaySum
from inro.practice.discontinuation import DiscontinuationState as State
from inro.practice.discontinuation import last_lists_day
from inro.practice.permission import ACT_DUTIES
from inro.store.reads.campaign import CampaignRecord, campaign_record, campaign_records
from inro.store.reads.campaign_proof import standings
from inro.store.reads.discontinuation import (
    DiscontinuationRecord,
    discontinuation_case,
    last_not_after,
    standing_discontinuation,
    still_valid,
)
from inro.usecases.decision import latest_house_approvals
from inro.usecases.discontinuation import plan_of
from inro.usecases.last_lists import last_lists_content
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import Question, content_of_today, question
from inro.web.office.decisions.officers import officers
from inro.web.office.house import house
from inro.web.office.intake.saying import REFUSALS, Said, said

_ACTS = (
    Act.PROPOSE_DISCONTINUATION,
    Act.DECIDE_DISCONTINUATION,
    Act.WITHDRAW_DISCONTINUATION,
    Act.CONFIRM_TOLD,
    Act.OPEN_LAST_CASES,
    Act.CONFIRM_ALL_REVOKED,
    Act.PROPOSE_LAST_LISTS,
    Act.DECIDE_LAST_LISTS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """One step: what it is called, its clause, when it was done and by whom; empty until then."""

    name: str
    clause: str
    at: datetime | None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What an officer is asked to sign: where the answer goes, what the button says."""

    purpose: Purpose
    case: str
    content: dict[str, Any]
    sign_to: str
    button: str


@require_safe
@needs(Act.VIEW_DISCONTINUATION)
def discontinuation(request: HttpRequest) -> HttpResponse:
    """Show where the end of the service stands."""
    return discontinuation_page(request)


def discontinuation_page(request: HttpRequest, *, errors: Sequence[Said] = ()) -> HttpResponse:
    """Return the page; with errors the answer says so."""
    now, record, wrong = clock.now(), standing_discontinuation(), list(errors)
    duties = actor_of(request).duties
    may = {act.value: bool(duties & ACT_DUTIES[act]) for act in _ACTS}
    told = _campaign(request, record)
    asked = _signing(record, told, may, now)
    put = _put(request, asked, now, wrong) if asked else None
    context = {
        "place": "discontinuation",
        "record": record,
        "campaign": told,
        "campaigns": [] if record else _open_campaigns(),
        "may": may,
        "before": told is not None and jst_date(now) < told.subject.day,
        "standings": {kind: count for kind, count in standings(told).items() if count} if told else {},
        "valid": still_valid(now),
        "steps": _steps(record) if record else (),
        "until": _until(),
        "question": put,
        "asked": asked,
        "sign_to": asked.sign_to if asked else "",
        "errors": wrong,
    }
    return render(request, "office/discontinuation.html", context, status=422 if wrong else 200)


def _campaign(request: HttpRequest, record: DiscontinuationRecord | None) -> CampaignRecord | None:
    if record is not None:
        return campaign_record(record.campaign)
    chosen = request.GET.get("campaign", "")
    return next((one for one in _open_campaigns() if one.number == chosen), None)


def _open_campaigns() -> list[CampaignRecord]:
    return [
        one
        for one in campaign_records()
        if one.kind is CampaignKind.DISCONTINUATION and one.state is not CampaignState.WITHDRAWN
    ]


def _signing(
    record: DiscontinuationRecord | None, told: CampaignRecord | None, may: dict[str, bool], now: datetime
) -> Signing | None:
    state = record.state if record else None
    if told is not None and state in (None, State.PROPOSED):
        return _plan_signing(told, state, may, now)
    if record is not None and state in (State.REVOKED, State.LISTS_PROPOSED):
        return _lists_signing(record, may, now)
    return None


def _is_proposed(purpose: Purpose, case: str, now: datetime) -> bool:
    """Return whether a proposal waits for the second officer; one that ran out is made again."""
    waiting = latest_house_approvals(purposes=(purpose,), case=case)
    return bool(waiting) and now < waiting[-1].content.expires_at


def _plan_signing(
    told: CampaignRecord, state: State | None, may: dict[str, bool], now: datetime
) -> Signing | None:
    case, content = discontinuation_case(told.number), plan_of(told)
    if state is State.PROPOSED and may[Act.DECIDE_DISCONTINUATION]:
        return Signing(
            purpose=Purpose.DISCONTINUATION,
            case=case,
            content=content,
            sign_to=reverse("decide_discontinuation"),
            button=gettext("Decide that the service ends on this day"),
        )
    waits = state is State.PROPOSED and _is_proposed(Purpose.DISCONTINUATION_PROPOSAL, case, now)
    if may[Act.PROPOSE_DISCONTINUATION] and not waits:
        return Signing(
            purpose=Purpose.DISCONTINUATION_PROPOSAL,
            case=case,
            content=content,
            sign_to=reverse("propose_discontinuation", args=[told.number]),
            button=gettext("Propose that the service ends on this day"),
        )
    return None


def _lists_signing(record: DiscontinuationRecord, may: dict[str, bool], now: datetime) -> Signing | None:
    content = last_lists_content(retention_years=house().policy.list_profile.last_retention_years)
    if record.state is State.LISTS_PROPOSED and may[Act.DECIDE_LAST_LISTS]:
        return Signing(
            purpose=Purpose.LAST_LISTS,
            case=record.case,
            content=content,
            sign_to=reverse("decide_last_lists"),
            button=gettext("Decide that the last lists are signed"),
        )
    proposed = record.state is State.LISTS_PROPOSED
    waits = proposed and _is_proposed(Purpose.LAST_LISTS_PROPOSAL, record.case, now)
    if may[Act.PROPOSE_LAST_LISTS] and not waits:
        return Signing(
            purpose=Purpose.LAST_LISTS_PROPOSAL,
            case=record.case,
            content=content,
            sign_to=reverse("propose_last_lists"),
            button=gettext("Propose the last lists"),
        )
    return None


_AFTER = {TO_DISCONTINUE[1]: TO_DISCONTINUE[:1], TO_SIGN_LAST_LISTS[1]: TO_SIGN_LAST_LISTS[:1]}


def _put(request: HttpRequest, asked: Signing, now: datetime, wrong: list[Said]) -> Question | None:
    earlier = latest_house_approvals(purposes=_AFTER.get(asked.purpose, ()), case=asked.case)
    try:
        among = officers(now)
        content = content_of_today(
            purpose=asked.purpose,
            case=asked.case,
            content=asked.content,
            among=among,
            now=now,
            after=earlier[-1] if earlier else None,
        )
        return question(request, content, among)
    except REFUSALS as refusal:
        wrong.append(said(refusal))
        return None


def _until() -> DaySum | None:
    last = last_not_after()
    if last is None:
        return None
    years = house().policy.list_profile.last_retention_years
    return last_lists_day(last_not_after=last, retention_years=years)


def _steps(record: DiscontinuationRecord) -> tuple[ShownStep, ...]:
    rows = (
        (gettext("Proposed"), "11", record.proposed_at, record.proposed_by),
        (gettext("Decided by another officer"), "11", record.decided_at, record.decided_by or ""),
        (gettext("Everybody told in time"), "11.2", record.told_at, ""),
        (gettext("Cases opened on the last day"), "11.3", record.cases_opened_at, ""),
        (gettext("All certificates revoked"), "11.3", record.revoked_at, ""),
        (gettext("Last lists signed"), "26", record.lists_signed_at, ""),
        (gettext("Keys destroyed at a ceremony"), "11", record.keys_destroyed_at, ""),
        (gettext("Records handed over"), "40(4)", record.handed_over_at, record.receiver or ""),
    )
    return tuple(ShownStep(name=name, clause=clause, at=at, by=by) for name, clause, at, by in rows)
