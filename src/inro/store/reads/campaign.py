"""Campaigns as they stand: counts, lots, who is told next, each notice's proof (2.2, 11, 15, 30(2), 43)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, Q

from inro.practice.campaign import (
    CampaignKind,
    CampaignState,
    CampaignSubject,
    Exclusion,
    ItemState,
    Standing,
    standing,
)
from inro.practice.deadlines import Deadline, Edge
from inro.practice.notices import Channel, NoticeKind
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, CampaignBatchId, CampaignId, PastApplicationId
from inro.store.models import Campaign, CampaignBatch, CampaignItem

_AT_ONCE = 2_000


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
    """One lot of letters; `postmark` is None until it is posted."""

    batch_id: CampaignBatchId
    number: int
    kind: NoticeKind
    items: int
    dated_on: date
    made_at: datetime
    made_by: str
    pdf_sha256: str
    postmark: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLine:
    """One person's notice: to whom, which way, when sent and arrived, how it stands (43)."""

    item: int
    case: str
    letter: str
    name: str
    kind: NoticeKind
    channel: Channel | None
    exclusion: Exclusion | None
    sent_on: date | None
    arrived_on: date | None
    standing: Standing | None
    content_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecord:
    """One item to be printed: of an application, or of one from before this platform."""

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


def standings(record: CampaignRecord) -> dict[Standing, int]:
    """Return how many of those to be told were told in time, late, or not at all (43)."""
    told = CampaignItem.objects.filter(
        ~Q(state=ItemState.EXCLUDED) | Q(exclusion=Exclusion.UNPRINTABLE),
        campaign=record.campaign_id,
        channel__isnull=False,
    )
    by_page, by_letter = told.filter(channel=Channel.WEB).count(), told.exclude(channel=Channel.WEB)
    late = Q(notice__arrived_on__gt=record.last_day) if record.last_day else Q(pk__in=())
    counted = by_letter.aggregate(
        missing=Count("pk", filter=Q(notice__arrived_on__isnull=True)),
        late=Count("pk", filter=late),
        every=Count("pk"),
    )
    found = {
        Standing.IN_TIME: counted["every"] - counted["missing"] - counted["late"],
        Standing.LATE: counted["late"],
        Standing.MISSING: counted["missing"],
    }
    found[standing(arrived_on=record.page_posted_on, last_day=record.last_day)] += by_page
    return found


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


def next_items(campaign: CampaignId, *, most: int) -> tuple[ItemRecord, ...]:
    """Return who is printed next: letters of one kind, in the order of planning."""
    waiting = CampaignItem.objects.filter(campaign=campaign, state=ItemState.PLANNED, channel=Channel.POST)
    first = waiting.order_by("kind", "pk").values_list("kind", flat=True).first()
    if first is None:
        return ()
    rows = waiting.filter(kind=first).order_by("pk")[:most]
    return tuple(
        ItemRecord(
            item=row.pk,
            kind=NoticeKind(row.kind),
            application=ApplicationId(row.application_id) if row.application_id else None,
            past=PastApplicationId(row.past_id) if row.past_id else None,
        )
        for row in rows
    )


def proof_lines(record: CampaignRecord) -> Iterator[ProofLine]:
    """Yield every item of a campaign, told or not, in the order of planning."""
    rows = (
        CampaignItem.objects.filter(campaign=record.campaign_id)
        .select_related("notice", "application", "past", "batch")
        .only(
            *("pk", "kind", "channel", "state", "exclusion", "place", "content", "content_sha256"),
            *("application__number", "past__number", "batch__number"),
            *("notice__sent_on", "notice__arrived_on"),
        )
        .order_by("pk")
    )
    for row in rows.iterator(_AT_ONCE):
        yield _proof(record, row)


def _proof(record: CampaignRecord, row: CampaignItem) -> ProofLine:
    by_page = row.channel == Channel.WEB
    sent_on = record.page_posted_on if by_page else row.notice.sent_on if row.notice else None
    arrived_on = record.page_posted_on if by_page else row.notice.arrived_on if row.notice else None
    owed = row.state != ItemState.EXCLUDED or row.exclusion == Exclusion.UNPRINTABLE
    told, about = owed and row.channel is not None, row.application or row.past
    return ProofLine(
        item=row.pk,
        case=about.number if about else "",
        letter=letter_number(record.number, row.pk) if row.batch else "",
        name=(row.content or {}).get("name", ""),
        kind=NoticeKind(row.kind),
        channel=Channel(row.channel) if row.channel else None,
        exclusion=Exclusion(row.exclusion) if row.exclusion else None,
        sent_on=sent_on if told else None,
        arrived_on=arrived_on if told else None,
        standing=standing(arrived_on=arrived_on, last_day=record.last_day) if told else None,
        content_sha256=row.content_sha256 or "",
    )


def letter_number(campaign: str, item: int) -> str:
    """Return the number that one letter of a campaign bears."""
    return f"{campaign}/{item}"


def open_items(campaign: CampaignId) -> int:
    """Return how many are still to be printed or posted."""
    return (
        CampaignItem.objects.filter(campaign=campaign, channel=Channel.POST)
        .filter(state__in=(ItemState.PLANNED, ItemState.PRINTED))
        .count()
    )


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
        items=row.items,
        dated_on=row.dated_on,
        made_at=row.made_at,
        made_by=row.made_by,
        pdf_sha256=row.pdf_sha256,
        postmark=row.postmark,
    )
