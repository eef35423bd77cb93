"""A proxy recipient after examination: taken in, examined, told by telephone, decided, lapsed (23, 24)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inro.practice.calendar import jst_date, start_of_day
from inro.practice.duties import SeparationBreached
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.notices import NoticeKind
from inro.practice.packing import ReturnReason
from inro.practice.proxy import ProxyPoint, ProxyState, ProxyVerdict
from inro.practice.receipt import days_left_for_proxy, receipt_clock
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ProxyRequestId
from inro.store.models import AuditRow, Card, Notice, Parcel, ProxyRequest
from inro.store.reads.address import proxy_address
from inro.store.reads.letters import calls_of
from inro.store.reads.proxy import proxy_request, proxy_requests
from inro.store.reads.receipt import receipt_record
from inro.usecases.actor import DutyMissing, process
from inro.usecases.dispatch import record_returned_parcel
from inro.usecases.proxy import (
    decide_proxy_request,
    lapse_proxy_requests,
    notify_proxy_deficiency,
    resubmit_proxy_request,
)
from tests import forms, given, posted
from tests.usecases import given_letters as made

DAY = timedelta(days=1)
WORKER = process("worker-1")


@pytest.fixture
def issued(db):
    return posted.issued(given.office())


def decide(request, *, approve: bool = True, reason: str = "", by: str = "p-accept", now=given.NOW) -> None:
    decide_proxy_request(request=request, approve=approve, reason=reason, actor=given.person(by), now=now)


def tell(request, *, at=given.NOW) -> None:
    notify_proxy_deficiency(
        request=request,
        call=made.call(at=at),
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.EXAMINER,
        now=at,
    )


def test_an_approved_proxy_gets_the_card_at_the_verified_address(issued):
    assert proxy_address(issued) is None
    request = made.examined(made.asked_for_proxy(issued))
    decide(request)
    found = proxy_address(issued)
    assert (found.name, found.lines) == (forms.PROXY.name, forms.ELSEWHERE.lines)
    posted.to_proxy(issued)
    posted.pin_alone(issued)
    assert {parcel.posted_by for parcel in Parcel.objects.all()} == {"p-desk", "p-mail"}


def test_once_approved_the_card_goes_to_nobody_else(issued):
    decide(made.examined(made.asked_for_proxy(issued)))
    with pytest.raises(GuardRefused, match="addressee_is_confirmed"):
        posted.to_subscriber(issued)


def test_before_it_is_approved_nothing_changes(issued):
    made.examined(made.asked_for_proxy(issued))
    assert proxy_address(issued) is None
    with pytest.raises(GuardRefused, match="addressee_is_confirmed"):
        posted.to_proxy(issued)
    posted.to_subscriber(issued)


def test_the_deadline_of_the_slip_does_not_move(issued):
    parcel = posted.to_subscriber(issued)
    back = made.TODAY + 12 * DAY
    record_returned_parcel(
        parcel=parcel,
        returned_on=back,
        reason=ReturnReason.NOT_COLLECTED,
        actor=given.DESK,
        now=start_of_day(back),
    )
    later = start_of_day(back)
    request = made.asked_for_proxy(issued, arrived_on=back, now=later)
    made.examined(request, now=later)
    decide(request, now=later)
    posted.to_proxy(issued, number=9, on=back)
    clock = receipt_clock(
        dispatched_on=receipt_record(issued).dispatched_on,
        reminder_arrived_on=None,
        terms=given.TERMS,
        calendar=given.CALENDAR,
    )
    assert clock.slip.day == made.TODAY + 20 * DAY
    assert days_left_for_proxy(clock=clock, on=back) == 8


@pytest.mark.parametrize("when", ["before", "after"])
def test_outside_its_window_no_request_is_taken_in(db, when):
    if when == "before":
        application = given.examining()
    else:
        application = posted.issued(given.office())
        posted.to_subscriber(application)
        posted.slip(application)
    before = chain_end()
    with pytest.raises(GuardRefused, match="window_is_open"):
        made.asked_for_proxy(application)
    assert chain_end() == before


def test_a_slip_that_came_meanwhile_ends_it(issued):
    request = made.examined(made.asked_for_proxy(issued))
    posted.to_subscriber(issued)
    posted.slip(issued)
    with pytest.raises(GuardRefused, match="card_is_still_awaited"):
        decide(request)
    assert Card.objects.get().state == "received"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, LetterRefused),
        ({"proxy": replace(forms.PROXY, name="")}, LetterRefused),
        ({"proxy": replace(forms.PROXY, home=replace(forms.ELSEWHERE, city=""))}, LetterRefused),
        ({"proxy": replace(forms.PROXY, kana="123456789018")}, NumberInText),
        ({"arrived_on": made.TODAY + DAY}, GuardRefused),
    ],
)
def test_a_request_that_is_not_whole_is_not_taken_in(issued, changes, refusal):
    with pytest.raises(refusal):
        made.asked_for_proxy(issued, **changes)
    assert not ProxyRequest.objects.exists()


def test_one_request_is_open_at_a_time_and_another_after_its_end(issued):
    request = made.examined(made.asked_for_proxy(issued))
    with pytest.raises(Conflict):
        made.asked_for_proxy(issued)
    decide(request, approve=False, reason="やむを得ない事情と認められない")
    assert proxy_request(request).state is ProxyState.REFUSED
    made.asked_for_proxy(issued)
    assert len(proxy_requests(issued)) == 2


def test_every_point_is_judged_and_another_person_decides(issued):
    request = made.asked_for_proxy(issued)
    left_out = {point: ProxyVerdict.FIT for point in ProxyPoint if point is not ProxyPoint.PROXY_ADDRESS}
    with pytest.raises(LetterRefused, match="proxy_address"):
        made.examined(request, verdicts=left_out)
    with pytest.raises(GuardRefused, match="every_point_is_fit"):
        decide(request)
    made.examined(request, by="p-both")
    with pytest.raises(SeparationBreached):
        decide(request, by="p-both")
    with pytest.raises(SeparationBreached):
        decide(request, by="p-both", approve=False, reason="x")
    with pytest.raises(DutyMissing):
        decide(request, by="p-exam")
    decide(request)


def test_a_deficient_request_is_told_by_telephone_and_mended_in_twenty_days(issued):
    request = made.asked_for_proxy(issued)
    with pytest.raises(LetterRefused, match="none_deficient"):
        tell(request)
    made.examined(request, verdicts=made.DEFICIENT)
    tell(request)
    record = proxy_request(request)
    assert (record.state, record.notified_on) == (ProxyState.DEFICIENT, made.TODAY)
    assert record.due_on == made.TODAY + 20 * DAY
    [call] = calls_of(issued, NoticeKind.PROXY_DEFICIENCY)
    assert (call.called_by, call.spoken_to) == ("p-exam", "本人")
    notice = Notice.objects.get(kind="proxy_deficiency")
    assert (notice.channel, notice.arrived_on) == ("telephone", made.TODAY)
    with pytest.raises(ActNotAllowed):
        decide(request)
    mended = replace(forms.PROXY, home=replace(forms.ELSEWHERE, building="見本荘３"))
    resubmit_proxy_request(request=request, proxy=mended, actor=given.EXAMINER, now=given.NOW + DAY)
    assert proxy_request(request).verdicts == {}
    made.examined(request)
    decide(request)
    assert proxy_address(issued).lines[-1] == "見本荘３"


def test_after_twenty_days_the_request_lapses_and_the_contract_does_not(issued):
    request = made.examined(made.asked_for_proxy(issued), verdicts=made.DEFICIENT)
    tell(request)
    due = made.TODAY + 20 * DAY
    assert lapse_proxy_requests(actor=WORKER, now=start_of_day(due)) == 0
    over = start_of_day(due + DAY)
    assert lapse_proxy_requests(actor=WORKER, now=over) == 1
    assert lapse_proxy_requests(actor=WORKER, now=over) == 0
    assert proxy_request(request).state is ProxyState.LAPSED
    assert Card.objects.get().state == "personalised"
    posted.to_subscriber(issued, on=jst_date(over), now=over)


def test_a_second_call_counts_its_own_twenty_days(issued):
    request = made.examined(made.asked_for_proxy(issued), verdicts=made.DEFICIENT)
    tell(request)
    tell(request, at=given.NOW + 3 * DAY)
    assert proxy_request(request).due_on == made.TODAY + 23 * DAY


def test_a_person_lapses_nothing_and_what_is_not_there_is_said_so(issued):
    with pytest.raises(DutyMissing):
        lapse_proxy_requests(actor=given.ACCEPTOR, now=given.NOW)
    with pytest.raises(Unknown):
        decide(ProxyRequestId(99))


def test_a_refusal_needs_its_reason_and_the_log_holds_no_names(issued):
    request = made.examined(made.asked_for_proxy(issued))
    with pytest.raises(LetterRefused, match="reason"):
        decide(request, approve=False)
    decide(request, approve=False, reason="本人と連絡が取れない")
    written = "\n".join(AuditRow.objects.values_list("details", flat=True))
    for word in ("中村", "北海道", "入院", "連絡"):
        assert word not in written
