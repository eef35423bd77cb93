"""The office's head: groups of places at every width, by keyboard, without a script, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests import given
from tests.web.installation import installation
from tests.web.looking import keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down

SEEN = ((320, "ja"), (1024, "en"), (1366, "ja"))


@pytest.fixture
def address(fresh_database, tmp_path) -> Iterator[str]:
    given.office()
    with site(installation(tmp_path / "office")) as served:
        yield served


def test_an_open_group_shows_its_places_within_the_page(address, browser):
    for width, language in SEEN:
        with watched(browser, width) as watch:
            sit_down(watch.page, address, "上野")
            watch.page.goto(f"{address}/language/{language}/?next=/notices/")
            fits(watch, language)
    with watched(browser, 1366, java_script_enabled=False) as watch:
        page = watch.page
        page.goto(f"{address}/desk/")
        page.get_by_role("button", name="上野").press("Enter")
        page.wait_for_load_state()
        page.locator(".places summary").nth(2).press("Enter")
        for key in ("Tab", "Tab", "Enter"):
            page.keyboard.press(key)
        expect(page).to_have_url(f"{address}/campaigns/")
        expect(page.locator(".places summary.here")).to_contain_text("一斉通知")


def fits(watch, language: str) -> None:
    page = watch.page
    for place, group in enumerate(page.locator(".places summary").all()):
        group.click()
        links = page.locator(".places details[open] a")
        expect(links.nth(1)).to_be_visible()
        for link in links.all():
            box = link.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= watch.width, (language, link.text_content())
        keep(page, f"places-{language}-{watch.width}-{place}")
    page.keyboard.press("Escape")
    expect(page.locator(".places details[open]")).to_have_count(0)
    assert watch.findings() == []
