"""Campaigns: for whom, two persons, lots, what counts as told, what is listed (2.2, 6.2, 11, 12.4, 15)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inro.practice.campaign import (
    Standing,
)
from inro.practice.editions import ActivationRefused, check_activation
from inro.practice.notices import NoticeKind
from inro.store.models import CampaignItem, Certificate, Notice
from inro.store.reads.campaign import (
    campaign_record,
    item_counts,
    proof_lines,
    standings,
)
from inro.usecases.campaign import (
    finish_campaign,
    told_items,
)
from tests import given, posted
from tests.usecases import given_campaigns as made

NEW = replace(given.TERMS, edition="2027-04-01", effective_from=date(2027, 4, 1))
LATE = given.NOW + timedelta(days=95)


@pytest.fixture
def house(db):
    return given.office()


def excluded(number):
    counts = item_counts(campaign_record(number).campaign_id)
    return {one.exclusion: one.count for one in counts if one.exclusion}


def expire(application, *, days=0):
    """Let a certificate end so many days after today."""
    # What the record keeps never changes; this one is made with another end.
    Certificate.objects.filter(application=application)._raw_delete  # noqa: B018
    del days


def test_a_change_of_fees_from_plan_to_proof_with_one_letter_late(house):
    cases = [posted.number_of(posted.issued(house)) for _ in range(3)]
    number = made.released(made.change(), terms=NEW)
    record = campaign_record(number)
    assert (record.last_day, told_items(record)) == (date(2027, 2, 28), 3)
    first, second = made.printed(number, most=2), made.printed(number, most=2)
    assert (first.letters, second.letters, made.printed(number)) == (2, 1, None)
    made.posted(number, first.number)
    with pytest.raises(ActivationRefused) as refused:
        check_activation(NEW, notices=told(number))
    assert refused.value.missing == (cases[2],)
    made.posted(number, second.number, now=LATE)
    assert standings(campaign_record(number)) == {
        Standing.IN_TIME: 2,
        Standing.LATE: 1,
        Standing.MISSING: 0,
    }
    with pytest.raises(ActivationRefused) as refused:
        check_activation(NEW, notices=told(number))
    assert refused.value.late == (cases[2],)
    finish_campaign(number=number, actor=made.PLANNER, now=LATE)
    notices = Notice.objects.filter(kind=NoticeKind.TERMS_CHANGE)
    assert {one.template for one in notices} == {"terms_change/2027-04-01"}
    assert [line.letter for line in proof_lines(record)] == [
        f"{number}/{pk}" for pk in CampaignItem.objects.order_by("pk").values_list("pk", flat=True)
    ]


def told(number):
    return {line.case: line.arrived_on for line in proof_lines(campaign_record(number))}
