"""Campaigns in a list, and one as it stands: whom it is for, who not and why, how far it is (2.2, 11)."""

from collections import Counter
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.campaign import (
    LISTS_ONLY,
    MESSAGE_WAYS,
    NOTICES,
    REVOCATION_GROUNDS,
    WITH_PAGE,
    CampaignState,
    Exclusion,
    ItemState,
)
from inro.practice.campaign_by_hand import ways_by_hand
from inro.practice.notices import Channel, NoticeKind
from inro.practice.permission import ACT_DUTIES
from inro.store.errors import Unknown
from inro.store.reads.campaign import (
    CampaignRecord,
    ItemCount,
    batches,
    campaign_record,
    campaign_records,
    item_counts,
)
from inro.store.reads.campaign_by_hand import by_hand_records
from inro.store.reads.campaign_proof import standings_by_way
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.saying import Said

_DOING = (
    Act.PLAN_CAMPAIGN,
    Act.RELEASE_CAMPAIGN,
    Act.WITHDRAW_CAMPAIGN,
    Act.UPDATE_CAMPAIGN,
    Act.PRINT_CAMPAIGN,
    Act.POST_CAMPAIGN,
    Act.PREPARE_CAMPAIGN_MESSAGES,
    Act.SEND_CAMPAIGN,
    Act.RECORD_BY_HAND,
    Act.CONFIRM_BY_HAND,
    Act.DROP_BY_HAND,
    Act.POST_CAMPAIGN_PAGE,
    Act.FINISH_CAMPAIGN,
    Act.LIST_REVOCATIONS,
    Act.WRITE_CAMPAIGN_LIST,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """How many notices of a kind go which way, and how far they are."""

    kind: NoticeKind
    channel: Channel | None
    told: int
    planned: int
    printed: int
    sent: int


@require_safe
@needs(Act.VIEW_CAMPAIGNS)
def campaigns(request: HttpRequest) -> HttpResponse:
    """List every campaign, the newest first."""
    context = {
        "place": "campaigns",
        "records": campaign_records(),
        "plans": bool(actor_of(request).duties & ACT_DUTIES[Act.PLAN_CAMPAIGN]),
    }
    return render(request, "office/campaigns/campaigns.html", context)


@require_safe
@needs(Act.VIEW_CAMPAIGNS)
def campaign(request: HttpRequest, number: str) -> HttpResponse:
    """Show one campaign."""
    return campaign_page(request, found(number), errors=[])


def found(number: str) -> CampaignRecord:
    """Return a campaign by its number.

    Raises: Http404.
    """
    try:
        return campaign_record(number)
    except Unknown as unknown:
        raise Http404 from unknown


def campaign_page(
    request: HttpRequest, record: CampaignRecord, *, errors: list[Said], status: int = 200
) -> HttpResponse:
    """Return the page of a campaign, with what was refused."""
    actor, counts = actor_of(request), item_counts(record.campaign_id)
    told = sum(one.count for one in counts if one.state is not ItemState.EXCLUDED)
    lines = _lines(counts)
    context = {
        "place": "campaigns",
        "record": record,
        "lines": lines,
        "told": told,
        "left_out": _left_out(counts),
        "left_out_count": sum(one.count for one in counts if one.exclusion),
        "sent": sum(line.sent for line in lines),
        "to_print": sum(line.planned for line in lines if line.channel is Channel.POST),
        "to_prepare": [line.channel for line in lines if line.channel in MESSAGE_WAYS and line.planned],
        "standings": standings_by_way(record),
        "by_hand": by_hand_records(record.campaign_id),
        "ways_by_hand": ways_by_hand(NOTICES[record.kind][0].kind),
        "clerk": actor.name,
        "batches": batches(record.campaign_id),
        "writes": record.kind not in LISTS_ONLY,
        "page_owed": record.kind in WITH_PAGE,
        "ground": REVOCATION_GROUNDS.get(record.kind),
        "may": {act.value: bool(actor.duties & ACT_DUTIES[act]) for act in _DOING},
        "own": record.planned_by == actor.name,
        "waits": record.state is CampaignState.PLANNED,
        "goes": record.state is CampaignState.RELEASED,
        "today": jst_date(clock.now()),
        "errors": errors,
    }
    return render(request, "office/campaigns/campaign.html", context, status=status)


def _lines(counts: tuple[ItemCount, ...]) -> list[KindLine]:
    by: dict[tuple[NoticeKind, Channel | None], Counter[ItemState]] = {}
    for one in counts:
        if one.state is not ItemState.EXCLUDED:
            by.setdefault((one.kind, one.channel), Counter())[one.state] += one.count
    return [
        KindLine(
            kind=kind,
            channel=channel,
            told=found.total(),
            planned=found[ItemState.PLANNED],
            printed=found[ItemState.PRINTED],
            sent=found[ItemState.SENT],
        )
        for (kind, channel), found in by.items()
    ]


def _left_out(counts: tuple[ItemCount, ...]) -> list[tuple[Exclusion, int]]:
    why: Counter[Exclusion] = Counter()
    for one in counts:
        if one.exclusion is not None:
            why[one.exclusion] += one.count
    return why.most_common()
