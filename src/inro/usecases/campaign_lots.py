"""A campaign's lots: who is in the next one, what each is told, and the lot on record (2.2, 6.2, 11, 43).

Letters and messages have it in common: any run may stop between two lots, and one notice that cannot be made
never stops the others.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from inro.paper.announcements import AnnouncementLetter
from inro.paper.errors import GlyphMissing, SheetRefused, TextTooLong
from inro.paper.glyphs import check_glyphs
from inro.paper.parties import Addressee
from inro.paper.press import long_date
from inro.pki.canonical import canonical_sha256
from inro.practice.calendar import jst_date
from inro.practice.campaign import MESSAGE_WAYS, CampaignKind, CampaignRefused, Exclusion, ItemState
from inro.practice.events import EventKind
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, NoticeKind
from inro.practice.renewal import NotRenewable
from inro.practice.sheet_words import Sheet
from inro.store.campaign_items import exclude_again
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId
from inro.store.models import Application, CampaignBatch, CampaignItem
from inro.store.reads.address import home_addresses
from inro.store.reads.campaign import CampaignRecord, ItemRecord, last_batch, next_items
from inro.store.reads.campaign_certificates import named_certificates
from inro.store.reads.campaign_messages import recipients
from inro.store.reads.discontinuation import decided_campaign
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.renewal import RenewalUnderWay


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One item with what its notice tells; `pdf` where it is not set together with the others."""

    item: int
    content: dict[str, Any]
    pdf: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What is made ready together: `pdf` of letters, none of messages; `obstacles` are who is left out."""

    kind: NoticeKind
    channel: Channel
    dated_on: date
    told: Sequence[Told]
    obstacles: Mapping[int, Exclusion]
    words: NoticeWords
    pdf: bytes | None

    @property
    def sha256(self) -> str:
        """The hash of the letters' file, or over what each message tells."""
        if self.pdf is not None:
            return hashlib.sha256(self.pdf).hexdigest()
        return canonical_sha256([[one.item, one.content] for one in self.told])


def check_decided(record: CampaignRecord) -> None:
    """Refuse to tell anyone of an end of the service that two officers have not decided on (11).

    Raises: CampaignRefused, also once a plan is taken back that letters were begun for.
    """
    if record.kind is CampaignKind.DISCONTINUATION and decided_campaign() != record.number:
        raise CampaignRefused(field="plan", problem="end-not-decided")


def still_owed(
    record: CampaignRecord, channel: Channel, most: int | None, actor: Actor, now: datetime
) -> tuple[ItemRecord, ...]:
    """Return whom the next lot is for, once those are left out who must no longer be told."""
    while items := next_items(record.campaign_id, channel=channel, most=most):
        with act(actor=actor, now=now) as doing:
            gone = exclude_again(
                campaign=record.campaign_id,
                subject=record.subject,
                items=[one.item for one in items],
                today=jst_date(now),
            )
            if not gone:
                doing.nothing()
                return items
            doing.record(EventKind.CAMPAIGN_EXTENDED, subject=f"campaign/{record.number}", excluded=gone)
    return ()


def announcements(
    items: Sequence[ItemRecord], channel: Channel, words: NoticeWords
) -> tuple[list[Told], dict[int, Exclusion]]:
    """Return what each is told and, of messages, where they go; and why some cannot be."""
    cases = [one.application for one in items if one.application is not None]
    contents = _contents(cases, words)
    going = recipients(cases, channel) if channel in MESSAGE_WAYS else {}

    def told(one: ItemRecord) -> Told:
        case = one.application or ApplicationId(0)
        content = contents[case] | ({"recipient": going[case]} if going else {})
        check_glyphs(content)
        return Told(item=one.item, content=content)

    return each(items, told)


def each(
    items: Sequence[ItemRecord], make: Callable[[ItemRecord], Told]
) -> tuple[list[Told], dict[int, Exclusion]]:
    """Return what can be made, and why the rest cannot: one notice never stops the others."""
    made: list[Told] = []
    obstacles: dict[int, Exclusion] = {}
    for one in items:
        try:
            made.append(make(one))
        except RenewalUnderWay:
            obstacles[one.item] = Exclusion.RENEWAL_UNDER_WAY
        except (NotRenewable, GlyphMissing, TextTooLong, SheetRefused):
            obstacles[one.item] = Exclusion.UNPRINTABLE
    return made, obstacles


def announcement_letter(number: str, content: Mapping[str, Any], dated_on: date) -> AnnouncementLetter:
    """Return one person's letter, with its number and day."""
    return AnnouncementLetter(
        number=number,
        sent_on=dated_on,
        recipient=Addressee(
            name=content["name"],
            organization=content["organization"],
            postal_code=content["postal_code"],
            address=tuple(content["address"]),
        ),
        facts=tuple((label, body) for label, body in content["facts"]),
    )


def keep_lot(record: CampaignRecord, lot: Lot, actor: Actor, now: datetime) -> int:
    """Put a lot on record, all of it or none, and return its number.

    Raises: Conflict where somebody else took one of its items meanwhile.
    """
    with act(actor=actor, now=now) as doing:
        batch = CampaignBatch.objects.create(
            campaign_id=record.campaign_id,
            number=last_batch(record.campaign_id) + 1,
            kind=lot.kind,
            channel=lot.channel,
            items=len(lot.told),
            dated_on=lot.dated_on,
            made_at=now,
            made_by=actor.name,
            pdf=lot.pdf,
            pdf_sha256=lot.sha256,
            edition=lot.words.edition.isoformat(),
            words_sha256=lot.words.sha256,
        )
        for place, one in enumerate(lot.told, start=1):
            _take(one, batch, place)
        _exclude(lot.obstacles)
        doing.record(
            EventKind.CAMPAIGN_PRINTED if lot.channel is Channel.POST else EventKind.CAMPAIGN_PREPARED,
            subject=f"campaign/{record.number}",
            batch=batch.number,
            letters=len(lot.told),
            unprintable=len(lot.obstacles),
            pdf_sha256=batch.pdf_sha256,
            words_sha256=lot.words.sha256,
        )
    return int(batch.number)


def leave_out(
    record: CampaignRecord, obstacles: Mapping[int, Exclusion], actor: Actor, now: datetime
) -> None:
    """Leave out whose notice cannot be made, where nothing else is in the lot."""
    with act(actor=actor, now=now) as doing:
        _exclude(obstacles)
        doing.record(
            EventKind.CAMPAIGN_EXTENDED, subject=f"campaign/{record.number}", excluded=len(obstacles)
        )


def fact_rows(words: NoticeWords, values: Mapping[str, str]) -> list[list[str]]:
    """Return one person's own rows under the labels that the words give them."""
    return [list(row) for row in words.sheets[Sheet.ANNOUNCEMENT].labelled(values)]


def put_back(items: QuerySet[CampaignItem], **columns: Any) -> int:
    """Take items out of their lot, to be told with a later one; return how many that was."""
    empty = {"batch": None, "place": None, "content": None, "content_sha256": None}
    return items.filter(state=ItemState.PRINTED).update(state=ItemState.PLANNED, **empty, **columns)


def _contents(cases: Sequence[ApplicationId], words: NoticeWords) -> Mapping[ApplicationId, dict[str, Any]]:
    rows = Application.objects.filter(pk__in=cases).values_list("pk", "number", "stated__stay_ends")
    known = {case: (number, stay_ends) for case, number, stay_ends in rows}
    homes, named = home_addresses(cases), named_certificates(cases)
    found: dict[ApplicationId, dict[str, Any]] = {}
    for case, home in homes.items():
        number, stay_ends = known[case]
        facts = {"stay_ends_on": long_date(date.fromisoformat(stay_ends))} if stay_ends else {}
        if case in named:
            ends_on = long_date(jst_date(named[case].not_after))
            facts |= {"certificate_number": named[case].number, "ends_on": ends_on}
        else:
            facts["application"] = number
        found[case] = {
            "name": home.name,
            "organization": home.organization,
            "postal_code": home.postal_code,
            "address": list(home.lines),
            "facts": fact_rows(words, facts),
        }
    return found


def _take(one: Told, batch: CampaignBatch, place: int) -> None:
    changed = CampaignItem.objects.filter(pk=one.item, state=ItemState.PLANNED, channel=batch.channel).update(
        state=ItemState.PRINTED,
        batch=batch,
        place=place,
        content=one.content,
        content_sha256=canonical_sha256(one.content),
    )
    if not changed:
        raise Conflict(what="campaign", detail=f"item {one.item} was taken by somebody else")


def _exclude(obstacles: Mapping[int, Exclusion]) -> None:
    for item, why in obstacles.items():
        CampaignItem.objects.filter(pk=item, state=ItemState.PLANNED).update(
            state=ItemState.EXCLUDED, exclusion=why
        )
