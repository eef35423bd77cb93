"""Campaigns as the office plans and carries them out."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from inro.configuration.editions import Edition
from inro.configuration.policy import load_policy
from inro.paper.parties import Operator
from inro.practice.calendar import jst_date
from inro.practice.campaign import CampaignKind, CampaignSubject
from inro.practice.editions import Terms
from inro.store.reads.campaign import campaign_record
from inro.usecases.campaign import plan_campaign, post_campaign, release_campaign, told_items
from inro.usecases.campaign_letters import House, PrintedBatch, print_campaign
from tests import given

OPERATOR = Operator(
    name="印籠認証株式会社",
    service="電子証明書発行サービス",
    postal_code="100-0099",
    address="東京都架空区見本町１番",
    telephone="03-0000-0000",
    email="office@inro.example",
    demonstration=True,
)
POLICY = load_policy(Path("policy"))
EDITION: Edition = POLICY.editions[given.EDITION]
HOUSE = House(edition=EDITION, operator=OPERATOR, words=POLICY.notice_words)
PLANNER, RELEASER = given.DESK, given.ACCEPTOR
WORDS = "利用料金（1年）を11,000円から12,000円に改めます。"


def change(**how: Any) -> CampaignSubject:
    """Return a change of the fees on 1 April 2027."""
    facts = {"day": date(2027, 4, 1), "edition": "2027-04-01", "words": WORDS} | how
    return CampaignSubject(kind=CampaignKind.TERMS_CHANGE, **facts)


def planned(subject: CampaignSubject, *, terms: Terms = given.TERMS, now: datetime = given.NOW) -> str:
    """Return the number of a campaign that waits for its release."""
    return plan_campaign(subject=subject, terms=terms, actor=PLANNER, now=now)


def released(subject: CampaignSubject, *, terms: Terms = given.TERMS, now: datetime = given.NOW) -> str:
    """Return the number of a campaign under way."""
    number = planned(subject, terms=terms, now=now)
    told = told_items(campaign_record(number))
    release_campaign(number=number, told=told, actor=RELEASER, now=now)
    return number


def printed(number: str, *, now: datetime = given.NOW, most: int | None = None) -> PrintedBatch | None:
    """Print the next lot for today."""
    return print_campaign(
        number=number, dated_on=jst_date(now), house=HOUSE, actor=PLANNER, now=now, most=most
    )


def posted(number: str, batch: int, *, now: datetime = given.NOW + timedelta(hours=1), **how: Any) -> int:
    """Post a lot today."""
    return post_campaign(
        number=number, batch=batch, actor=PLANNER, now=now, **{"postmark": jst_date(now)} | how
    )
