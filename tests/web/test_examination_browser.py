"""The examination in a real browser: fourteen items by keyboard alone, at every width, asking nobody else."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from inro.store.reads.application import application_by_number
from tests.forms import WHOLE
from tests.usecases.given_checklist import look_for_forces
from tests.web.given_desk import served_desk
from tests.web.given_examination import MARRIED, Cases, cases_to_examine
from tests.web.looking import WIDTHS, keep, watched

MOST_KEYSTROKES = 40
# What a browser says of a stale page's answer, of a page that another desk has, and of no connection.
_EXPECTED = ("409", "404", "ERR_INTERNET_DISCONNECTED", "Failed to fetch")
ITEMS = 14


@dataclass(slots=True, kw_only=True)
class Hands:
    """A clerk without a mouse; every key is counted."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office at an address, with two cases under examination."""

    address: str
    cases: Cases

    def examination(self, place: int = 0) -> str:
        return f"{self.address}/cases/{self.cases.numbers[place]}/examination/"


@pytest.fixture
def served(fresh_database, tmp_path) -> Iterator[Served]:
    with cases_to_examine(tmp_path / "home", MARRIED, WHOLE) as cases, served_desk(cases.home) as address:
        # The last item follows from this check; the others are judged by keys.
        look_for_forces(application_by_number(cases.numbers[0]).application_id)
        yield Served(address=address, cases=cases)


def sit_down(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/desk/?next={served.examination().removeprefix(served.address)}")
    page.get_by_role("button", name="石川").click()
    page.get_by_role("button", name="審査のために書類を開く").click()
    expect(page.locator(".paper-sheet img")).to_be_visible()


def still(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    keep(page, name)


def test_fourteen_items_by_keyboard_alone_then_two_clerks_then_every_width(served, browser):
    with watched(browser, 1366) as watch:
        sit_down(watch.page, served)
        _fourteen_items(watch.page, served)
        _keys_are_ignored(watch.page)
        _two_clerks(watch.page, served, browser)
        _lost_connection(watch.page)
        _papers(watch.page)
        assert watch.strangers(served.address) == []
        assert [text for text in watch.complaints if not any(one in text for one in _EXPECTED)] == []
    found = {}
    for width in WIDTHS:
        with watched(browser, width) as watch:
            sit_down(watch.page, served)
            still(watch.page, f"examination-{width}")
            found[f"papers {width}"] = watch.findings()
            if width in {WIDTHS[0], WIDTHS[-1]}:
                watch.page.goto(served.examination(1))
                still(watch.page, f"examination-whole-{width}")
                found[f"whole {width}"] = watch.findings()
            assert watch.complaints == []
    assert {name: problems for name, problems in found.items() if problems} == {}


def _fourteen_items(page: Page, served: Served) -> None:
    """Judge a case: one deficiency found, mended by hand, and the last item reached and concluded."""
    hands = Hands(page=page)
    expect(page.locator("#progress")).to_contain_text(f"1 / {ITEMS}")
    hands.press("1", "1", "1", "2", "ArrowDown", *["1"] * 9)
    expect(page.locator("#progress")).to_contain_text(f"{ITEMS} / {ITEMS}")
    hands.press("Control+Enter")
    expect(page.locator("#conclude")).to_be_focused()
    expect(page.locator("#why-not")).to_contain_text("旧姓利用申込書の記載と押印（不備）")
    expect(page.locator("[data-key=f]")).to_have_attribute("href", f"{_case_path(served)}deficiency/")
    keep(page, "examination-judged-1366")
    hands.press(*["ArrowUp"] * 10, "1")
    expect(page.locator("#saved")).to_contain_text("未判定・不備なし")
    hands.press("Control+Enter")
    page.wait_for_url("**/examination/conclude/")
    assert hands.pressed <= MOST_KEYSTROKES
    _note(hands.pressed)
    page.go_back()
    expect(page.locator("#progress")).to_contain_text(f"{ITEMS} / {ITEMS}")


def _case_path(served: Served) -> str:
    return served.examination().removeprefix(served.address).removesuffix("examination/")


def _note(keystrokes: int) -> None:
    """Tell a bench how many keys it took, where one asks."""
    file = os.environ.get("INRO_KEYSTROKES")
    if file:
        Path(file).write_text(str(keystrokes))


def _keys_are_ignored(page: Page) -> None:
    """In a field, while composing and once switched off a key is a character and nothing else."""
    page.locator("#item-home_address").click()
    field = page.locator("#read-home_address")
    field.fill("東京都架空区見本町1-2-3")
    page.keyboard.press("2")
    expect(field).to_have_value("東京都架空区見本町1-2-32")
    field.fill("東京都架空区見本町1-2-3")
    field.press("Tab")
    expect(page.locator("#compared-home_address")).to_contain_text("書き方のみ相違")
    composing = "new KeyboardEvent('keydown', {key: '2', keyCode: 229, isComposing: true, bubbles: true})"
    page.evaluate(f"document.activeElement.dispatchEvent({composing})")
    expect(page.locator("[name=verdict-home_address][value=fit]")).to_be_checked()
    page.keyboard.press("?")
    expect(page.locator("#all-keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="キー操作を切る").click()
    page.keyboard.press("2")
    expect(page.locator("[name=verdict-explanation][value=fit]")).to_be_checked()
    page.get_by_role("button", name="キー操作を使う").click()


def _two_clerks(page: Page, served: Served, browser) -> None:
    """The other page is as old as before this one's verdict: it is told, and shows what stands."""
    with watched(browser, 1366) as other:
        sit_down(other.page, served)
        page.locator("#item-romaji").click()
        page.keyboard.press("3")
        expect(page.locator("#saved")).to_contain_text("保留 1 件")
        other.page.locator("#item-romaji").click()
        other.page.keyboard.press("2")
        expect(other.page.locator("#said")).to_contain_text("他の担当者が先に判定したか")
        expect(other.page.locator("[name=verdict-romaji][value=held]")).to_be_checked()
    page.locator("#item-romaji").click()
    page.keyboard.press("1")
    expect(page.locator("#saved")).to_contain_text("未判定・不備なし")


def _lost_connection(page: Page) -> None:
    """A verdict that did not arrive is told, keeps the page, and goes along with the next one."""
    page.context.set_offline(True)
    page.locator("#item-romaji").click()
    page.keyboard.press("3")
    expect(page.locator("#saved")).to_contain_text("保存できませんでした")
    page.keyboard.press("j")
    page.context.set_offline(False)
    page.locator("#item-name").click()
    page.keyboard.press("1")
    expect(page.locator("#saved")).to_contain_text("保留 1 件")
    page.locator("#item-romaji").click()
    page.keyboard.press("1")
    expect(page.locator("#saved")).to_contain_text("未判定・不備なし")


def _papers(page: Page) -> None:
    """Two papers side by side, then the seals one over the other, without leaving the checklist."""
    page.goto(page.url)
    if page.get_by_role("button", name="審査のために書類を開く").count():
        page.get_by_role("button", name="審査のために書類を開く").click()
    page.get_by_role("button", name="並べる").click()
    expect(page.locator(".paper-sheet")).to_have_count(2)
    page.get_by_role("link", name="申込書の印影と重ねて見る").click()
    expect(page.locator(".overlay")).to_be_visible()
    page.get_by_label("濃さ").fill("30")
    expect(page.locator(".overlay .upper")).to_have_attribute("opacity", "0.3")
    page.get_by_label("右へ").fill("5")
    expect(page.locator(".overlay .upper")).to_have_attribute("transform", "translate(5 0) scale(1)")
    still(page, "examination-overlay-1366")


def test_verdicts_are_saved_without_scripts(served, browser):
    with watched(browser, 1366, java_script_enabled=False) as watch:
        page = watch.page
        sit_down(page, served)
        page.locator("label:has([name=verdict-name][value=fit])").click()
        page.locator("label:has([name=verdict-home_address][value=deficient])").click()
        page.select_option("#template-home_address", index=2)
        page.get_by_role("button", name="判定を保存する").first.click()
        expect(page.locator("#progress")).to_contain_text(f"3 / {ITEMS}")
        expect(page.locator("[name=verdict-name][value=fit]")).to_be_checked()
        reason = page.locator("#reason-home_address")
        expect(reason).to_have_value("住所に建物名・部屋番号の記入がありません")
