"""One case from desk to desk: examined, mended, decided on by officers with their own keys (8, 9, 17.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from inro.demo.servers.free_port import free_port
from inro.demo.servers.programs import end
from tests import given
from tests.paper.scanner import rasterised
from tests.web import scans
from tests.web.given_desk import start_office
from tests.web.given_examination import MARRIED, cases_to_examine
from tests.web.given_officers import KeySlot, officers_of
from tests.web.looking import watched
from tests.web.sitting import sit_down

# What a browser says of answers that are meant to be no success.
_EXPECTED = ("403", "404", "409", "422")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office at its registered name, its officers, and the address of a case whose papers are stored."""

    address: str
    house: given.Office
    case: str


@pytest.fixture
def served(fresh_database, tmp_path) -> Iterator[Served]:
    port = free_port()
    address = f"http://localhost:{port}"
    with cases_to_examine(tmp_path / "home", MARRIED, officers=False) as cases:
        house = officers_of(cases.home, origin=address, rp_id="localhost")
        process = start_office(cases.home, port)
        try:
            yield Served(address=address, house=house, case=f"{address}/cases/{cases.numbers[0]}/")
        finally:
            end(process)


def test_a_case_goes_from_desk_to_desk_until_its_card_is_ordered(served, browser, tmp_path):
    with watched(browser, 1366) as watch:
        page, slot = watch.page, KeySlot(watch.page, served.house)
        _judge(page, served, "2")
        letter = _notify(page, served)
        _take_in(page, served, letter, tmp_path / "reply.tif")
        _judge(page, served, "1")
        _sign(page, served, slot, "ishikawa", "examination/conclude/", "審査を終える")
        # Who examined is nobody who decides: no page opens.
        page.goto(served.case + "decision/")
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("諾否")
        sit_down(page, served.address, "西村")
        _check(page, served)
        _sign(page, served, slot, "nishimura", "decision/", "承諾する")
        page.goto(served.case + "issuance/")
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("発行の承認")
        sit_down(page, served.address, "葉山")
        _sign(page, served, slot, "hayama", "issuance/", "承認する")
        expect(page.locator(".timeline")).to_contain_text("発行の指示")
        expect(page.get_by_text("署名を検証済み")).to_have_count(3)
        # The browser shows the printed letters in a viewer of its own, which is no other place.
        assert [url for url in watch.strangers(served.address) if url.startswith("http")] == []
        assert [text for text in watch.complaints if not any(one in text for one in _EXPECTED)] == []


def _judge(page: Page, served: Served, fourth: str) -> None:
    """Look for anti-social forces, then judge every other item fit, the fourth as said, by keys."""
    sit_down(page, served.address, "石川")
    _check(page, served)
    page.goto(served.case + "examination/")
    opening = page.get_by_role("button", name="審査のために書類を開く")
    if opening.count():
        opening.click()
    expect(page.locator(".paper-sheet img")).to_be_visible()
    for key in ("1", "1", "1", fourth, *(["ArrowDown"] if fourth == "2" else []), *["1"] * 9):
        page.keyboard.press(key)
    expect(page.locator("#progress")).to_contain_text("14 / 14")
    expect(page.locator("#saved")).to_contain_text("不備 1 件" if fourth == "2" else "未判定・不備なし")


def _notify(page: Page, served: Served) -> bytes:
    """Write the letter from what was found, post it, and return it as printed."""
    page.goto(served.case + "deficiency/")
    page.get_by_role("button", name="文面へ進む").click()
    page.get_by_role("button", name="下書きを作って確かめる").click()
    page.get_by_role("button", name="この内容で確定する").click()
    sit_down(page, served.address, "上野")
    page.goto(f"{served.address}/letters/")
    with page.expect_response("**/letters/"):
        page.get_by_role("button", name="選んだ通知書を一つのPDFで印刷する").click()
    page.goto(f"{served.address}/letters/")
    page.get_by_role("button", name="選んだ通知書を発送した").click()
    expect(page.get_by_role("heading", name="発送待ち 0")).to_be_visible()
    page.goto(served.case + "deficiency/")
    number = page.locator("th a.mono").first.inner_text()
    return page.context.request.get(f"{served.address}/letters/{number}/sheets.pdf").body()


def _take_in(page: Page, served: Served, letter: bytes, file: Path) -> None:
    """Let the applicant's reply sheet come back through the scanner."""
    file.write_bytes(scans.pile(rasterised(letter)[1:2]))
    sit_down(page, served.address, "森")
    page.goto(f"{served.address}/intake/")
    page.set_input_files("#files", file)
    page.get_by_role("button", name="取り込む").click()
    page.wait_for_url("**/batches/T*/")
    page.get_by_label("原本の保管場所").fill("A-04")
    page.get_by_role("button", name="登録して保管する").click()
    expect(page.get_by_text("保管済 1")).to_be_visible()


def _check(page: Page, served: Served) -> None:
    """Record that nothing was found of anti-social forces (46)."""
    page.goto(served.case + "antisocial/")
    page.get_by_label("確認先").select_option(index=1)
    page.get_by_label("該当なし").check()
    page.get_by_role("button", name="記録する").click()


def _sign(page: Page, served: Served, slot: KeySlot, person: str, path: str, button: str) -> None:
    slot.plug_in(person)
    page.goto(served.case + path)
    page.get_by_role("button", name=f"セキュリティキーで{button}").click()
    page.wait_for_url(served.case)
