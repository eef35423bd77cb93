"""A station that can begin no card spends none: it says what is missing and waits (17.1, 40(7))."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from inro.practice.card import CardState
from inro.station.daily import Passes
from inro.station.issuance import make_card
from inro.station.job import ReaderPlace
from inro.station.work import Done
from inro.store.errors import StockEmpty
from inro.store.models import AuditRow, Card, IssuanceOrder
from inro.store.reads.issuance import issuance_order
from inro.store.states import Medium, OrderState
from inro.usecases.issuance_claim import claim_issuance_order
from tests import given
from tests.servers.pcscd import PcscServer
from tests.signer.given_signer import NOW
from tests.station.test_issuance import Desk, desk, mailers

__all__ = ["desk"]

MINUTE = timedelta(minutes=1)


def states() -> set[tuple[str, int | None]]:
    return set(Card.objects.values_list("state", "application"))


def test_an_empty_stock_is_told_and_waited_for(desk: Desk) -> None:
    order = given.accepted(given.office())
    before = AuditRow.objects.count()
    [told] = desk.work().failed
    assert told.startswith("new cards: 未使用のカードが在庫にありません")
    assert "No blank card is in stock; the orders wait" in told
    assert "inro cards receive FILE" in told
    assert (issuance_order(order).state, AuditRow.objects.count()) == (OrderState.WAITING, before)
    desk.blank_cards(1)
    assert desk.work() == Done(resumed=0, made=1, failed=())


def test_a_stock_that_ends_in_the_pass_ends_the_pass(desk: Desk) -> None:
    desk.blank_cards(1)
    orders = [given.accepted(given.office()) for _ in range(2)]
    done = desk.work()
    assert (done.made, len(done.failed), done.given_back) == (1, 1, 0)
    assert [issuance_order(one).state for one in orders] == [OrderState.HANDED_OVER, OrderState.WAITING]


def test_an_order_whose_card_another_station_took_first_waits_again(desk: Desk) -> None:
    order = given.accepted(given.office())
    claim_issuance_order(station=desk.room.name, actor=desk.room.actor, now=NOW)
    with pytest.raises(StockEmpty, match="no blank virtual card"):
        make_card(order=order, room=desk.room, now=NOW, passed=desk.passed)
    record = issuance_order(order)
    assert (record.state, record.claimed_by, desk.steps) == (OrderState.WAITING, None, [])


def test_a_card_that_could_not_be_begun_is_blank_again_and_on_record(desk: Desk) -> None:
    desk.blank_cards(1)
    order = given.accepted(given.office())
    desk.room = replace(desk.room, token_pin=b"wrong-pin")
    [told] = desk.work().failed
    assert "カードは未使用のままです：PinRefused" in told
    assert states() == {("blank", None)}
    [row] = AuditRow.objects.filter(subject=f"order/{order}", kind="issuance.failed")
    assert json.loads(row.details) == {"why": "not begun", "released": Card.objects.get().serial}


def test_a_failure_is_logged_once_and_no_order_claimed_for_a_while(desk: Desk) -> None:
    desk.blank_cards(1)
    given.accepted(given.office())
    passes = Passes(room=replace(desk.room, token_pin=b"wrong-pin"), passed=desk.passed, rest=MINUTE)
    with capture_logs() as logs:
        passes.work(now=NOW)
        rows = AuditRow.objects.count()
        assert passes.work(now=NOW + MINUTE / 2) == Done(resumed=0, made=0, failed=())
        assert AuditRow.objects.count() == rows
    [line] = logs
    assert (line["event"], line["log_level"]) == ("failed", "error")
    assert "PinRefused" in line["detail"]
    passes.room = desk.room
    assert passes.work(now=NOW + MINUTE).made == 1


def test_what_stays_the_same_is_logged_once(desk: Desk) -> None:
    given.accepted(given.office())
    passes = Passes(room=desk.room, passed=desk.passed, rest=MINUTE)
    with capture_logs() as logs:
        for _ in range(3):
            passes.work(now=NOW)
    assert len(logs) == 1


def test_a_reader_without_a_blank_card_costs_no_card(desk: Desk, pcscd: PcscServer) -> None:
    desk.blank_cards(2)
    first, second = Card.objects.order_by("pk")
    orders = [given.accepted(given.office()) for _ in range(2)]
    before = AuditRow.objects.count()
    with pcscd.card_in_reader(path=desk.card_file(first.serial), file_key=desk.file_key) as name:
        at_the_reader(desk, "No Such Reader 00")
        [told] = desk.work().failed
        assert "Put a blank card into reader No Such Reader 00" in told
        assert (states(), AuditRow.objects.count()) == ({("blank", None)}, before)
        at_the_reader(desk, name)
        assert desk.work() == Done(resumed=0, made=1, failed=())
        # The signer has not answered: the card stays where it is, and nobody is told to take it out.
        assert desk.work() == Done(resumed=1, made=0, failed=())
        IssuanceOrder.objects.filter(pk=orders[0]).update(state=OrderState.DONE)
        [told] = desk.work().failed
        assert f"未使用のカードを読取装置 {name} に入れてください" in told
        assert "is not blank" in told
    [told] = desk.work().failed
    assert f"Put a blank card into reader {name}" in told
    assert Card.objects.get(pk=second.pk).state == CardState.BLANK
    assert len(mailers(desk)) == 1
    with pcscd.card_in_reader(path=desk.card_file(second.serial), file_key=desk.file_key):
        assert desk.work() == Done(resumed=0, made=1, failed=())


def at_the_reader(desk: Desk, name: str) -> None:
    """Let the desk make its cards in a reader; the card in it is a virtual one."""
    place, job = ReaderPlace(reader=name, medium=Medium.VIRTUAL), desk.room.job
    desk.room = replace(
        desk.room,
        reader=place,
        job=lambda order, serial, now: replace(job(order, serial, now), card=place),
    )
