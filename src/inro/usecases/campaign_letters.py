"""A campaign's letters, printed lot by lot, so that any run may stop in between (2.2, 6.2, 8.11, 43)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inro.configuration.editions import Edition
from inro.paper.announcements import announcement_of, render_announcements
from inro.paper.parties import Operator
from inro.paper.renewal_papers import joined
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.campaign import (
    NOTICES,
    CampaignAct,
    CampaignRefused,
    Exclusion,
    next_state,
)
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, NoticeKind
from inro.store.reads.campaign import (
    CampaignRecord,
    ItemRecord,
    campaign_record,
    letter_number,
)
from inro.usecases.actor import Actor
from inro.usecases.campaign_lots import (
    Lot,
    Told,
    announcement_letter,
    announcements,
    check_decided,
    each,
    fact_rows,
    keep_lot,
    leave_out,
    still_owed,
)
from inro.usecases.renewal import open_renewal
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


_NOBODY: dict[str, Any] = {
    "name": "見本　太郎",
    "organization": "",
    "postal_code": "100-0000",
    "address": ["東京都架空区見本町１丁目１番１号", "見本ビル３階"],
}
_NOTHING = {"certificate_number": "0000000000000000", "ends_on": "―", "stay_ends_on": "―"}


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
    check_decided(record)
    if dated_on < jst_date(now):
        raise CampaignRefused(field="dated_on", problem="in-past")
    while items := still_owed(record, Channel.POST, most, actor, now):
        told, obstacles = _told(record, items, dated_on, house, actor, now)
        if told:
            kind = items[0].kind
            pdf = _pdf(record, kind, told, dated_on, house)
            lot = Lot(
                kind=kind,
                channel=Channel.POST,
                dated_on=dated_on,
                told=told,
                obstacles=obstacles,
                words=house.words_of(kind),
                pdf=pdf,
            )
            batch = keep_lot(record, lot, actor, now)
            return PrintedBatch(number=batch, kind=kind, letters=len(told), pdf=pdf)
        leave_out(record, obstacles, actor, now)
    return None


def sample_letter(*, record: CampaignRecord, dated_on: date, house: House) -> bytes:
    """Return a campaign's letter to nobody real, as PDF; nothing is recorded.

    Raises: KeyError for a campaign that writes to nobody; GlyphMissing, FontMissing.
    """
    kind = NOTICES[record.kind][0].kind
    one = Told(item=0, content=_NOBODY | {"facts": fact_rows(house.words_of(kind), _NOTHING)})
    return _pdf(record, kind, [one], dated_on, house)


def _told(
    record: CampaignRecord,
    items: Sequence[ItemRecord],
    dated_on: date,
    house: House,
    actor: Actor,
    now: datetime,
) -> tuple[list[Told], dict[int, Exclusion]]:
    if items[0].kind is not NoticeKind.RENEWAL_KIT:
        return announcements(items, Channel.POST, house.words_of(items[0].kind))
    return each(
        items,
        lambda one: _kit(one, letter_number(record.number, one.item), dated_on, house, actor, now),
    )


def _kit(one: ItemRecord, number: str, dated_on: date, house: House, actor: Actor, now: datetime) -> Told:
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
    facts = fact_rows(house.words_of(one.kind), {"application": opened.number})
    content = {
        "name": kit.recipient.name,
        "organization": kit.recipient.organization,
        "postal_code": kit.recipient.postal_code,
        "address": list(kit.recipient.address),
        "facts": facts,
    }
    return Told(item=one.item, content=content, pdf=kit.pdf)


def _pdf(
    record: CampaignRecord, kind: NoticeKind, told: Sequence[Told], dated_on: date, house: House
) -> bytes:
    if kind is NoticeKind.RENEWAL_KIT:
        return joined(*(one.pdf for one in told))
    return render_announcements(
        told=announcement_of(record.subject, words=house.words_of(kind), operator=house.operator),
        letters=[
            announcement_letter(letter_number(record.number, one.item), one.content, dated_on) for one in told
        ],
        made_on=dated_on,
        operator=house.operator,
    )
