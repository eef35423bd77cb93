"""A campaign by e-mail and fax: made ready in lots, looked through, let go by a person (2.2, 6.2, 43.4).

A message is made of what its item tells at the moment it is let go; from there it is a notice like any other,
tried by the house and settled by what servers say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inro.paper.announcements import Announcement, announcement_of, render_announcements
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.campaign import (
    MESSAGE_WAYS,
    CampaignAct,
    CampaignRefused,
    ItemState,
    clause_of,
    next_state,
    template_of,
)
from inro.practice.events import EventKind
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, NoticeKind
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId
from inro.store.models import CampaignBatch, CampaignItem
from inro.store.reads.campaign import (
    BatchRecord,
    CampaignRecord,
    batch_record,
    campaign_record,
    letter_number,
)
from inro.store.reads.campaign_messages import LotMessage, lot_messages
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.campaign_lots import (
    Lot,
    announcement_letter,
    announcements,
    check_decided,
    keep_lot,
    leave_out,
    put_back,
    still_owed,
)
from inro.usecases.messages import Sender, composed, message_id
from inro.usecases.sending import ReadyNotice, let_go


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedLot:
    """Messages that wait to be looked through."""

    number: int
    messages: int


def prepare_campaign_messages(
    *,
    number: str,
    channel: Channel,
    words: Mapping[NoticeKind, NoticeWords],
    actor: Actor,
    now: datetime,
    most: int | None = None,
) -> PreparedLot | None:
    """Make the next lot of messages ready; None once nobody is left this way.

    Raises: DutyMissing, Unknown, ActNotAllowed, CampaignRefused, Conflict.
    """
    actor.check(Act.PREPARE_CAMPAIGN_MESSAGES)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    check_decided(record)
    if channel not in MESSAGE_WAYS:
        raise CampaignRefused(field="channel", problem="not-this-way")
    while items := still_owed(record, channel, most, actor, now):
        said = words[items[0].kind]
        told, obstacles = announcements(items, channel, said)
        if told:
            lot = Lot(
                kind=items[0].kind,
                channel=channel,
                dated_on=jst_date(now),
                told=told,
                obstacles=obstacles,
                words=said,
                pdf=None,
            )
            return PreparedLot(number=keep_lot(record, lot, actor, now), messages=len(told))
        leave_out(record, obstacles, actor, now)
    return None


def send_campaign(
    *,
    number: str,
    batch: int,
    seen: str,
    by_post: Sequence[int] = (),
    sender: Sender,
    actor: Actor,
    now: datetime,
) -> int:
    """Let a lot of messages go as it was looked through, by its hash; return how many (43.4).

    `by_post` are the items whose letters go by post instead. From here the house sends each message once.

    Raises: DutyMissing, Unknown, ActNotAllowed, CampaignRefused, GlyphMissing, FontMissing, Conflict when it
    was let go already.
    """
    actor.check(Act.SEND_CAMPAIGN)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    check_decided(record)
    lot = batch_record(record.campaign_id, batch)
    if lot.channel not in MESSAGE_WAYS:
        raise CampaignRefused(field="channel", problem="not-this-way")
    if (lot.pdf_sha256, lot.words_sha256) != (seen, sender.words[lot.kind].sha256):
        raise CampaignRefused(field="batch", problem="changed")
    going = [one for one in lot_messages(lot.batch_id) if one.item not in by_post]
    if any(not one.recipient for one in going):
        raise Conflict(what="campaign", detail=f"{number}: records of lot {batch} were disposed of")
    ready = [ready_message(record, lot, one, sender=sender, at=now) for one in going]
    with act(actor=actor, now=now) as doing:
        change(CampaignBatch, row=lot.batch_id, expected={"postmark": None}, to={"postmark": jst_date(now)})
        kept = CampaignItem.objects.filter(batch=lot.batch_id, pk__in=by_post)
        back = put_back(kept, channel=Channel.POST)
        for one, message in zip(going, ready, strict=True):
            expected = {"state": ItemState.PRINTED, "batch": lot.batch_id}
            sent = {"state": ItemState.SENT, "notice": let_go(doing, message, actor, now)}
            change(CampaignItem, row=one.item, expected=expected, to=sent)
        doing.record(
            EventKind.CAMPAIGN_SENT,
            subject=f"campaign/{number}",
            batch=batch,
            messages=len(ready),
            by_post=back,
            channel=lot.channel.value,
            seen=seen,
        )
    return len(ready)


def ready_message(
    record: CampaignRecord, lot: BatchRecord, one: LotMessage, *, sender: Sender, at: datetime
) -> ReadyNotice:
    """Return one item's message as it would leave at an instant.

    Raises: GlyphMissing, FontMissing for a fax.
    """
    own = letter_number(record.number, one.item)
    key = message_id(own.replace("/", "-"), one.content_sha256, sender)
    words = sender.words[lot.kind]
    told = announcement_of(record.subject, words=words, operator=sender.operator)
    if lot.channel is Channel.FAX:
        message = _fax(record, told, one, sender, jst_date(at))
    else:
        text = told.as_message(name=one.name, own=one.facts, number=own, operator=sender.operator)
        message = composed(
            key=key,
            sender=sender,
            recipient=one.recipient,
            subject=told.told.subject,
            text=text,
            at=at,
            sheets=None,
        )
    return ReadyNotice(
        letter=None,
        application=ApplicationId(one.application),
        kind=lot.kind,
        clause=clause_of(record.kind, lot.kind),
        channel=lot.channel,
        recipient=one.recipient,
        title=told.told.subject,
        template=template_of(record.subject, lot.kind),
        edition=words.edition.isoformat(),
        words_sha256=words.sha256,
        message_id=key,
        message=message,
    )


def _fax(
    record: CampaignRecord, told: Announcement, one: LotMessage, sender: Sender, dated_on: date
) -> bytes:
    letter = announcement_letter(letter_number(record.number, one.item), one.content, dated_on)
    return render_announcements(
        told=told,
        letters=[letter],
        made_on=dated_on,
        operator=sender.operator,
    )
