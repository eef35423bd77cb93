"""The pages in a real browser: narrow and wide, by keyboard, with contrast, nothing asked elsewhere."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.installation import installation
from tests.web.serving import site
from tests.web.story import Story, tell

WIDTHS = (320, 768, 1440)
# WCAG 2.2: relative luminance and the ratio of two of them; every text node against what lies behind it.
CONTRAST = """() => {
  const parts = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92
    : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, e = text.parentElement;
    if (!text.data.trim() || !e.getClientRects().length) continue;
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push([text.data.trim().slice(0, 30), ratio]);
  }
  return low;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('nav a, .language, .bar a, button')]
  .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height < 24).map(([text]) => text)"""

# Which link has the focus, and how that is drawn.
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const place = [...document.querySelectorAll('a[href]')].indexOf(e);
  return [place, style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


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


def watched(browser: Browser, width: int, asked: list[str], complaints: list[str]) -> Page:
    """Return a page of one width that notes every request and every complaint of the browser."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="ja-JP")
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_are_readable_and_ask_nobody_else(served, browser, width):
    address, story = served
    asked: list[str] = []
    complaints: list[str] = []
    page = watched(browser, width, asked, complaints)
    for name, path in pages_of(story).items():
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(CONTRAST) == [], name
        assert page.evaluate(SMALL_TARGETS) == [], name
        assert page.locator("h1").count() == 1, name
        keep(page, f"{name}-{width}")
    page.close()
    assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}
    assert [text for text in complaints if "404" not in text] == []


def test_everything_is_reached_by_keyboard_with_a_visible_focus(served, browser):
    address, story = served
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    for path in ("/", f"/cases/{story.revoked}/", "/repository/"):
        page.goto(address + path)
        wanted = page.locator("a[href]").count()
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
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_a_visitor_goes_from_the_list_to_the_certificate_and_changes_the_language(served, browser):
    address, story = served
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.get_by_role("link", name=story.revoked).click()
    assert page.get_by_role("heading", name="経過").is_visible()
    page.get_by_role("link", name="証明書のすべての項目を見る").click()
    page.get_by_role("link", name="English").click()
    assert page.url.endswith(f"/cases/{story.revoked}/certificate/")
    assert page.get_by_role("heading", name="Content of the certificate").is_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    page.close()


def test_pages_work_without_javascript_at_double_size(served, browser):
    address, story = served
    context = browser.new_context(java_script_enabled=False, viewport={"width": 640, "height": 450})
    page = context.new_page()
    page.goto(f"{address}/cases/{story.valid}/")
    assert page.get_by_role("heading", name="経過").is_visible()
    context.close()


def keep(page: Page, name: str) -> None:
    """Keep a picture where `INRO_SCREENSHOTS` names a folder."""
    folder = os.environ.get("INRO_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
