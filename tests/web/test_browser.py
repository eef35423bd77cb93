"""The pages in a real browser: narrow and wide, by keyboard, with contrast, nothing asked elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.installation import installation
from tests.web.looking import FOCUSED, WIDTHS, keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down
from tests.web.story import Story, tell

FOCUSABLE = "a[href], button, input:not([type=hidden]), select, summary"


@pytest.fixture
def served(fresh_database, tmp_path: Path) -> Iterator[tuple[str, Story]]:
    """The office over cases in every state."""
    story = tell()
    with site(installation(tmp_path / "home")) as address:
        yield address, story


def pages_of(story: Story) -> dict[str, str]:
    """Return the pages to look at, by name."""
    return {
        "cases": "/",
        "case-valid": f"/cases/{story.valid}/",
        "case-revoked": f"/cases/{story.revoked}/",
        "case-drafted": f"/cases/{story.drafted}/",
        "certificate": f"/cases/{story.valid}/certificate/",
        "repository": "/repository/",
        "missing": "/cases/A26-999999-Z/",
    }


def test_pages_fit_are_readable_and_ask_nobody_else(served, browser):
    address, story = served
    for width in WIDTHS:
        with watched(browser, width) as watch:
            sit_down(watch.page, address)
            for name, path in pages_of(story).items():
                watch.page.goto(address + path)
                assert watch.findings() == [], (name, width)
                keep(watch.page, f"{name}-{width}")
            assert watch.strangers(address) == []
            assert [text for text in watch.complaints if "404" not in text] == []


def test_everything_is_reached_by_keyboard_with_a_visible_focus(served, browser):
    address, story = served
    with watched(browser, 1440) as watch:
        page = watch.page
        sit_down(page, address)
        for path in ("/", f"/cases/{story.revoked}/", "/repository/"):
            page.goto(address + path)
            wanted = page.locator(FOCUSABLE).filter(visible=True).count()
            seen = set()
            for _ in range(wanted):
                page.keyboard.press("Tab")
                focused = page.evaluate(FOCUSED)
                assert focused[1] == "solid", focused
                assert focused[2] >= 3, focused
                seen.add(focused[0])
            assert len(seen) == wanted
        page.goto(address)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


def test_a_visitor_goes_from_the_list_to_the_certificate_and_changes_the_language(served, browser):
    address, story = served
    with watched(browser, 1440) as watch:
        page = watch.page
        sit_down(page, address)
        page.goto(f"{address}/?view=all")
        page.get_by_role("link", name=story.revoked).click()
        expect(page.get_by_role("heading", name="経過")).to_be_visible()
        page.get_by_role("link", name="証明書のすべての項目を見る").click()
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", name="Content of the certificate")).to_be_visible()
        expect(page).to_have_url(f"{address}/cases/{story.revoked}/certificate/")
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_pages_work_without_javascript_at_double_size(served, browser):
    address, story = served
    with watched(browser, 640, java_script_enabled=False) as watch:
        page = watch.page
        page.set_viewport_size({"width": 640, "height": 450})
        sit_down(page, address)
        page.goto(f"{address}/cases/{story.valid}/")
        expect(page.get_by_role("heading", name="経過")).to_be_visible()
