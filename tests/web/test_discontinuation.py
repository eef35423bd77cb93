"""The end of the service as the office and the public see it: one page, each step its own form (11)."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest

from inro.practice.discontinuation import DiscontinuationState as State
from inro.store.models import Discontinuation
from inro.store.reads.discontinuation import standing_discontinuation
from inro.web.office import clock
from inro.web.public import clock as public_clock
from tests import given
from tests.usecases import given_discontinuation as end
from tests.usecases.given_campaigns import planned
from tests.web.conftest import office_over
from tests.web.given_officers import OfficersDesk, officers_of
from tests.web.installation import installation
from tests.web.test_pages import text_of


@pytest.fixture
def desk(db, tmp_path, settings, monkeypatch) -> OfficersDesk:
    home = installation(tmp_path / "home")
    monkeypatch.setattr(clock, "now", lambda: given.NOW)
    return OfficersDesk(house=officers_of(home), visitor=office_over(settings, home))


def at(monkeypatch, instant: datetime) -> None:
    """Set the office's clock, and the public's."""
    monkeypatch.setattr(clock, "now", lambda: instant)
    monkeypatch.setattr(public_clock, "now", lambda: instant)


def post(desk: OfficersDesk, person: str, path: str, *, signed: bool = False, page: str = "") -> int:
    """Let a person do one step; return the answer's status."""
    desk.sit(person)
    form = desk.signed(desk.visitor.get(f"/discontinuation/{page}"), person) if signed else {}
    return desk.visitor.post(f"/discontinuation/{path}", form).status_code


def state() -> State:
    """Return how far it is."""
    record = standing_discontinuation()
    assert record is not None
    return record.state


def test_the_whole_road_by_its_page(desk, monkeypatch):
    given.issued(desk.house)
    number = planned(end.end_of_service())
    assert post(desk, "ishikawa", f"propose/{number}/", signed=True, page=f"?campaign={number}") == 302
    page = text_of(desk.visitor.get("/discontinuation/"))
    for part in ("2027/04/01", "2027/01/30", "前に中60日を置いて", "別の担当者が決定します", "2037/12/31"):
        assert part in page
    assert post(desk, "nishimura", "decide/", signed=True) == 302
    assert post(desk, "ueno", "told/") == 422
    end.announced(number)
    assert post(desk, "ueno", "told/") == 302
    at(monkeypatch, end.ON_THE_DAY)
    assert post(desk, "ishikawa", "revoked/") == 422
    end.all_revoked(desk.house, number)
    assert post(desk, "ishikawa", "revoked/") == 302
    assert post(desk, "ishikawa", "lists/propose/", signed=True) == 302
    assert post(desk, "nishimura", "lists/decide/", signed=True) == 302
    assert state() is State.LISTS_DECIDED
    assert "次の回で最終リスト" in text_of(desk.visitor.get("/discontinuation/"))


def test_what_everybody_is_told_stands_on_the_public_page_and_in_its_feed(desk, public):
    given.issued(desk.house)
    end.announced(end.decided(desk.house))
    page = text_of(public.get("/notices/"))
    for part in ("電子証明書発行サービスの終了のお知らせ", "サービスの終了日：2027年4月1日", "第11条第2項"):
        assert part in page
    [entry] = ET.fromstring(public.get("/notices/feed.atom").content).findall("{*}entry")
    assert entry.findtext("{*}title") == "電子証明書発行サービスの終了のお知らせ"
    assert "すべての証明書を失効させます" in (entry.findtext("{*}summary") or "")


def test_who_has_no_such_duty_sees_the_page_and_does_nothing(desk):
    given.issued(desk.house)
    end.decided(desk.house)
    desk.sit("nakano")
    page = desk.visitor.get("/discontinuation/")
    assert (page.status_code, b"<form method" in page.content.split(b"<main")[1]) == (200, False)
    for path in ("decide/", "withdraw/", "told/", "revoked/", "lists/propose/", "lists/decide/"):
        assert desk.visitor.post(f"/discontinuation/{path}").status_code == 403
    assert state() is State.DECIDED


def test_it_can_be_taken_back_before_the_day(desk):
    given.issued(desk.house)
    end.decided(desk.house)
    assert post(desk, "nishimura", "withdraw/") == 302
    assert Discontinuation.objects.get().state == "withdrawn"
    assert "継続中" in text_of(desk.visitor.get("/discontinuation/"))


def test_the_public_is_told_before_and_the_wizard_closed_from_the_day(public, db, monkeypatch):
    house = given.office()
    given.issued(house)
    end.decided(house)
    at(monkeypatch, end.before_the_day(0) - timedelta(seconds=1))
    assert "本サービスは2027/04/01に終了します" in text_of(public.get("/repository/"))
    assert public.get("/apply/").status_code == 200
    at(monkeypatch, end.before_the_day(0))
    for answer in (public.get("/apply/"), public.post("/apply/"), public.post("/apply/again/")):
        assert answer.status_code == 410
        assert "サービスは終了しました" in text_of(answer)
