"""Decisions in a real browser with officers' security keys: signed over what the page shows (9.1, 17.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from inro.demo.servers.free_port import free_port
from inro.usecases.application import find
from tests import given
from tests.forms import SOLE
from tests.usecases.given_checklist import examining, judge_all
from tests.web import given_officers
from tests.web.given_officers import KeySlot, officers_of
from tests.web.installation import installation
from tests.web.looking import WIDTHS, keep, watched
from tests.web.serving import site

DISCLOSURE = {
    "authority": "架空県警察本部",
    "ground": "刑事訴訟法197条2項",
    "reference": "令和8年1月5日付 架捜第12号",
    "asked_on": "R8.1.5",
}
# The served process has its own clock, and an examination's approval stands for days.
NOW = datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office at its registered name, its officers, and the numbers of cases to decide on."""

    address: str
    home: Path
    house: given.Office
    examined: str
    flawed: str
    accepted: str
    judged: str


@pytest.fixture
def served(fresh_database, tmp_path: Path) -> Iterator[Served]:
    """The office with cases to decide on."""
    port = free_port()
    address = f"http://localhost:{port}"
    home = installation(tmp_path / "home")
    house = officers_of(home, rp_id="localhost", origin=address)
    accepted = given_officers.examined(house, now=NOW)
    given.accept(house, accepted, now=NOW)
    flawed = given_officers.examined(house, now=NOW, findings=replace(given.FINDINGS, seals_affixed=False))
    judged = examining(SOLE)
    judge_all(judged)
    cases = {
        "judged": judged,
        "examined": given_officers.examined(house, now=NOW),
        "flawed": flawed,
        "accepted": accepted,
    }
    numbers = {name: find(application).number for name, application in cases.items()}
    with site(home, port=port):
        yield Served(address=address, home=home, house=house, **numbers)


def sit(page, address: str, person: str, path: str) -> None:
    """Let a person sit down and open a page."""
    page.goto(f"{address}/desk/?next={path}")
    page.locator(f"[name=person][value={person}]").click()
    page.wait_for_url(address + path)


def test_two_officers_accept_and_approve_with_their_keys(served, browser):
    address, house, number = served.address, served.house, served.examined
    with watched(browser, 1366) as watch:
        page = watch.page
        slot = KeySlot(page, house)
        slot.plug_in("nishimura")
        sit(page, address, "nishimura", f"/cases/{number}/decision/")
        keep(page, "decision-signing")
        page.get_by_role("button", name="セキュリティキーで承諾する").click()
        page.wait_for_url(f"{address}/cases/{number}/")
        slot.plug_in("hayama")
        sit(page, address, "hayama", f"/cases/{number}/issuance/")
        page.get_by_role("button", name="セキュリティキーで承認する").click()
        page.wait_for_url(f"{address}/cases/{number}/")
        told = page.locator(".timeline").inner_text()
        assert told.index("西村") < told.index("葉山")
        assert "発行の指示" in told
        assert watch.strangers(address) == []
        assert watch.complaints == []


def test_the_next_roster_is_released_with_a_key_of_the_present_one(served, browser):
    address = served.address
    given_officers.next_roster(served.house, served.home)
    with watched(browser, 1366) as watch:
        page = watch.page
        KeySlot(page, served.house).plug_in("hayama")
        sit(page, address, "hayama", "/roster/")
        assert watch.findings() == []
        keep(page, "roster")
        page.get_by_role("button", name="セキュリティキーで署名して承認する").click()
        page.get_by_text("新しいものはありません").wait_for()
        assert watch.complaints == []


def test_without_ones_own_key_nothing_is_signed_and_the_page_says_so(served, browser):
    address, house, number = served.address, served.house, served.examined
    with watched(browser, 1366) as watch:
        page = watch.page
        KeySlot(page, house).plug_in("hayama")
        sit(page, address, "nishimura", f"/cases/{number}/decision/")
        page.get_by_role("button", name="セキュリティキーで承諾する").click()
        page.get_by_text("セキュリティキーで署名されませんでした").wait_for()
        page.goto(f"{address.replace('localhost', '127.0.0.1')}/desk/?next=/cases/{number}/decision/")
        page.locator("[name=person][value=nishimura]").click()
        expect(page.get_by_role("button", name="セキュリティキーで承諾する")).to_be_visible()
        # The script that hears the button runs before the page has loaded whole.
        page.wait_for_load_state()
        page.get_by_role("button", name="セキュリティキーで承諾する").click()
        page.get_by_text("このアドレスではセキュリティキーを使えません").wait_for()


def test_pages_fit_are_readable_and_ask_nobody_else(served, browser):
    for width in WIDTHS:
        looked_at(served, browser, width)


def looked_at(served: Served, browser: Browser, width: int) -> None:
    """Look at every page at a width."""
    address = served.address
    with watched(browser, width) as watch:
        page = watch.page
        sit(page, address, "ishikawa", f"/cases/{served.judged}/examination/conclude/")
        assert watch.findings() == []
        keep(page, f"conclude-{width}")
        sit(page, address, "nishimura", f"/cases/{served.examined}/decision/")
        for name, path in {"decision-lacking": served.flawed, "decision": served.examined}.items():
            page.goto(f"{address}/cases/{path}/decision/")
            assert watch.findings() == [], name
            keep(page, f"{name}-{width}")
        page.get_by_role("button", name="不受理の署名へ進む").click()
        assert watch.findings() == []
        keep(page, f"decision-no-reason-{width}")
        page.locator("#reason").fill("印影が登録印と異なるため。")
        page.get_by_role("button", name="不受理の署名へ進む").click()
        page.get_by_role("button", name="セキュリティキーで不受理とする").wait_for()
        assert watch.findings() == []
        keep(page, f"rejection-{width}")
        sit(page, address, "hayama", f"/cases/{served.accepted}/issuance/")
        assert watch.findings() == []
        keep(page, f"issuance-{width}")
        page.goto(f"{address}/policy/")
        assert watch.findings() == []
        keep(page, f"policy-{width}")
        sit(page, address, "shimada", f"/cases/{served.examined}/disclosure/authority/")
        for field, text in DISCLOSURE.items():
            page.locator(f"#{field}").fill(text)
        page.get_by_label("証明書の内容").check()
        assert watch.findings() == []
        keep(page, f"disclosure-{width}")
        page.get_by_role("button", name="署名へ進む").click()
        page.get_by_role("button", name="セキュリティキーで署名する").wait_for()
        assert watch.findings() == []
        keep(page, f"disclosure-signing-{width}")
        assert watch.strangers(address) == []
        assert [text for text in watch.complaints if "422" not in text] == []
