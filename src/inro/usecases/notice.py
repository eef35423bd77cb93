"""Notices: sent on a way the terms give, counted as arrived by Article 43 (6.2, 9.2, 18.7, 22.2, 43)."""

from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.acts import Act
from inro.practice.events import EventKind
from inro.practice.notices import Channel, Delivery, NoticeKind, check_channel, deemed_arrival
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, NoticeId
from inro.store.models import Notice
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject

_EVENTS = {
    NoticeKind.RECEIPT_REMINDER: EventKind.REMINDER_SENT,
    NoticeKind.EXPIRY: EventKind.EXPIRY_NOTICE_SENT,
}


def sent_event(kind: NoticeKind) -> EventKind:
    """Return the event that the sending of a notice of this kind is."""
    return _EVENTS.get(kind, EventKind.NOTICE_SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """What was sent: the template's name and the SHA-256 (hexadecimal) of the finished notice.

    `edition` and `words_sha256` are of the operator's words it was made of, empty where there were none.
    """

    template: str
    sha256: str
    edition: str = ""
    words_sha256: str = ""


def send_notice(
    *,
    application: ApplicationId | None,
    kind: NoticeKind,
    clause: str,
    channel: Channel,
    text: NoticeText,
    sent_on: date,
    delivery: Delivery | None,
    actor: Actor,
    now: datetime,
) -> NoticeId:
    """Record a notice released by a member of staff; with its delivery known, also when it counts as arrived.

    Raises: DutyMissing, ChannelRefused, NotArrived, Unknown.
    """
    actor.check(Act.SEND_NOTICE)
    check_channel(kind=kind, channel=channel)
    arrived_on = deemed_arrival(delivery) if delivery else None
    with act(actor=actor, now=now) as doing:
        row = add_notice(
            doing,
            application=application,
            kind=kind,
            clause=clause,
            channel=channel,
            text=text,
            sent_on=sent_on,
            arrived_on=arrived_on,
            released_by=actor.name,
        )
    return NoticeId(row.pk)


def add_notice(
    doing: Doing,
    *,
    application: ApplicationId | None,
    kind: NoticeKind,
    clause: str,
    channel: Channel,
    text: NoticeText,
    sent_on: date,
    arrived_on: date | None,
    released_by: str,
) -> Notice:
    """Add a notice inside the caller's act, which has checked its way; return its row (43).

    Raises: Unknown.
    """
    named = subject(find(application).number) if application is not None else f"notice/{kind.value}"
    row = Notice.objects.create(
        application_id=application,
        kind=kind,
        clause=clause,
        channel=channel,
        template=text.template,
        content_sha256=text.sha256,
        edition=text.edition,
        words_sha256=text.words_sha256,
        sent_on=sent_on,
        arrived_on=arrived_on,
        released_by=released_by,
    )
    doing.record(
        sent_event(kind),
        subject=named,
        notice=row.pk,
        kind_of_notice=kind.value,
        clause=clause,
        channel=channel.value,
        content_sha256=text.sha256,
        arrived_on=arrived_on.isoformat() if arrived_on else None,
    )
    return row


def record_arrival(*, notice: NoticeId, delivery: Delivery, actor: Actor, now: datetime) -> date:
    """Record what is known of a notice's way and return the day it counts as arrived (43).

    Raises: DutyMissing, NotArrived, Unknown, Conflict when its arrival is on record already.
    """
    actor.check(Act.RECORD_ARRIVAL)
    if not Notice.objects.filter(pk=notice).exists():
        raise Unknown(what="notice", detail=str(notice))
    arrived_on = deemed_arrival(delivery)
    with act(actor=actor, now=now) as doing:
        change(Notice, row=notice, expected={"arrived_on": None}, to={"arrived_on": arrived_on})
        doing.record(EventKind.NOTICE_ARRIVED, subject=f"notice/{notice}", arrived_on=arrived_on.isoformat())
    return arrived_on
