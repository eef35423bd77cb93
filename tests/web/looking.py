"""How a page is looked at in a real browser: at every width, by keyboard, by axe, asking nobody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.servers.fixtures import PATIENCE_MS

WIDTHS = (320, 768, 1366, 1920)
# Pages have a narrow and a wide form: axe, which takes a second, sees each of them once.
_BY_AXE = frozenset({320, 1366})
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

# Which link or control has the focus, and how that is drawn.
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const place = [...document.querySelectorAll('a[href], button, input, select, summary')].indexOf(e);
  return [place, style.outlineStyle, parseFloat(style.outlineWidth)];
}"""
# What WCAG 2.2 AA asks, as axe names its rules.
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@dataclass(slots=True, kw_only=True)
class Watch:
    """A page, every request it made, and every complaint of the browser about it."""

    page: Page
    width: int
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hear(self, complaint: str) -> None:
        """Note a complaint, but not that the tester typed before the page had put its focus."""
        if not complaint.startswith("Autofocus processing was blocked"):
            self.complaints.append(complaint)

    def findings(self) -> list[str]:
        """Return what is wrong with the page once it has loaded: reflow, contrast, targets, headings, axe."""
        self.page.wait_for_load_state()
        found = axe_findings(self.page) if self.width in _BY_AXE else []
        if self.page.evaluate("document.documentElement.scrollWidth") > self.width:
            found.append("wider than the window")
        found += [f"contrast {low}" for low in self.page.evaluate(CONTRAST)]
        found += [f"small target {text}" for text in self.page.evaluate(SMALL_TARGETS)]
        if self.page.locator("h1").count() != 1:
            found.append("not one h1")
        return found

    def strangers(self, *addresses: str) -> list[str]:
        """Return the requests that went to another origin than `addresses`."""
        return [url for url in self.asked if not url.startswith((*addresses, "data:", "blob:"))]


@contextmanager
def watched(browser: Browser, width: int, **context: object) -> Iterator[Watch]:
    """Yield a page of one width that notes every request and every complaint of the browser."""
    opened = browser.new_context(viewport={"width": width, "height": 900}, locale="ja-JP", **context)
    opened.set_default_timeout(PATIENCE_MS)
    watch = Watch(page=opened.new_page(), width=width)
    watch.page.on("request", lambda request: watch.asked.append(request.url))
    watch.page.on("console", lambda message: watch.hear(message.text))
    watch.page.on("pageerror", lambda error: watch.complaints.append(str(error)))
    try:
        yield watch
    finally:
        opened.close()


def axe_findings(page: Page) -> list[str]:
    """Return every violation that axe sees, with the element it is of."""
    violations = Axe().run(page, options=_RULES).response["violations"]
    return [f"axe {one['id']}: {node['html'][:120]}" for one in violations for node in one["nodes"]]


def keep(page: Page, name: str) -> None:
    """Keep a picture where `INRO_SCREENSHOTS` names a folder."""
    folder = os.environ.get("INRO_SCREENSHOTS")
    if folder:
        page.wait_for_load_state()
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
