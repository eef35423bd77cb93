"""The proof of a campaign: each person's notice, and how many arrived in time which way (2.2, 11.2, 43)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from inro.practice.campaign import Exclusion, ItemState, Standing, standing
from inro.practice.notices import Channel, NoticeKind
from inro.store.models import CampaignItem
from inro.store.reads.campaign import CampaignRecord, letter_number

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLine:
    """One person's notice: to whom, which way, when sent and arrived, how it stands (43).

    `by_hand` says why it was given outside of the lots, and the two persons who answer for it; `failed` that
    a message came back before.
    """

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
    by_hand: str
    failed: bool


def proof_lines(record: CampaignRecord) -> Iterator[ProofLine]:
    """Yield every item of a campaign, told or not, in the order of planning."""
    rows = (
        CampaignItem.objects.filter(campaign=record.campaign_id)
        .select_related("notice", "application", "past", "batch")
        .prefetch_related("by_hand")
        .only(
            *("pk", "kind", "channel", "state", "exclusion", "place", "content", "content_sha256", "failed"),
            *("application__number", "past__number", "batch__number"),
            *("notice__sent_on", "notice__arrived_on"),
        )
        .order_by("pk")
    )
    for row in rows.iterator(_AT_ONCE):
        yield _proof(record, row)


def standings(record: CampaignRecord) -> Mapping[Standing, int]:
    """Return how many of those to be told were told in time, late, or not at all (43)."""
    found: Counter[Standing] = Counter(dict.fromkeys(Standing, 0))
    for counted in standings_by_way(record).values():
        found.update(counted)
    return dict(found)


def standings_by_way(record: CampaignRecord) -> Mapping[Channel, Mapping[Standing, int]]:
    """Return the same for each way that somebody is told (43)."""
    told = CampaignItem.objects.filter(
        ~Q(state=ItemState.EXCLUDED) | Q(exclusion=Exclusion.UNPRINTABLE),
        campaign=record.campaign_id,
        channel__isnull=False,
    )
    late = Q(notice__arrived_on__gt=record.last_day) if record.last_day else Q(pk__in=())
    counted = told.values("channel").annotate(
        every=Count("pk"),
        missing=Count("pk", filter=Q(notice__arrived_on__isnull=True)),
        late=Count("pk", filter=late),
    )
    page = standing(arrived_on=record.page_posted_on, last_day=record.last_day)
    found: dict[Channel, Mapping[Standing, int]] = {}
    for row in counted.order_by("channel"):
        channel, every = Channel(row["channel"] or ""), row["every"]
        apart = {Standing.LATE: row["late"], Standing.MISSING: row["missing"]}
        by_letter = {Standing.IN_TIME: every - sum(apart.values()), **apart}
        by_page = dict.fromkeys(Standing, 0) | {page: every}
        found[channel] = by_page if channel is Channel.WEB else by_letter
    return found


def _proof(record: CampaignRecord, row: CampaignItem) -> ProofLine:
    by_page = row.channel == Channel.WEB and row.notice is None
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
        by_hand=" / ".join(
            f"{one.reason} ({one.recorded_by}, {one.confirmed_by})"
            for one in row.by_hand.all()
            if one.confirmed_by
        ),
        failed=row.failed_id is not None,
    )
