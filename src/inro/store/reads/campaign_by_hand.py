"""Notices that were given by hand, outside of a campaign's lots (2.2, 11.2, 43)."""

from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.campaign import Exclusion, ItemState
from inro.practice.notices import Channel, NoticeKind
from inro.store.errors import Unknown
from inro.store.ids import CampaignId
from inro.store.models import CampaignByHand, CampaignItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHandRecord:
    """One notice given by hand; nobody is told by it until it is confirmed."""

    by_hand_id: int
    item: int
    case: str
    kind: NoticeKind
    channel: Channel
    served_on: date
    reason: str
    sha256: str
    recorded_at: datetime
    recorded_by: str
    confirmed_at: datetime | None
    confirmed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedItem:
    """One notice of a campaign that somebody is still owed."""

    item: int
    kind: NoticeKind
    state: ItemState
    exclusion: Exclusion | None

    @property
    def is_owed(self) -> bool:
        """Whether it can be given by hand: neither made nor sent, and nobody left out for good."""
        return self.state is ItemState.PLANNED or self.exclusion is Exclusion.UNPRINTABLE


def by_hand_records(campaign: CampaignId) -> tuple[ByHandRecord, ...]:
    """Return what was given by hand and not withdrawn, in the order of recording."""
    rows = CampaignByHand.objects.filter(item__campaign=campaign, dropped_at=None)
    return tuple(map(_record, rows.select_related("item__application", "item__past").order_by("pk")))


def by_hand_record(campaign: CampaignId, by_hand: int) -> ByHandRecord:
    """Return one of them.

    Raises: Unknown.
    """
    found = [one for one in by_hand_records(campaign) if one.by_hand_id == by_hand]
    if not found:
        raise Unknown(what="by_hand", detail=str(by_hand))
    return found[0]


def unconfirmed(campaign: CampaignId) -> int:
    """Return how many were given by hand and wait to be confirmed."""
    rows = CampaignByHand.objects.filter(item__campaign=campaign, dropped_at=None, confirmed_at=None)
    return rows.count()


def items_of(campaign: CampaignId, case: str) -> tuple[OwedItem, ...]:
    """Return a campaign's notices to one case, by its application number."""
    rows = CampaignItem.objects.filter(campaign=campaign).order_by("pk")
    found = rows.filter(application__number=case) or rows.filter(past__number=case)
    return tuple(
        OwedItem(
            item=row.pk,
            kind=NoticeKind(row.kind),
            state=ItemState(row.state),
            exclusion=Exclusion(row.exclusion) if row.exclusion else None,
        )
        for row in found
    )


def _record(row: CampaignByHand) -> ByHandRecord:
    about = row.item.application or row.item.past
    return ByHandRecord(
        by_hand_id=row.pk,
        item=row.item.pk,
        case=about.number if about is not None else "",
        kind=NoticeKind(row.item.kind),
        channel=Channel(row.channel),
        served_on=row.served_on,
        reason=row.reason,
        sha256=row.sha256,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
    )
