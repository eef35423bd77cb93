"""Campaigns: planned by one, released by another, posted in lots (2.2, 6.2, 11, 12.4, 15, 30(2))."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from inro.japanese.number_detector import holds_forbidden_number
from inro.paper.announcements import announcement_of
from inro.paper.parties import Operator
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.campaign import (
    NOTICES,
    REVOCATION_GROUNDS,
    WITH_PAGE,
    CampaignAct,
    CampaignKind,
    CampaignRefused,
    CampaignSubject,
    ItemState,
    arrival_deadline,
    check_finish,
    check_posting,
    check_subject,
    clause_of,
    next_state,
    template_of,
)
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.export import check_release
from inro.practice.intake import NumberInText
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, Delivery, NoticeKind, deemed_arrival
from inro.store.campaign_items import insert_items
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.ids import ApplicationId
from inro.store.models import Campaign, CampaignBatch, CampaignItem
from inro.store.numbers import next_number
from inro.store.reads.campaign import (
    CampaignRecord,
    batch_record,
    campaign_record,
    item_counts,
    open_items,
)
from inro.store.reads.campaign_by_hand import unconfirmed
from inro.store.reads.campaign_certificates import list_sha256, listed_certificates
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.campaign_lots import check_decided, put_back
from inro.usecases.notice import NoticeText, add_notice
from inro.usecases.notice_page import PageText, add_page

_ANNOUNCED = {
    CampaignKind.DISCONTINUATION: EventKind.DISCONTINUATION_ANNOUNCED,
    CampaignKind.MAINTENANCE: EventKind.MAINTENANCE_PLANNED,
}


def plan_campaign(*, subject: CampaignSubject, terms: Terms, actor: Actor, now: datetime) -> str:
    """Plan a campaign: everybody concerned is an item, told or excluded; return its number.

    `terms` is the edition told of where the terms change, else the one in force.

    Raises: DutyMissing, CampaignRefused, NumberInText; Conflict where the same is planned already.
    """
    actor.check(Act.PLAN_CAMPAIGN)
    if holds_forbidden_number(subject.words):
        raise NumberInText(field="words")
    today = jst_date(now)
    check_subject(subject, terms=terms, today=today)
    deadline, record = arrival_deadline(subject, terms=terms), subject.as_record()
    with act(actor=actor, now=now) as doing:
        row = Campaign.objects.create(
            number=next_number("K", now=now),
            kind=subject.kind,
            state="planned",
            subject=record,
            subject_sha256=canonical_sha256(record),
            deadline=deadline.as_record() if deadline else None,
            planned_at=now,
            planned_by=actor.name,
        )
        items = insert_items(campaign=row.pk, subject=subject, today=today)
        if not items:
            raise CampaignRefused(field="items", problem="nobody")
        _record(doing, EventKind.CAMPAIGN_PLANNED, row.number, subject_sha256=row.subject_sha256, items=items)
    return str(row.number)


def update_campaign(*, number: str, actor: Actor, now: datetime) -> int:
    """Add who became concerned since it was planned, by the same rule; return how many items that is.

    Raises: DutyMissing, Unknown, ActNotAllowed.
    """
    actor.check(Act.UPDATE_CAMPAIGN)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.EXTEND)
    with act(actor=actor, now=now) as doing:
        items = insert_items(campaign=record.campaign_id, subject=record.subject, today=jst_date(now))
        if items:
            _record(doing, EventKind.CAMPAIGN_EXTENDED, number, items=items)
        else:
            doing.nothing()
    return items


def release_campaign(*, number: str, told: int, actor: Actor, now: datetime) -> None:
    """Release a campaign that another person planned; `told` is how many notices the releaser saw (40(7)).

    Raises: DutyMissing, ReleasedByTheSame, CampaignRefused of an end nobody decided on, Unknown,
    ActNotAllowed, Conflict where it is for others by now.
    """
    actor.check(Act.RELEASE_CAMPAIGN)
    record = campaign_record(number)
    check_release(requested_by=record.planned_by, releases=actor.name)
    check_decided(record)
    if told != told_items(record):
        raise Conflict(what="campaign", detail=f"{number} is no longer for {told}")
    with act(actor=actor, now=now) as doing:
        _move(record, CampaignAct.RELEASE, released_by=actor.name, released_at=now)
        _record(doing, EventKind.CAMPAIGN_RELEASED, number, subject_sha256=record.subject_sha256, told=told)


def told_items(record: CampaignRecord) -> int:
    """Return how many notices, or listed certificates, a campaign is for."""
    counts = item_counts(record.campaign_id)
    return sum(one.count for one in counts if one.state is not ItemState.EXCLUDED)


def withdraw_campaign(*, number: str, actor: Actor, now: datetime) -> None:
    """Give up a campaign before its release.

    Raises: DutyMissing, Unknown, ActNotAllowed, Conflict.
    """
    actor.check(Act.WITHDRAW_CAMPAIGN)
    record = campaign_record(number)
    with act(actor=actor, now=now) as doing:
        _move(record, CampaignAct.WITHDRAW, closed_at=now)
        _record(doing, EventKind.CAMPAIGN_WITHDRAWN, number)


def post_campaign(
    *, number: str, batch: int, postmark: date, kept_back: Sequence[int] = (), actor: Actor, now: datetime
) -> int:
    """Record a lot as posted; its letters count as arrived on the postmark's day; return how many (43).

    `kept_back` are the items whose letters were spoiled or left behind: they are printed again.

    Raises: DutyMissing, Unknown, CampaignRefused, ActNotAllowed, Conflict when it is posted already.
    """
    actor.check(Act.POST_CAMPAIGN)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    lot = batch_record(record.campaign_id, batch)
    if lot.channel is not Channel.POST:
        raise CampaignRefused(field="channel", problem="not-posted")
    check_posting(dated_on=lot.dated_on, postmark=postmark, today=jst_date(now))
    arrived_on = deemed_arrival(Delivery(channel=Channel.POST, postmark=postmark))
    with act(actor=actor, now=now) as doing:
        change(CampaignBatch, row=lot.batch_id, expected={"postmark": None}, to={"postmark": postmark})
        back = put_back(CampaignItem.objects.filter(batch=lot.batch_id, pk__in=kept_back))
        posted = (
            CampaignItem.objects.filter(batch=lot.batch_id, state=ItemState.PRINTED)
            .select_related("batch")
            # The lot's letters are one file of megabytes, which each row would bring along.
            .defer("batch__pdf")
            .order_by("place")
        )
        count = sum(_give_notice(doing, record, row, arrived_on, actor) for row in list(posted))
        _record(
            doing,
            EventKind.CAMPAIGN_POSTED,
            number,
            batch=batch,
            letters=count,
            kept_back=back,
            postmark=postmark.isoformat(),
        )
    return count


def _give_notice(doing: Doing, record: CampaignRecord, row: CampaignItem, day: date, actor: Actor) -> int:
    """Make one item's notice in the register, arrived on a day; the one place where a campaign does so."""
    kind, lot = NoticeKind(row.kind), row.batch
    notice = add_notice(
        doing,
        application=ApplicationId(row.application_id) if row.application_id else None,
        kind=kind,
        clause=clause_of(record.kind, kind),
        channel=Channel.POST,
        text=NoticeText(
            template=template_of(record.subject, kind),
            sha256=row.content_sha256 or "",
            edition=lot.edition if lot else "",
            words_sha256=lot.words_sha256 if lot else "",
        ),
        sent_on=day,
        arrived_on=day,
        released_by=record.released_by or actor.name,
    )
    change(
        CampaignItem,
        row=row.pk,
        expected={"state": ItemState.PRINTED},
        to={"state": ItemState.SENT, "notice": notice},
    )
    return 1


def post_campaign_page(
    *,
    number: str,
    words: Mapping[NoticeKind, NoticeWords],
    operator: Operator,
    actor: Actor,
    now: datetime,
) -> None:
    """Post the campaign's page: it stands on the public page at once and counts as arrived today (11.2, 43).

    Raises: DutyMissing, Unknown, CampaignRefused, ActNotAllowed, Conflict when it is posted already.
    """
    actor.check(Act.POST_CAMPAIGN_PAGE)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    if record.kind not in WITH_PAGE:
        raise CampaignRefused(field="page", problem="none-owed")
    check_decided(record)
    notice = NOTICES[record.kind][0]
    said = words[notice.kind]
    title, text = announcement_of(record.subject, words=said, operator=operator).as_page()
    with act(actor=actor, now=now) as doing:
        page = add_page(
            doing,
            kind=notice.kind,
            clause=notice.clause,
            edition=said.edition.isoformat(),
            words_sha256=said.sha256,
            page=PageText(template=template_of(record.subject, notice.kind), title=title, text=text),
            released_by=record.released_by or actor.name,
            now=now,
        )
        change(Campaign, row=record.campaign_id, expected={"page": None}, to={"page": page})
        _record(doing, _ANNOUNCED[record.kind], number, posted_on=jst_date(now).isoformat())


def list_revocations(*, number: str, actor: Actor, now: datetime) -> int:
    """Hand the revocation desk the list of the certificates that end, by count and hash; return the count.

    Nothing is revoked here: two officers decide (11.3, 15, 22.1). Listed again, it is as of now.

    Raises: DutyMissing, Unknown, CampaignRefused, ActNotAllowed, Conflict.
    """
    actor.check(Act.LIST_REVOCATIONS)
    record = campaign_record(number)
    next_state(record.state, CampaignAct.CARRY_OUT)
    if record.kind not in REVOCATION_GROUNDS:
        raise CampaignRefused(field="plan", problem="none-owed")
    count, sha256 = list_sha256(one.serial for one in listed_certificates(record, at=now))
    with act(actor=actor, now=now) as doing:
        change(
            Campaign,
            row=record.campaign_id,
            expected={"listed_at": record.listed_at},
            to={"listed_at": now, "listed": count, "listed_sha256": sha256},
        )
        ground = REVOCATION_GROUNDS[record.kind]
        _record(
            doing,
            EventKind.CAMPAIGN_REVOCATIONS_LISTED,
            number,
            certificates=count,
            sha256=sha256,
            ground=ground,
        )
    return count


def write_campaign_list(*, number: str, what: str, actor: Actor, now: datetime) -> CampaignRecord:
    """Record that a list of a campaign leaves as a file, before its first line does (40(7)).

    Raises: DutyMissing, Unknown.
    """
    actor.check(Act.WRITE_CAMPAIGN_LIST)
    record = campaign_record(number)
    with act(actor=actor, now=now) as doing:
        _record(doing, EventKind.CAMPAIGN_LIST_WRITTEN, number, list=what)
    return record


def finish_campaign(*, number: str, actor: Actor, now: datetime) -> None:
    """Close a campaign once everybody was told and what else is owed is done (11, 15, 30(2)).

    Raises: DutyMissing, Unknown, CampaignRefused, ActNotAllowed, Conflict.
    """
    actor.check(Act.FINISH_CAMPAIGN)
    record = campaign_record(number)
    check_finish(
        open_items=open_items(record.campaign_id),
        unconfirmed=unconfirmed(record.campaign_id),
        page_missing=record.kind in WITH_PAGE and record.page_posted_on is None,
        plan_missing=record.kind in REVOCATION_GROUNDS and record.listed_at is None,
    )
    with act(actor=actor, now=now) as doing:
        _move(record, CampaignAct.FINISH, closed_at=now)
        _record(doing, EventKind.CAMPAIGN_FINISHED, number)


def _move(record: CampaignRecord, act_: CampaignAct, **columns: Any) -> None:
    state = next_state(record.state, act_)
    change(Campaign, row=record.campaign_id, expected={"state": record.state}, to={"state": state, **columns})


def _record(doing: Doing, kind: EventKind, number: str, **details: Any) -> None:
    doing.record(kind, subject=f"campaign/{number}", **details)
