"""The end of a service, as far as a test needs it: decided, told, revoked, its last lists decided."""

from datetime import UTC, date, datetime, timedelta

from inro.practice.approval import Purpose
from inro.practice.calendar import start_of_day
from inro.practice.campaign import CampaignKind, CampaignSubject
from inro.store.reads.campaign import campaign_record
from inro.store.reads.discontinuation import discontinuation_case
from inro.store.reads.mass_revocation import mass_revocation
from inro.usecases.campaign import list_revocations, post_campaign_page, release_campaign, told_items
from inro.usecases.decision import Approval, latest_house_approvals
from inro.usecases.discontinuation import (
    confirm_told,
    decide_discontinuation,
    plan_of,
    propose_discontinuation,
)
from inro.usecases.last_lists import decide_last_lists, last_lists_content, propose_last_lists
from inro.usecases.mass_revocation import plan_discontinuation
from tests import given, given_mass
from tests.usecases.given_campaigns import OPERATOR, PLANNER, POLICY, RELEASER, planned, posted, printed

LAST_DAY = date(2027, 4, 1)
ON_THE_DAY = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)
YEARS = 10


def end_of_service(day: date = LAST_DAY) -> CampaignSubject:
    """Return what the campaign tells of."""
    return CampaignSubject(kind=CampaignKind.DISCONTINUATION, day=day)


def plan_approval(
    house: given.Office, campaign: str, *, second: bool, by: str, now: datetime = given.NOW
) -> Approval:
    """Return an officer's approval of the plan."""
    case = discontinuation_case(campaign)
    before = latest_house_approvals(purposes=(Purpose.DISCONTINUATION_PROPOSAL,), case=case) if second else ()
    asked = given.approval_content(
        house,
        purpose=Purpose.DISCONTINUATION if second else Purpose.DISCONTINUATION_PROPOSAL,
        case=case,
        content=plan_of(campaign_record(campaign)),
        now=now,
        after=before[-1] if before else None,
    )
    return house.approve(by, asked)


def propose(house: given.Office, campaign: str, *, now: datetime = given.NOW) -> None:
    """Let the first officer propose the end that a campaign tells of."""
    propose_discontinuation(
        campaign=campaign,
        approval=plan_approval(house, campaign, second=False, by="p-exam", now=now),
        officers=house.officers,
        actor=given.EXAMINER,
        now=now,
    )


def decide(house: given.Office, campaign: str, *, by: str = "p-accept", now: datetime = given.NOW) -> None:
    """Let the second officer decide on it."""
    decide_discontinuation(
        approval=plan_approval(house, campaign, second=True, by=by, now=now),
        officers=house.officers,
        actor=given.person(by),
        now=now,
    )


def decided(house: given.Office, *, now: datetime = given.NOW) -> str:
    """Return the campaign's number once two officers decided that the service ends."""
    number = planned(end_of_service(), now=now)
    propose(house, number, now=now)
    decide(house, number, now=now)
    return number


def announced(number: str, *, now: datetime = given.NOW) -> None:
    """Post every letter of the campaign, and its page."""
    released(number, now=now)
    while (lot := printed(number, now=now)) is not None:
        posted(number, lot.number, now=now + timedelta(hours=1))
    page_posted(number, now=now)


def released(number: str, *, now: datetime = given.NOW) -> None:
    """Release the campaign for everybody it is for."""
    release_campaign(number=number, told=told_items(campaign_record(number)), actor=RELEASER, now=now)


def page_posted(number: str, *, now: datetime = given.NOW) -> None:
    """Post the campaign's page."""
    post_campaign_page(
        number=number,
        words=POLICY.notice_words,
        operator=OPERATOR,
        actor=PLANNER,
        now=now,
    )


def told(house: given.Office, *, now: datetime = given.NOW) -> str:
    """Return the campaign's number once everybody was told in time."""
    number = decided(house, now=now)
    announced(number, now=now)
    confirm_told(actor=given.DESK, now=now)
    return number


def handed_over(number: str, *, now: datetime = ON_THE_DAY) -> str:
    """List what is valid and return the number of the mass revocation planned of it."""
    list_revocations(number=number, actor=PLANNER, now=now)
    return plan_discontinuation(campaign=number, actor=given.EXAMINER, now=now)


def signed_for(house: given.Office, number: str, *, now: datetime = ON_THE_DAY) -> str:
    """Let two officers sign the campaign's list; return the mass revocation's number."""
    plan = handed_over(number, now=now)
    given_mass.examine(house, plan, now=now)
    given_mass.decide(house, plan, now=now)
    return plan


def all_revoked(house: given.Office, number: str, *, now: datetime = ON_THE_DAY) -> None:
    """Let two officers sign the campaign's list, and the signer revoke it."""
    given_mass.revoked(mass_revocation(signed_for(house, number, now=now)), now=now)


def last_lists_approval(
    house: given.Office, campaign: str, *, second: bool, by: str, now: datetime
) -> Approval:
    """Return an officer's approval of the last lists."""
    case = discontinuation_case(campaign)
    before = latest_house_approvals(purposes=(Purpose.LAST_LISTS_PROPOSAL,), case=case) if second else ()
    asked = given.approval_content(
        house,
        purpose=Purpose.LAST_LISTS if second else Purpose.LAST_LISTS_PROPOSAL,
        case=case,
        content=last_lists_content(retention_years=YEARS),
        now=now,
        after=before[-1] if before else None,
    )
    return house.approve(by, asked)


def last_lists_decided(house: given.Office, campaign: str, *, now: datetime = ON_THE_DAY) -> None:
    """Let both officers decide on the last lists."""
    propose_last_lists(
        retention_years=YEARS,
        approval=last_lists_approval(house, campaign, second=False, by="p-exam", now=now),
        officers=house.officers,
        actor=given.EXAMINER,
        now=now,
    )
    decide_last_lists(
        retention_years=YEARS,
        approval=last_lists_approval(house, campaign, second=True, by="p-accept", now=now),
        officers=house.officers,
        actor=given.ACCEPTOR,
        now=now,
    )


def before_the_day(days: int) -> datetime:
    """Return the first instant of a day before the last one."""
    return start_of_day(LAST_DAY - timedelta(days=days))
