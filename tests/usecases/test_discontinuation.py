"""The end of the service: two officers, told in time, closed on the day, all revoked, last lists (11)."""

from datetime import date, timedelta

import pytest

from inro.practice.campaign import CampaignRefused
from inro.practice.discontinuation import DiscontinuationState, NotAllTold, ServiceEnded, StillValid
from inro.practice.duties import SeparationBreached
from inro.practice.events import EventKind
from inro.practice.mass_revocation import PlanRefused, SelectionStale
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.errors import Conflict
from inro.store.models import AuditRow, Discontinuation, IssuanceOrder, RevocationCase
from inro.store.reads.campaign import campaign_record
from inro.store.reads.discontinuation import last_day_of_service, standing_discontinuation
from inro.store.reads.notice_pages import posted_notices
from inro.store.states import OrderState
from inro.usecases.actor import DutyMissing
from inro.usecases.decision import OtherMatter
from inro.usecases.discontinuation import (
    confirm_all_revoked,
    confirm_told,
    propose_discontinuation,
    withdraw_discontinuation,
)
from inro.usecases.issuance_claim import claim_issuance_order
from inro.usecases.last_lists import record_last_lists
from tests import given, given_mass
from tests.usecases import given_discontinuation as end
from tests.usecases.given_campaigns import planned, printed


def state() -> DiscontinuationState | None:
    """Return how far the end of the service is."""
    record = standing_discontinuation()
    return record.state if record else None


def test_the_whole_road_to_the_last_lists(db):
    house = given.office()
    made = [given.issued(house) for _ in range(3)]
    given.revoked(house, made.pop())
    number = end.told(house)
    assert state() is DiscontinuationState.TOLD
    with pytest.raises(StillValid):
        confirm_all_revoked(actor=given.EXAMINER, now=end.ON_THE_DAY)
    end.all_revoked(house, number)
    assert RevocationCase.objects.filter(ground="11.3", state="revoked").count() == 2
    confirm_all_revoked(actor=given.EXAMINER, now=end.ON_THE_DAY)
    end.last_lists_decided(house, number)
    record = standing_discontinuation()
    # 23:59:59 JST of the day ten years after the last certificate's end.
    assert record.until.isoformat() == "2037-12-31T14:59:59+00:00"
    record_last_lists(actor=given.SIGNER, now=end.ON_THE_DAY)
    assert state() is DiscontinuationState.LISTED
    kinds = set(AuditRow.objects.values_list("kind", flat=True))
    assert {kind for kind in EventKind if kind.startswith("discontinuation.")} - kinds == {
        EventKind.DISCONTINUATION_WITHDRAWN,
        EventKind.KEYS_DESTROYED,
        EventKind.RECORDS_WRITTEN,
        EventKind.RECORDS_HANDED_OVER,
    }


def test_the_second_officer_is_another_and_signs_the_same_plan(db):
    house = given.office()
    given.issued(house)
    number = planned(end.end_of_service())
    both = given.person("p-both")
    propose_discontinuation(
        campaign=number,
        approval=end.plan_approval(house, number, second=False, by="p-both"),
        officers=house.officers,
        actor=both,
        now=given.NOW,
    )
    with pytest.raises(SeparationBreached):
        end.decide(house, number, by="p-both")
    with pytest.raises(DutyMissing):
        end.decide(house, number, by="p-exam")
    end.decide(house, number)
    assert last_day_of_service() == end.LAST_DAY


def test_an_approval_of_another_plan_proposes_nothing(db):
    house = given.office()
    given.issued(house)
    one, other = planned(end.end_of_service()), planned(end.end_of_service(date(2027, 5, 1)))
    with pytest.raises(OtherMatter):
        propose_discontinuation(
            campaign=one,
            approval=end.plan_approval(house, other, second=False, by="p-exam"),
            officers=house.officers,
            actor=given.EXAMINER,
            now=given.NOW,
        )
    end.propose(house, one)
    with pytest.raises(Conflict):
        end.propose(house, other)
    end.propose(house, one, now=given.NOW + timedelta(days=1))
    assert Discontinuation.objects.count() == 1


def test_a_day_whose_letters_would_come_too_late_is_refused(db):
    house = given.office()
    given.issued(house)
    number = planned(end.end_of_service())
    # Sixty clear days before 1 April: letters have arrived by 30 January.
    end.propose(house, number, now=end.before_the_day(61))
    with pytest.raises(GuardRefused):
        end.decide(house, number, now=end.before_the_day(60))


def test_who_was_not_told_in_time_keeps_the_service_from_ending(db):
    house = given.office()
    given.issued(house)
    number = end.decided(house)
    with pytest.raises(NotAllTold) as refused:
        confirm_told(actor=given.DESK, now=given.NOW)
    assert (refused.value.missing, refused.value.late) == (2, 0)
    end.announced(number, now=end.before_the_day(59))
    with pytest.raises(NotAllTold) as refused:
        confirm_told(actor=given.DESK, now=end.before_the_day(58))
    assert (refused.value.missing, refused.value.late) == (0, 2)
    withdraw_discontinuation(actor=given.ACCEPTOR, now=end.before_the_day(58))
    assert last_day_of_service() is None
    assert Discontinuation.objects.get().state == "withdrawn"


def test_nobody_is_told_of_an_end_that_two_officers_have_not_decided_on(db):
    house = given.office()
    given.issued(house)
    number = planned(end.end_of_service())
    end.propose(house, number)
    with pytest.raises(CampaignRefused, match="end-not-decided"):
        end.announced(number)
    end.decide(house, number)
    end.released(number)
    withdraw_discontinuation(actor=given.ACCEPTOR, now=given.NOW)
    for tell in (end.page_posted, printed):
        with pytest.raises(CampaignRefused, match="end-not-decided"):
            tell(number)
    assert posted_notices() == ()


def test_after_the_day_has_begun_nothing_is_taken_back(db):
    house = given.office()
    given.issued(house)
    end.told(house)
    with pytest.raises(GuardRefused):
        withdraw_discontinuation(actor=given.ACCEPTOR, now=end.before_the_day(0))


def test_until_the_day_applications_come_and_from_then_on_none(db):
    house = given.office()
    given.issued(house)
    order = given.accepted(house)
    end.told(house)
    day = end.before_the_day(0)
    before = day - timedelta(seconds=1)
    drafted = given.drafted(now=before)
    with pytest.raises(ServiceEnded):
        given.drafted(now=day)
    with pytest.raises(ServiceEnded):
        given.examining(now=day)
    assert drafted
    # An order that waited over midnight is refused by the name of the rule, and no card is spent on it.
    assert claim_issuance_order(station="station-1", actor=given.STATION, now=day) is None
    waiting = IssuanceOrder.objects.get(pk=order)
    assert (waiting.state, waiting.refused_for) == (OrderState.REFUSED, "service_has_not_ended")


def test_everything_is_revoked_on_the_day_and_by_a_list_of_that_day(db):
    house = given.office()
    made = [given.issued(house) for _ in range(3)]
    number = end.told(house)
    eve = end.before_the_day(1)
    early = end.handed_over(number, now=eve)
    given_mass.examine(house, early, now=eve)
    with pytest.raises(PlanRefused, match="not-yet"):
        given_mass.decide(house, early, now=eve)
    given.revoked(house, made[1], now=end.ON_THE_DAY)
    with pytest.raises(SelectionStale):
        given_mass.decide(house, early, now=end.ON_THE_DAY)
    end.all_revoked(house, number)
    assert campaign_record(number).listed == 2
    confirm_all_revoked(actor=given.EXAMINER, now=end.ON_THE_DAY)


def test_no_step_is_skipped(db):
    house = given.office()
    given.issued(house)
    end.told(house)
    with pytest.raises(GuardRefused):
        confirm_all_revoked(actor=given.EXAMINER, now=end.before_the_day(1))
    with pytest.raises(StillValid):
        confirm_all_revoked(actor=given.EXAMINER, now=end.ON_THE_DAY)
    with pytest.raises(ActNotAllowed):
        record_last_lists(actor=given.SIGNER, now=end.ON_THE_DAY)
