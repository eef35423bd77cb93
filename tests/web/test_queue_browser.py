"""The queue in a real browser: every width, keyboard alone, axe, the search key, a case left (screens 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from inro.store.models import CaseOpening, QueueRow
from tests import given
from tests.servers.families import until
from tests.web.installation import installation
from tests.web.looking import WIDTHS, Watch, axe_findings, keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down
from tests.web.story import tell
from tests.web.test_door_browser import in_a_thread

COMPOSING = """() => document.body.dispatchEvent(
  new KeyboardEvent('keydown', {key: '/', isComposing: true, bubbles: true}))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office's address, a case under examination, and one that another clerk has open."""

    address: str
    examining: str
    elsewhere: str


@pytest.fixture
def served(fresh_database, tmp_path: Path) -> Iterator[Served]:
    """The office over cases in every state, one of them overdue, one near, one open to another clerk."""
    told = tell()
    for _ in range(6):
        given.examining()
    today = datetime.now(UTC).date()
    rows = list(QueueRow.objects.filter(stage="examining").values_list("pk", flat=True))
    deadline = QueueRow.objects.get(number=told.accepted).deadline
    for case, days in zip(rows[1:3], (-3, 1), strict=True):
        QueueRow.objects.filter(pk=case).update(
            due_on=today + timedelta(days=days),
            deadline=deadline,
            next_act="await_correction",
            then_act="reject",
        )
    CaseOpening.objects.create(
        application_id=rows[3],
        person="kimura",
        name="木村　隆",
        opened_at=datetime.now(UTC),
        until=datetime.now(UTC) + timedelta(hours=1),
    )
    elsewhere = QueueRow.objects.get(pk=rows[3]).number
    with site(installation(tmp_path / "home")) as address:
        yield Served(address=address, examining=told.examining, elsewhere=elsewhere)


def test_lists_and_cases_fit_at_every_width(served, browser):
    for width in WIDTHS:
        with watched(browser, width) as watch:
            sit_down(watch.page, served.address, "森")
            look(watch, served, {"list": "/?view=work", "case": f"/cases/{served.examining}/"})


def test_the_other_pages_fit_narrow_and_wide(served, browser):
    for width in (320, 1366):
        with watched(browser, width) as watch:
            sit_down(watch.page, served.address, "森")
            watch.page.goto(f"{served.address}/exports/new/?view=work")
            watch.page.locator("input[value=intake]").check()
            watch.page.get_by_role("button", name="許可を求める").click()
            watch.page.goto(f"{served.address}/cases/{served.examining}/")
            look(
                watch,
                served,
                {
                    "search": "/search/?q=高橋",
                    "exports": "/exports/",
                    "new-export": "/exports/new/?view=work",
                },
            )
            sit_down(watch.page, served.address, "井上")
            look(watch, served, {"reading": "/reading/"})
            sit_down(watch.page, served.address, "石川")
            look(watch, served, {"open-elsewhere": f"/cases/{served.elsewhere}/"})


def look(watch: Watch, served: Served, pages: dict[str, str]) -> None:
    """Look at pages, everything that folds unfolded."""
    for name, path in pages.items():
        watch.page.goto(served.address + path)
        watch.page.evaluate("document.querySelectorAll('.other').forEach(e => { e.open = true; })")
        assert watch.findings() == [], (name, watch.width)
        keep(watch.page, f"queue-{name}-{watch.width}")
    assert watch.strangers(served.address) == []
    assert watch.complaints == []


def test_a_clerk_works_by_keyboard_alone(served, browser):
    with watched(browser, 1366) as watch:
        page = watch.page
        page.set_viewport_size({"width": 1366, "height": 768})
        sit_down(page, served.address, "森")
        page.goto(served.address)
        # Not while typing or composing.
        page.locator("#filter_name").focus()
        page.keyboard.press("/")
        assert page.locator("#filter_name").input_value() == "/"
        page.locator("#filter_name").fill("")
        page.locator("h1").click()
        page.evaluate(COMPOSING)
        assert page.evaluate("document.activeElement.id") != "find"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "find"
        page.keyboard.type("ﾀｶﾊｼ")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("検索")
        expect(page.locator("table.queue tbody tr").first).to_be_visible()
        assert axe_findings(page) == []
        page.goto(f"{served.address}/?view=work")
        page.locator("#tick-all").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="自分の担当にする").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="自分の担当")).to_contain_text("9")


def test_a_case_is_left_with_its_page_but_not_between_its_pages(served, browser):
    with watched(browser, 1366) as watch:
        page = watch.page
        page.set_viewport_size({"width": 1366, "height": 768})
        sit_down(page, served.address, "森")
        page.goto(f"{served.address}/cases/{served.examining}/")
        page.get_by_role("button", name="開いて作業する").click()
        expect(page.get_by_text("あなたが開いています")).to_be_visible()
        page.get_by_role("link", name="書類").click()
        page.get_by_role("link", name=served.examining).click()
        expect(page.get_by_text("あなたが開いています")).to_be_visible()
        # The script that tells of leaving runs before the page has loaded whole.
        page.wait_for_load_state()
        page.get_by_text("記録", exact=True).click()
        page.get_by_role("link", name="リポジトリ").click()
        # The browser tells of it when it can, after the page is gone.
        in_a_thread(lambda: until(lambda: not CaseOpening.objects.filter(person="mori").exists()))
        page.goto(f"{served.address}/cases/{served.examining}/")
        expect(page.get_by_role("button", name="開いて作業する")).to_be_visible()
