"""A campaign's letters, printed lot by lot, so that any run may stop in between (2.2, 6.2, 8.11, 43)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inro.configuration.editions import Edition
from inro.paper.announcements import AnnouncementLetter, announcement_of, render_announcements
from inro.paper.errors import GlyphMissing, SheetRefused, TextTooLong
from inro.paper.glyphs import check_glyphs
from inro.paper.parties import Addressee, Operator
from inro.paper.press import plain_date
from inro.paper.renewal_papers import joined
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.campaign import (
    BATCH,
    KIT_BATCH,
    NOTICES,
    CampaignAct,
    CampaignRefused,
    Exclusion,
    ItemState,
    next_state,
)
from inro.practice.events import EventKind
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import NoticeKind
from inro.practice.renewal import NotRenewable
from inro.practice.sheet_words import Sheet
from inro.store.campaign_items import exclude_again
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId, CampaignId
from inro.store.models import Application, CampaignBatch, CampaignItem
from inro.store.reads.address import home_addresses
from inro.store.reads.campaign import (
    CampaignRecord,
    ItemRecord,
    campaign_record,
    last_batch,
    letter_number,
    next_items,
)
from inro.store.reads.campaign_certificates import named_certificates
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.renewal import RenewalUnderWay, open_renewal
from inro.usecases.renewal_kit import earlier_of, kit_form, render_kit


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every letter of a run has in common."""

    edition: Edition
    operator: Operator
    words: Mapping[NoticeKind, NoticeWords]

    def words_of(self, kind: NoticeKind) -> NoticeWords:
        """Return the words of a kind; on top of a kit lies the notice of the end of validity (8.11)."""
        return self.words[NoticeKind.EXPIRY if kind is NoticeKind.RENEWAL_KIT else kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBatch:
    """One lot as it comes out of the printer."""

    number: int
    kind: NoticeKind
    letters: int
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One item with what its letter tells; `pdf` where it is not set together with the others."""

    item: int
    content: dict[str, Any]
    pdf: bytes = b""


_NOBODY: dict[str, Any] = {
    "name": "見本　太郎",
    "organization": "",
    "postal_code": "100-0000",
    "address": ["東京都架空区見本町１丁目１番１号", "見本ビル３階"],
}
_NOTHING = {"certificate_number": "0000000000000000", "ends_on": "―"}


def print_campaign(
    *, number: str, dated_on: date, house: House, actor: Actor, now: datetime, most: int | None = None
) -> PrintedBatch | None:
    """Print the next lot of a released campaign; None once nobody is left.

    Who must no longer be told is left out first, with why. Letters are set outside of any transaction, and
    recorded only if nobody else printed one of them meanwhile.

    Raises: DutyMissing, Unknown, ActNotAllowed, CampaignRefused, FontMissing, Conflict.
    """
    actor.check(Act.PRINT_CAMPAIGN)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    if dated_on < jst_date(now):
        raise CampaignRefused(field="dated_on", problem="in-past")
    while items := _still_owed(record, most, actor, now):
        sheets, obstacles = _sheets(record, items, dated_on, house, actor, now)
        if sheets:
            pdf = _pdf(record, items[0].kind, sheets, dated_on, house)
            return _keep(record, items[0].kind, sheets, obstacles, pdf, dated_on, house, actor, now)
        _leave_out(record, obstacles, actor, now)
    return None


def sample_letter(*, record: CampaignRecord, dated_on: date, house: House) -> bytes:
    """Return a campaign's letter to nobody real, as PDF; nothing is recorded.

    Raises: KeyError for a campaign that writes to nobody; GlyphMissing, FontMissing.
    """
    kind = NOTICES[record.kind][0].kind
    sheet = _Sheet(item=0, content=_NOBODY | {"facts": _rows(house.words_of(kind), _NOTHING)})
    return _pdf(record, kind, [sheet], dated_on, house)


def _still_owed(
    record: CampaignRecord, most: int | None, actor: Actor, now: datetime
) -> tuple[ItemRecord, ...]:
    """Return whom the next lot is for, once those are left out who must no longer be told."""
    while items := _next(record.campaign_id, most):
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


def _next(campaign: CampaignId, most: int | None) -> tuple[ItemRecord, ...]:
    items = next_items(campaign, most=most or BATCH)
    kits = bool(items) and items[0].kind is NoticeKind.RENEWAL_KIT
    return items[:KIT_BATCH] if kits else items


def _sheets(
    record: CampaignRecord,
    items: Sequence[ItemRecord],
    dated_on: date,
    house: House,
    actor: Actor,
    now: datetime,
) -> tuple[list[_Sheet], dict[int, Exclusion]]:
    if items[0].kind is not NoticeKind.RENEWAL_KIT:
        return _announcements(items, house.words_of(items[0].kind))
    return _each(
        items,
        lambda one: _kit(one, letter_number(record.number, one.item), dated_on, house, actor, now),
    )


def _announcements(
    items: Sequence[ItemRecord], words: NoticeWords
) -> tuple[list[_Sheet], dict[int, Exclusion]]:
    contents = _contents([one.application for one in items if one.application is not None], words)

    def sheet(one: ItemRecord) -> _Sheet:
        content = contents[one.application or ApplicationId(0)]
        check_glyphs(content)
        return _Sheet(item=one.item, content=content)

    return _each(items, sheet)


def _each(
    items: Sequence[ItemRecord], make: Callable[[ItemRecord], _Sheet]
) -> tuple[list[_Sheet], dict[int, Exclusion]]:
    """Return what can be printed, and why the rest cannot: one letter never stops the others."""
    sheets: list[_Sheet] = []
    obstacles: dict[int, Exclusion] = {}
    for one in items:
        try:
            sheets.append(make(one))
        except RenewalUnderWay:
            obstacles[one.item] = Exclusion.RENEWAL_UNDER_WAY
        except (NotRenewable, GlyphMissing, TextTooLong, SheetRefused):
            obstacles[one.item] = Exclusion.UNPRINTABLE
    return sheets, obstacles


def _contents(cases: Sequence[ApplicationId], words: NoticeWords) -> Mapping[ApplicationId, dict[str, Any]]:
    numbers = dict(Application.objects.filter(pk__in=cases).values_list("pk", "number"))
    homes, named = home_addresses(cases), named_certificates(cases)
    found: dict[ApplicationId, dict[str, Any]] = {}
    for case, home in homes.items():
        facts = {"application": numbers[case]}
        if case in named:
            ends_on = plain_date(jst_date(named[case].not_after))
            facts = {"certificate_number": named[case].number, "ends_on": ends_on}
        found[case] = {
            "name": home.name,
            "organization": home.organization,
            "postal_code": home.postal_code,
            "address": list(home.lines),
            "facts": _rows(words, facts),
        }
    return found


def _rows(words: NoticeWords, values: Mapping[str, str]) -> list[list[str]]:
    return [list(row) for row in words.sheets[Sheet.ANNOUNCEMENT].labelled(values)]


def _kit(one: ItemRecord, number: str, dated_on: date, house: House, actor: Actor, now: datetime) -> _Sheet:
    earlier = earlier_of(one)
    form = kit_form(earlier, on=jst_date(now))
    opened = open_renewal(
        earlier=earlier,
        form=form,
        edition=house.edition.terms.edition,
        edition_sha256=house.edition.sha256,
        actor=actor,
        now=now,
    )
    kit = render_kit(
        earlier=earlier,
        form=form,
        opened=opened,
        number=number,
        dated_on=dated_on,
        edition=house.edition,
        operator=house.operator,
        words=house.words_of(one.kind),
    )
    facts = _rows(house.words_of(one.kind), {"application": opened.number})
    content = {
        "name": kit.recipient.name,
        "organization": kit.recipient.organization,
        "postal_code": kit.recipient.postal_code,
        "address": list(kit.recipient.address),
        "facts": facts,
    }
    return _Sheet(item=one.item, content=content, pdf=kit.pdf)


def _pdf(
    record: CampaignRecord, kind: NoticeKind, sheets: Sequence[_Sheet], dated_on: date, house: House
) -> bytes:
    if kind is NoticeKind.RENEWAL_KIT:
        return joined(*(sheet.pdf for sheet in sheets))
    return render_announcements(
        told=announcement_of(record.subject, words=house.words_of(kind), operator=house.operator),
        letters=[_letter(letter_number(record.number, one.item), one.content, dated_on) for one in sheets],
        made_on=dated_on,
        operator=house.operator,
    )


def _letter(number: str, content: Mapping[str, Any], dated_on: date) -> AnnouncementLetter:
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


def _keep(
    record: CampaignRecord,
    kind: NoticeKind,
    sheets: Sequence[_Sheet],
    obstacles: Mapping[int, Exclusion],
    pdf: bytes,
    dated_on: date,
    house: House,
    actor: Actor,
    now: datetime,
) -> PrintedBatch:
    words = house.words_of(kind)
    with act(actor=actor, now=now) as doing:
        batch = CampaignBatch.objects.create(
            campaign_id=record.campaign_id,
            number=last_batch(record.campaign_id) + 1,
            kind=kind,
            items=len(sheets),
            dated_on=dated_on,
            made_at=now,
            made_by=actor.name,
            pdf=pdf,
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            edition=words.edition.isoformat(),
            words_sha256=words.sha256,
        )
        for place, sheet in enumerate(sheets, start=1):
            _print(sheet, batch, place)
        _exclude(obstacles)
        doing.record(
            EventKind.CAMPAIGN_PRINTED,
            subject=f"campaign/{record.number}",
            batch=batch.number,
            letters=len(sheets),
            unprintable=len(obstacles),
            pdf_sha256=batch.pdf_sha256,
            words_sha256=words.sha256,
        )
    return PrintedBatch(number=batch.number, kind=kind, letters=len(sheets), pdf=pdf)


def _print(sheet: _Sheet, batch: CampaignBatch, place: int) -> None:
    changed = CampaignItem.objects.filter(pk=sheet.item, state=ItemState.PLANNED).update(
        state=ItemState.PRINTED,
        batch=batch,
        place=place,
        content=sheet.content,
        content_sha256=canonical_sha256(sheet.content),
    )
    if not changed:
        raise Conflict(what="campaign", detail=f"item {sheet.item} was printed by somebody else")


def _leave_out(
    record: CampaignRecord, obstacles: Mapping[int, Exclusion], actor: Actor, now: datetime
) -> None:
    with act(actor=actor, now=now) as doing:
        _exclude(obstacles)
        doing.record(
            EventKind.CAMPAIGN_EXTENDED, subject=f"campaign/{record.number}", excluded=len(obstacles)
        )


def _exclude(obstacles: Mapping[int, Exclusion]) -> None:
    for item, why in obstacles.items():
        CampaignItem.objects.filter(pk=item, state=ItemState.PLANNED).update(
            state=ItemState.EXCLUDED, exclusion=why
        )
