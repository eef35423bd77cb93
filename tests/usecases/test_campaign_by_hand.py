"""Notices given by hand: recorded by one, confirmed by another, proved with the others (2.2, 40(7), 43)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from inro.practice.campaign import CampaignRefused, Exclusion, ItemState, Standing
from inro.practice.events import EventKind
from inro.practice.export import ReleasedByTheSame
from inro.practice.notices import Channel
from inro.store.errors import Conflict
from inro.store.models import AuditRow, CampaignByHand, CampaignItem, Notice
from inro.store.reads.campaign import campaign_record
from inro.store.reads.campaign_proof import proof_lines, standings
from inro.store.reads.edition import untold
from inro.usecases.campaign import finish_campaign
from inro.usecases.campaign_by_hand import confirm_by_hand, drop_by_hand, record_by_hand
from inro.usecases.retention import _empty_items
from tests import given, posted
from tests.usecases import given_campaigns as made
from tests.usecases.test_campaign import NEW

REASON = "外字のため印字できず、手書きで作成。控えは保管庫A-3"
RECORDER, CONFIRMER = made.PLANNER, made.RELEASER


@pytest.fixture
def house(db):
    return given.office()


def recorded(number, case, **how):
    how = {"channel": Channel.POST, "served_on": date(2026, 12, 1), "reason": REASON} | how
    return record_by_hand(number=number, case=case, actor=RECORDER, now=given.NOW, **how)


def confirmed(number, by_hand, actor=CONFIRMER):
    confirm_by_hand(number=number, by_hand=by_hand, actor=actor, now=given.NOW)


def test_who_could_not_be_printed_is_told_by_hand_and_stands_in_the_proof(house):
    case = posted.issued(house)
    number = made.released(made.change(), terms=NEW)
    CampaignItem.objects.update(state=ItemState.EXCLUDED, exclusion=Exclusion.UNPRINTABLE)
    one = recorded(number, posted.number_of(case))
    # One person's word is nobody's proof.
    assert standings(campaign_record(number))[Standing.MISSING] == 1
    assert untold(NEW, most=9).missing == 1
    with pytest.raises(CampaignRefused, match="items"):
        finish_campaign(number=number, actor=RECORDER, now=given.NOW)
    with pytest.raises(ReleasedByTheSame):
        confirmed(number, one, actor=RECORDER)
    confirmed(number, one)
    with pytest.raises(Conflict):
        confirmed(number, one)
    [line] = proof_lines(campaign_record(number))
    assert (line.standing, line.channel, line.arrived_on) == (
        Standing.IN_TIME,
        Channel.POST,
        date(2026, 12, 1),
    )
    assert line.by_hand == f"{REASON} ({RECORDER.name}, {CONFIRMER.name})"
    assert untold(NEW, most=9).missing == 0
    notice = Notice.objects.get()
    assert (notice.content_sha256, notice.released_by) == (line.content_sha256, RECORDER.name)
    finish_campaign(number=number, actor=RECORDER, now=given.NOW)
    kinds = set(AuditRow.objects.values_list("kind", flat=True))
    assert {EventKind.CAMPAIGN_BY_HAND_RECORDED, EventKind.CAMPAIGN_BY_HAND_CONFIRMED} <= kinds


def test_a_lot_leaves_out_who_may_have_been_told_until_it_is_withdrawn(house):
    case = posted.number_of(posted.issued(house))
    number = made.released(made.change(), terms=NEW)
    one = recorded(number, case, channel=Channel.FAX)
    assert made.printed(number) is None
    with pytest.raises(Conflict):
        recorded(number, case)
    drop_by_hand(number=number, by_hand=one, actor=RECORDER, now=given.NOW)
    assert made.printed(number).letters == 1
    with pytest.raises(CampaignRefused, match="items"):
        recorded(number, case)


def test_two_persons_are_held_by_the_database(house):
    posted.issued(house)
    number = made.released(made.change(), terms=NEW)
    one = recorded(number, CampaignItem.objects.get().application.number)
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignByHand.objects.filter(pk=one).update(confirmed_at=given.NOW, confirmed_by=RECORDER.name)


def test_what_is_not_whole_is_refused(house):
    case = posted.number_of(posted.issued(house))
    number = made.released(made.change(), terms=NEW)
    for field, case_typed, how in (
        ("item", "A-2026-999999", {}),
        ("channel", case, {"channel": Channel.WEB}),
        ("served_on", case, {"served_on": given.NOW.date() + timedelta(days=2)}),
        ("reason", case, {"reason": "　"}),
        ("reason", case, {"reason": "あ" * 401}),
    ):
        with pytest.raises(CampaignRefused) as refused:
            recorded(number, case_typed, **how)
        assert refused.value.field == field
    assert not CampaignByHand.objects.exists()


def test_the_reason_is_emptied_with_the_persons_records(house):
    case = posted.number_of(posted.issued(house))
    number = made.released(made.change(), terms=NEW)
    confirmed(number, recorded(number, case))
    _empty_items(CampaignItem.objects.all())
    assert CampaignByHand.objects.get().reason == ""
    [line] = proof_lines(campaign_record(number))
    assert line.standing is Standing.IN_TIME
