"""A card's way in a real browser: packed by a typing scanner, returned, sent again, confirmed; and 18.7."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from inro.demo.servers.free_port import free_port
from inro.paper.codes import sheet_payload
from inro.practice.calendar import jst_date
from inro.store.ids import ApplicationId
from inro.store.models import Mailer
from inro.store.reads.receipt import card_serial
from tests import given, posted
from tests.web.given_officers import KeySlot, officers_of
from tests.web.installation import installation
from tests.web.looking import WIDTHS, keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down
from tests.web.test_letters_browser import at_width

# The served process has its own clock, so these cases lie before the present.
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
_EXPECTED = ("403", "404", "409", "422")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office at its registered name: a card to pack, cards on their way, one whose slip never came."""

    address: str
    house: given.Office
    number: str
    card: str
    mailer: str
    waiting: str
    late: str


@pytest.fixture
def served(fresh_database, tmp_path) -> Iterator[Served]:
    port = free_port()
    address = f"http://localhost:{port}"
    home = installation(tmp_path / "office")
    house = officers_of(home, origin=address, rp_id="localhost")
    late, waiting = (_issued(house, days) for days in (40, 19))
    _posted(late, 40, number=1)
    _posted(waiting, 19, number=2)
    posted.remind(late, jst_date(NOW - 14 * DAY))
    for place, days in enumerate((25, 8, 3), start=3):
        _posted(_issued(house, days), days, number=place)
    fresh = _issued(house, 1)
    with site(home, port=port):
        yield Served(
            address=address,
            house=house,
            number=posted.number_of(fresh),
            card=card_serial(fresh),
            mailer=Mailer.objects.get(card__application=fresh).number,
            waiting=posted.number_of(waiting),
            late=posted.number_of(late),
        )


def _issued(house: given.Office, days: int) -> ApplicationId:
    return posted.issued(house, now=NOW - days * DAY)


def _posted(case: ApplicationId, days: int, *, number: int) -> None:
    then = NOW - days * DAY
    posted.to_subscriber(case, number=number, on=jst_date(then), now=then)


def _type_codes(page: Page, served: Served, tracking: str) -> None:
    """Let the wedge scanner type each code and its Enter into the field that has the focus."""
    slip = sheet_payload(kind="RS1", number=served.number)
    expect(page.get_by_label("コード（1行に1つ）")).to_be_focused()
    for code in (served.card, served.mailer, slip, tracking):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="封入済み 1")).to_be_visible()


def _hand_over(page: Page) -> None:
    page.get_by_role("button", name="差出票を作る").press("Enter")
    page.get_by_role("button", name="すべて引き受けられた").press("Enter")
    expect(page.get_by_text("引受済").first).to_be_visible()


def test_a_card_is_packed_returned_sent_again_and_confirmed(served, browser):
    with watched(browser, 1366, java_script_enabled=False) as watch:
        page = watch.page
        sit_down(page, served.address, "岡")
        page.goto(f"{served.address}/dispatch/")
        page.get_by_label("カード・暗証番号通知書・受領書を読み取る").fill(served.card)
        page.keyboard.press("Enter")
        _type_codes(page, served, posted.tracking(number=70))
        _hand_over(page)
        page.goto(f"{served.address}/dispatch/")
        row = page.get_by_role("row").filter(has_text=served.number)
        row.get_by_role("link", name="返戻された").click()
        page.get_by_label("保管期間が過ぎた").check()
        page.get_by_role("button", name="返戻を記録する").click()
        expect(page.get_by_role("heading", name="封入待ち 1")).to_be_visible()
        page.get_by_role("link", name="封入する").click()
        _type_codes(page, served, posted.tracking(number=71))
        _hand_over(page)
        sit_down(page, served.address, "原田")
        page.goto(f"{served.address}/receipts/")
        page.get_by_label("受領書を読み取る").fill(sheet_payload(kind="RS1", number=served.number))
        page.keyboard.press("Enter")
        page.get_by_role("group", name="受領書の氏名").get_by_label("一致する").check()
        page.get_by_role("group", name="印影は").get_by_label("一致する").check()
        page.get_by_label("原本の保管場所").fill("R-12")
        page.get_by_role("button", name="受領書を登録する").click()
        expect(page.get_by_text("受領を確認")).to_be_visible()
        keep(page, "post-confirmed")
        assert watch.complaints == []


def test_18_7_is_confirmed_by_two_officers_with_their_keys(served, browser):
    with watched(browser, 1366) as watch:
        page, slot = watch.page, KeySlot(watch.page, served.house)
        path = f"{served.address}/cases/{served.late}/revocation/"
        sit_down(page, served.address, "森")
        page.goto(f"{served.address}/receipts/")
        expect(page.get_by_text("日超過").first).to_be_visible()
        page.get_by_role("link", name="失効手続を始める").click()
        page.get_by_role("button", name="失効手続を始める").click()
        for name, person, button in (
            ("石川", "ishikawa", "セキュリティキーで確認する"),
            ("西村", "nishimura", "セキュリティキーで決定する"),
        ):
            sit_down(page, served.address, name)
            slot.plug_in(person)
            page.goto(path)
            if person == "ishikawa":
                page.get_by_role("radio", name="適").check()
            keep(page, f"post-confirm-{person}")
            with page.expect_navigation():
                page.get_by_role("button", name=button).click()
        expect(page.get_by_text("2人の担当者が確認しました")).to_be_visible()
        assert [text for text in watch.complaints if not any(one in text for one in _EXPECTED)] == []


def test_the_desks_fit_are_readable_and_ask_nobody_else(served, browser):
    with watched(browser, WIDTHS[0]) as watch:
        page, found = watch.page, {}
        for person, paths in {
            "岡": {
                "dispatch": "/dispatch/",
                "pack": f"/dispatch/pack/{served.number}/card/",
                "numbers": "/dispatch/numbers/",
                "returned": "/dispatch/parcels/1/",
            },
            "西村": {"late": f"/receipts/{served.late}/"},
            "原田": {"board": "/receipts/", "waiting": f"/receipts/{served.waiting}/"},
        }.items():
            sit_down(page, served.address, person)
            for name, path in paths.items():
                page.goto(served.address + path)
                for width in WIDTHS:
                    found[f"{name}-{width}"] = at_width(watch, f"post-{name}", width)
        assert {name: problems for name, problems in found.items() if problems} == {}
        assert watch.strangers(served.address) == []
        assert watch.complaints == []
