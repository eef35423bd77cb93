"""The intake desk in a real browser: by mouse, by keyboard alone, without scripts, at every width."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from inro.usecases.application import find
from tests import given
from tests.web import scans
from tests.web.given_desk import desk_installation, served_desk
from tests.web.looking import WIDTHS, Watch, keep, watched

# What a browser says of answers that are meant to be no success.
_EXPECTED = ("404", "422", "403")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office at an address, with two cases, and a pile of their papers."""

    address: str
    numbers: tuple[str, str]
    pile: Path


@pytest.fixture
def served(fresh_database, tmp_path) -> Iterator[Served]:
    numbers = (find(given.drafted()).number, find(given.drafted()).number)
    rng = random.Random(5)
    pages = [
        *scans.rough(scans.form(numbers[0]), rng),
        *scans.rough(scans.form(numbers[1]), rng),
        scans.separator(numbers[0]),
        scans.record(rng),
        scans.separator(numbers[1], "seal_certificate"),
        scans.record(rng, writing=None),
    ]
    file = tmp_path / "scan.tif"
    file.write_bytes(scans.pile(pages))
    with desk_installation(tmp_path / "home") as home, served_desk(home) as address:
        yield Served(address=address, numbers=numbers, pile=file)


def sit_down(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/intake/")
    page.get_by_role("button", name="森").click()


def take_in(page: Page, served: Served) -> str:
    """Upload the pile, wait until it is read, and return the batch's address."""
    page.set_input_files("#files", served.pile)
    page.get_by_role("button", name="取り込む").click()
    page.wait_for_url("**/batches/T*/")
    expect(page.locator("[data-progress]:not(.progress)")).to_be_attached()
    page.wait_for_load_state()
    return page.url


def followed(page: Page, link: Locator) -> None:
    """Click and wait until the next page has loaded whole: what it lacks while it loads proves nothing."""
    with page.expect_navigation(wait_until="load"):
        link.click()


def until_done(page: Page) -> None:
    """Ask again by hand, as a person without scripts does, until the work shown has ended."""
    again = page.get_by_role("link", name="今すぐ更新")
    while again.count():
        followed(page, again)


def file_forms(page: Page) -> None:
    page.get_by_label("原本の保管場所").fill("A-03")
    page.get_by_role("button", name="登録して保管する").click()
    expect(page.get_by_text("保管済 4")).to_be_visible()
    expect(page.locator("[data-progress]:not(.progress)")).to_be_attached()
    page.wait_for_load_state()


def register_record(page: Page, number: str) -> None:
    page.get_by_role("link", name=number).first.click()
    page.get_by_label("住民票の写し等 発行者").fill("架空市長")
    page.get_by_label("住民票の写し等 発行日").fill("令和8年11月2日")
    page.get_by_label("住民票の写し等 保管場所").fill("A-03")
    page.get_by_role("button", name="書類を登録し").click()


def searched(page: Page) -> None:
    """Look for the Individual Number and wait until the page shows what was found."""
    expect(page.locator(".search.done")).to_be_visible()
    page.wait_for_load_state()


def still(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    keep(page, name)


def test_a_pile_from_the_scanner_into_the_store(served, browser):
    with watched(browser, 1366) as watch:
        page = watch.page
        sit_down(page, served)
        batch = take_in(page, served)
        still(page, "intake-batch-1366")
        file_forms(page)
        register_record(page, served.numbers[0])
        page.get_by_role("link", name="個人番号の確認").click()
        searched(page)
        still(page, "intake-redaction-1366")
        proposed = page.locator(".sheet .box").count()
        assert proposed >= 1
        page.get_by_role("button", name="墨塗りして保管する").click()
        page.wait_for_url(batch)
        page.get_by_role("button", name="仕切り紙を破棄する").click()
        page.goto(f"{served.address}/cases/{served.numbers[0]}/documents/")
        page.get_by_label("受付の確認").check()
        page.get_by_role("button", name="開く").click()
        expect(page.locator(".strip .thumb")).to_have_count(3)
        page.locator(".strip a").last.click()
        page.wait_for_load_state()
        assert page.locator(".paper img").evaluate("image => image.complete && image.naturalWidth > 500")
        still(page, "intake-documents-1366")
        assert watch.strangers(served.address) == []
        assert [text for text in watch.complaints if not any(one in text for one in _EXPECTED)] == []


def test_boxes_are_placed_by_two_clicks_dragged_typed_and_removed(served, browser):
    with watched(browser, 1366) as watch:
        page = watch.page
        sit_down(page, served)
        take_in(page, served)
        file_forms(page)
        register_record(page, served.numbers[0])
        page.get_by_role("link", name="個人番号の確認").click()
        searched(page)
        for _ in range(page.locator(".boxes tbody tr:not(.fresh)").count()):
            page.get_by_role("button", name="消す").first.click()
        expect(page.locator(".sheet .box")).to_have_count(0)
        page.locator(".sheet").click(position={"x": 100, "y": 200})
        page.locator(".sheet").click(position={"x": 300, "y": 240})
        expect(page.locator(".sheet .box")).to_have_count(1)
        left = page.get_by_label("枠 1 左")
        before = float(left.input_value())
        frame = page.locator(".sheet .box").bounding_box()
        page.mouse.move(frame["x"] + 20, frame["y"] + 10)
        page.mouse.down()
        page.mouse.move(frame["x"] + 80, frame["y"] + 10, steps=4)
        page.mouse.up()
        assert float(left.input_value()) > before + 5
        left.fill("10.0")
        assert float(page.locator(".sheet .box").get_attribute("x")) == pytest.approx(10 * 200 / 25.4, abs=2)
        assert watch.complaints == []


def test_a_page_is_redacted_and_stored_by_keyboard_alone(served, browser):
    with watched(browser, 1366) as watch:
        page = watch.page
        sit_down(page, served)
        take_in(page, served)
        file_forms(page)
        register_record(page, served.numbers[0])
        page.get_by_role("link", name="個人番号の確認").press("Enter")
        searched(page)
        count = page.locator(".sheet .box").count()
        page.keyboard.press("a")
        expect(page.locator(".sheet .box")).to_have_count(count)  # keys are off until switched on
        page.get_by_label("キー操作：").press("Space")
        page.keyboard.press("a")
        expect(page.locator(".sheet .box")).to_have_count(count + 1)
        # In a field the same key is a character, and does nothing.
        page.keyboard.press("b")
        assert "/redaction/" in page.url
        page.keyboard.press("ArrowUp")
        page.get_by_label("キー操作：").focus()
        page.keyboard.press("b")
        page.wait_for_url("**/batches/T*/")
        expect(page.get_by_text("保管済 5")).to_be_visible()


def test_everything_works_without_scripts(served, browser):
    with watched(browser, 1366, java_script_enabled=False) as watch:
        page = watch.page
        sit_down(page, served)
        page.set_input_files("#files", served.pile)
        followed(page, page.get_by_role("button", name="取り込む"))
        until_done(page)
        page.get_by_label("原本の保管場所").fill("A-03")
        followed(page, page.get_by_role("button", name="登録して保管する"))
        until_done(page)
        register_record(page, served.numbers[0])
        followed(page, page.get_by_role("link", name="個人番号の確認"))
        for side, value in (("左", "20"), ("上", "30"), ("右", "90"), ("下", "40")):
            page.get_by_label(f"新しい枠 {side}").fill(value)
        boxes = page.locator(".sheet .box")
        before = boxes.count()
        page.get_by_role("button", name="描く").click()
        expect(boxes).to_have_count(before + 1)
        page.get_by_role("button", name="墨塗りして保管する").click()
        expect(page.get_by_text("保管済 5")).to_be_visible()


def test_pages_fit_are_readable_and_ask_nobody_else(served, browser):
    with watched(browser, WIDTHS[0]) as watch:
        page, found = watch.page, {}
        sit_down(page, served)
        for width in WIDTHS:
            found[f"list-{width}"] = at_width(watch, "list", width)
        batch = take_in(page, served)
        number = batch.rstrip("/").rsplit("/", 1)[1]
        paths = {
            "batch": f"/intake/batches/{number}/",
            "case": f"/intake/batches/{number}/cases/{served.numbers[0]}/",
            "redaction": f"/intake/batches/{number}/pages/6/redaction/",
            "new-envelope": "/intake/envelopes/new/",
            "separators": "/intake/separators/",
            "desk": "/desk/",
            "documents": f"/cases/{served.numbers[0]}/documents/",
        }
        for name, path in paths.items():
            page.goto(served.address + path)
            if name == "redaction":
                # The page renews itself once the numbers were looked for.
                searched(page)
            for width in WIDTHS:
                found[f"{name}-{width}"] = at_width(watch, name, width)
        assert {name: problems for name, problems in found.items() if problems} == {}
        assert watch.strangers(served.address) == []
        assert [text for text in watch.complaints if not any(one in text for one in _EXPECTED)] == []


def at_width(watch: Watch, name: str, width: int) -> list[str]:
    """Return what is wrong with the page at a width."""
    watch.width = width
    watch.page.set_viewport_size({"width": width, "height": 900})
    still(watch.page, f"intake-{name}-{width}")
    return watch.findings()
