"""Campaigns as they stand: counts, lots, who is told next, each notice's proof (2.2, 11, 15, 30(2), 43)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from inro.practice.campaign import (
    MESSAGE_WAYS,
    CampaignKind,
    CampaignState,
    CampaignSubject,
    Exclusion,
    ItemState,
    batch_size,
)
from inro.practice.deadlines import Deadline, Edge
from inro.practice.notices import Channel, NoticeKind
from inro.practice.sending import NoticeState
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, CampaignBatchId, CampaignId, PastApplicationId
from inro.store.models import Campaign, CampaignBatch, CampaignByHand, CampaignItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRecord:
    """One campaign; `page_posted_on` is when its web page was posted, `listed` how many certificates."""

    campaign_id: CampaignId
    number: str
    state: CampaignState
    subject: CampaignSubject
    subject_sha256: str
    deadline: Deadline | None
    planned_at: datetime
    planned_by: str
    released_at: datetime | None
    released_by: str | None
    closed_at: datetime | None
    page_posted_on: date | None
    listed_at: datetime | None
    listed: int | None
    listed_sha256: str | None

    @property
    def kind(self) -> CampaignKind:
        """What it tells of."""
        return self.subject.kind

    @property
    def last_day(self) -> date | None:
        """The last day on which a notice arrives in time, None where no clause names one."""
        due = self.deadline
        return due.day if due is not None and due.edge is Edge.UNTIL_END else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCount:
    """How many items are alike; `exclusion` says why some are not told."""

    kind: NoticeKind
    channel: Channel | None
    state: ItemState
    exclusion: Exclusion | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRecord:
    """One lot of letters, or of messages; `postmark` is None until it is posted, or let go."""

    batch_id: CampaignBatchId
    number: int
    kind: NoticeKind
    channel: Channel
    items: int
    dated_on: date
    made_at: datetime
    made_by: str
    pdf_sha256: str
    words_sha256: str
    postmark: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecord:
    """One item that goes next: of an application, or of one from before this platform."""

    item: int
    kind: NoticeKind
    application: ApplicationId | None
    past: PastApplicationId | None


def campaign_records() -> tuple[CampaignRecord, ...]:
    """Return every campaign, the newest first."""
    return tuple(map(_record, Campaign.objects.select_related("page").order_by("-pk")))


def campaign_record(number: str) -> CampaignRecord:
    """Return a campaign by its number.

    Raises: Unknown.
    """
    row = Campaign.objects.select_related("page").filter(number=number).first()
    if row is None:
        raise Unknown(what="campaign", detail=number)
    return _record(row)


def item_counts(campaign: CampaignId) -> tuple[ItemCount, ...]:
    """Return how many items of each kind, way and state there are, and why some are excluded."""
    alike = ("kind", "channel", "state", "exclusion")
    counted = CampaignItem.objects.filter(campaign=campaign).values(*alike).annotate(count=Count("pk"))
    return tuple(
        ItemCount(
            kind=NoticeKind(row["kind"]),
            channel=Channel(row["channel"]) if row["channel"] else None,
            state=ItemState(row["state"]),
            exclusion=Exclusion(row["exclusion"]) if row["exclusion"] else None,
            count=row["count"],
        )
        for row in counted.order_by(*alike)
    )


def batches(campaign: CampaignId) -> tuple[BatchRecord, ...]:
    """Return a campaign's lots in the order of their making."""
    rows = CampaignBatch.objects.filter(campaign=campaign).defer("pdf").order_by("number")
    return tuple(map(_batch, rows))


def batch_record(campaign: CampaignId, number: int) -> BatchRecord:
    """Return a lot by its number.

    Raises: Unknown.
    """
    row = CampaignBatch.objects.filter(campaign=campaign, number=number).defer("pdf").first()
    if row is None:
        raise Unknown(what="batch", detail=f"{campaign}/{number}")
    return _batch(row)


def batch_pdf(batch: CampaignBatchId) -> bytes:
    """Return a lot's letters as they were printed.

    Raises: Unknown once somebody's records in it were disposed of.
    """
    pdf = CampaignBatch.objects.filter(pk=batch).values_list("pdf", flat=True).first()
    if pdf is None:
        raise Unknown(what="batch", detail="its letters were disposed of")
    return bytes(pdf)


def next_items(campaign: CampaignId, *, channel: Channel, most: int | None = None) -> tuple[ItemRecord, ...]:
    """Return who is told next this way: a lot of one kind, in the order of planning.

    Who may have been told by hand already waits until somebody has confirmed it.
    """
    by_hand = CampaignByHand.objects.filter(item=OuterRef("pk"), dropped_at=None)
    waiting = CampaignItem.objects.filter(
        ~Exists(by_hand), campaign=campaign, state=ItemState.PLANNED, channel=channel
    )
    first = waiting.order_by("kind", "pk").values_list("kind", flat=True).first()
    if first is None:
        return ()
    size = batch_size(kind=NoticeKind(first), channel=channel)
    rows = waiting.filter(kind=first).order_by("pk")[: min(size, most or size)]
    return tuple(
        ItemRecord(
            item=row.pk,
            kind=NoticeKind(row.kind),
            application=ApplicationId(row.application_id) if row.application_id else None,
            past=PastApplicationId(row.past_id) if row.past_id else None,
        )
        for row in rows
    )


def letter_number(campaign: str, item: int) -> str:
    """Return the number that one letter of a campaign bears."""
    return f"{campaign}/{item}"


def open_items(campaign: CampaignId) -> int:
    """Return how many are still to be printed, posted or let go, or are on their way to a server."""
    waiting = Q(state__in=(ItemState.PLANNED, ItemState.PRINTED))
    on_the_way = Q(notice__isnull=False) & ~Q(notice__state__in=(NoticeState.SENT, NoticeState.FAILED))
    own = CampaignItem.objects.filter(campaign=campaign, channel__in=(Channel.POST, *MESSAGE_WAYS))
    return own.filter(waiting | on_the_way).count()


def last_batch(campaign: CampaignId) -> int:
    """Return the number of the last lot, 0 before the first."""
    found: int | None = CampaignBatch.objects.filter(campaign=campaign).aggregate(last=Max(F("number")))[
        "last"
    ]
    return found or 0


def _record(row: Campaign) -> CampaignRecord:
    return CampaignRecord(
        campaign_id=CampaignId(row.pk),
        number=row.number,
        state=CampaignState(row.state),
        subject=CampaignSubject.from_record(row.subject),
        subject_sha256=row.subject_sha256,
        deadline=Deadline.from_record(row.deadline) if row.deadline else None,
        planned_at=row.planned_at,
        planned_by=row.planned_by,
        released_at=row.released_at,
        released_by=row.released_by,
        closed_at=row.closed_at,
        page_posted_on=row.page.arrived_on if row.page else None,
        listed_at=row.listed_at,
        listed=row.listed,
        listed_sha256=row.listed_sha256,
    )


def _batch(row: CampaignBatch) -> BatchRecord:
    return BatchRecord(
        batch_id=CampaignBatchId(row.pk),
        number=row.number,
        kind=NoticeKind(row.kind),
        channel=Channel(row.channel),
        items=row.items,
        dated_on=row.dated_on,
        made_at=row.made_at,
        made_by=row.made_by,
        pdf_sha256=row.pdf_sha256,
        words_sha256=row.words_sha256,
        postmark=row.postmark,
    )
