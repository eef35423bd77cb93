"""Parcels as the dispatch desk packs, lists and hands them over (17.4)."""

from collections.abc import Iterable
from datetime import date, datetime

from inro.practice.parcels import Content
from inro.store.ids import ApplicationId, PackingId, PostingListId
from inro.store.reads.scanned import PackingScan
from inro.usecases.actor import Actor
from inro.usecases.packing import draw_up_posting_list, hand_over_parcels, pack_mailer, pack_parcel
from tests import given, posted

LIMIT = 2


def packed(
    application: ApplicationId,
    *,
    contents: Iterable[Content] = posted.TOGETHER,
    holds: Content = Content.CARD,
    tracking: str = "",
    by: Actor = given.DESK,
    now: datetime = given.NOW,
) -> PackingId:
    """Pack a parcel by what a scanner read."""
    things = tuple(posted.scan(application, contents))
    packs = pack_parcel if holds is Content.CARD else pack_mailer
    return packs(
        application=application,
        scan=PackingScan(things=things, tracking=tracking),
        resending_limit=LIMIT,
        actor=by,
        now=now,
    )


def listed(*packings: PackingId, day: date = posted.DAY, now: datetime = given.NOW) -> PostingListId:
    """Put packed parcels on a list."""
    return draw_up_posting_list(packings=packings, day=day, actor=given.DESK, now=now)


def handed_over(posting_list: PostingListId, *, on: date = posted.DAY, now: datetime = given.NOW) -> int:
    """Let the post take a list's parcels."""
    return hand_over_parcels(posting_list=posting_list, accepted_on=on, actor=given.DESK, now=now)
