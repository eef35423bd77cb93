"""A notice of a campaign given by hand: recorded by one, confirmed by another (2.2, 11.2, 40(7), 43)."""

from datetime import date, datetime

from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.campaign import (
    CampaignAct,
    CampaignRefused,
    Exclusion,
    ItemState,
    clause_of,
    next_state,
    template_of,
)
from inro.practice.campaign_by_hand import check_by_hand, served_by_hand
from inro.practice.events import EventKind
from inro.practice.export import check_release
from inro.practice.notices import Channel
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId
from inro.store.models import CampaignByHand, CampaignItem
from inro.store.reads.campaign import CampaignRecord, campaign_record
from inro.store.reads.campaign_by_hand import by_hand_record, items_of
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.notice import NoticeText, add_notice

# What of a campaign still waits for somebody to be told.
_OWED = (
    {"state": ItemState.PLANNED},
    {"state": ItemState.EXCLUDED, "exclusion": Exclusion.UNPRINTABLE},
)


def record_by_hand(
    *,
    number: str,
    case: str,
    channel: Channel,
    served_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Record that somebody was told outside of the lots, and why; return the record's id (43).

    `case` is the application number, `served_on` the postmark's day, or that of the confirmed sending. Until
    another person confirms it nobody counts as told, and no lot takes the addressee.

    Raises: DutyMissing, Unknown, ActNotAllowed, CampaignRefused; Conflict where it is on record already.
    """
    actor.check(Act.RECORD_BY_HAND)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    found = items_of(record.campaign_id, case)
    if not found:
        raise CampaignRefused(field="item", problem="unknown")
    owed = [one for one in found if one.is_owed]
    if not owed:
        raise CampaignRefused(field="items", problem="told-already")
    item, words = owed[0], reason.strip()
    check_by_hand(kind=item.kind, channel=channel, served_on=served_on, reason=words, today=jst_date(now))
    served = {"campaign": number, "item": item.item, "way": channel.value, "day": served_on.isoformat()}
    with act(actor=actor, now=now) as doing:
        if CampaignByHand.objects.filter(item=item.item, dropped_at=None).exists():
            raise Conflict(what="by_hand", detail=f"{number}: {case} is on record already")
        row = CampaignByHand.objects.create(
            item_id=item.item,
            channel=channel,
            served_on=served_on,
            reason=words,
            sha256=canonical_sha256(served | {"reason": words}),
            recorded_at=now,
            recorded_by=actor.name,
        )
        doing.record(
            EventKind.CAMPAIGN_BY_HAND_RECORDED,
            subject=f"campaign/{number}",
            by_hand=row.pk,
            item=item.item,
            sha256=row.sha256,
        )
    return int(row.pk)


def confirm_by_hand(*, number: str, by_hand: int, actor: Actor, now: datetime) -> None:
    """Confirm what another person recorded: from here it counts as told, and stands in the proof (40(7), 43).

    Raises: DutyMissing, ReleasedByTheSame, Unknown, ActNotAllowed; Conflict where it is confirmed already, or
    the addressee is told by a lot meanwhile.
    """
    actor.check(Act.CONFIRM_BY_HAND)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    given = by_hand_record(record.campaign_id, by_hand)
    check_release(requested_by=given.recorded_by, releases=actor.name)
    arrived_on = served_by_hand(channel=given.channel, served_on=given.served_on, by=given.recorded_by)
    with act(actor=actor, now=now) as doing:
        change(
            CampaignByHand,
            row=by_hand,
            expected={"confirmed_at": None, "dropped_at": None},
            to={"confirmed_at": now, "confirmed_by": actor.name},
        )
        item = CampaignItem.objects.get(pk=given.item)
        notice = add_notice(
            doing,
            application=ApplicationId(item.application_id) if item.application_id else None,
            kind=given.kind,
            clause=clause_of(record.kind, given.kind),
            channel=given.channel,
            text=NoticeText(template=template_of(record.subject, given.kind), sha256=given.sha256),
            sent_on=given.served_on,
            arrived_on=arrived_on,
            released_by=given.recorded_by,
        )
        told = {"exclusion": None, "channel": given.channel, "content_sha256": given.sha256, "notice": notice}
        _tell(item, record, **told)
        doing.record(
            EventKind.CAMPAIGN_BY_HAND_CONFIRMED,
            subject=f"campaign/{number}",
            by_hand=by_hand,
            item=given.item,
            sha256=given.sha256,
        )


def drop_by_hand(*, number: str, by_hand: int, actor: Actor, now: datetime) -> None:
    """Withdraw a record that nobody confirmed: the addressee is told with a later lot again.

    Raises: DutyMissing, Unknown, ActNotAllowed; Conflict where it is confirmed.
    """
    actor.check(Act.DROP_BY_HAND)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    given = by_hand_record(record.campaign_id, by_hand)
    with act(actor=actor, now=now) as doing:
        change(
            CampaignByHand,
            row=by_hand,
            expected={"confirmed_at": None, "dropped_at": None},
            to={"dropped_at": now, "dropped_by": actor.name},
        )
        doing.record(
            EventKind.CAMPAIGN_BY_HAND_DROPPED,
            subject=f"campaign/{number}",
            by_hand=by_hand,
            item=given.item,
        )


def _tell(item: CampaignItem, record: CampaignRecord, **told: object) -> None:
    rows = CampaignItem.objects.filter(pk=item.pk, campaign=record.campaign_id)
    owed = rows.filter(**_OWED[0]) | rows.filter(**_OWED[1])
    if owed.update(state=ItemState.SENT, **told) != 1:
        raise Conflict(what="campaign", detail=f"item {item.pk} was told by a lot meanwhile")
