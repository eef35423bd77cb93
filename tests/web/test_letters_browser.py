"""Letters and checks in a real browser: from points to post by keyboard, at every width (9.2, 24, 46)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from inro.practice.calendar import jst_date
from inro.store.ids import ApplicationId
from inro.store.reads.application import application_record
from inro.store.reads.issuance import issuance_order
from inro.store.reads.letters import letter_record
from tests import given, posted
from tests.usecases import given_letters as made
from tests.web.installation import installation
from tests.web.looking import WIDTHS, Watch, keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down

# The served process has its own clock, so these cases lie before the present.
NOW = datetime.now(UTC)
MONTH_AGO = NOW - timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office at an address, with a case of each kind."""

    address: str
    fresh: str
    drafted: str
    lapsed: str
    rejected: str
    proxy: str
    accepted: str
    letter: str


def number(application: ApplicationId) -> str:
    return application_record(application).number


@pytest.fixture
def served(fresh_database, tmp_path) -> Iterator[Served]:
    house = given.office()
    lapsed = given.examining(now=MONTH_AGO)
    sent = made.posted(lapsed, now=MONTH_AGO)
    made.printed(made.released(given.examining(now=NOW), now=NOW), now=NOW)
    drafted = given.examining(now=NOW)
    made.written(drafted, now=NOW)
    rejected = given.examined(house, now=MONTH_AGO)
    given.reject(house, rejected, now=NOW)
    proxy = posted.issued(house, now=NOW - timedelta(days=15))
    posted.to_subscriber(proxy, on=jst_date(NOW - timedelta(days=15)), now=NOW - timedelta(days=15))
    asked = made.asked_for_proxy(proxy, arrived_on=jst_date(NOW), now=NOW)
    made.examined(asked, verdicts=made.DEFICIENT, now=NOW)
    accepted = issuance_order(given.accepted(house, now=NOW)).application_id
    with site(installation(tmp_path / "office")) as address:
        yield Served(
            address=address,
            fresh=number(given.examining(now=NOW)),
            drafted=number(drafted),
            lapsed=number(lapsed),
            rejected=number(rejected),
            proxy=number(proxy),
            accepted=number(accepted),
            letter=letter_record(sent).number,
        )


def test_a_letter_from_its_points_to_the_post_by_keyboard(served, browser):
    with watched(browser, 1366, java_script_enabled=False) as watch:
        page = watch.page
        sit_down(page, served.address, "石川")
        page.goto(f"{served.address}/cases/{served.fresh}/deficiency/")
        page.get_by_label("同意がない").press("Space")
        page.get_by_role("button", name="文面へ進む").press("Enter")
        page.get_by_label("お願いすること").first.fill("作り直した申込書をお送りください。")
        page.get_by_role("button", name="下書きを作って確かめる").press("Enter")
        expect(page.locator(".sheets img").first).to_have_js_property("naturalWidth", 900)
        page.get_by_role("button", name="この内容で確定する").press("Enter")
        sit_down(page, served.address, "上野")
        page.get_by_text("通知", exact=True).click()
        page.get_by_role("link", name="通知書").click()
        expect(page.get_by_role("heading", name="発送待ち 1")).to_be_visible()
        page.get_by_role("button", name="選んだ通知書を発送した").press("Enter")
        expect(page.get_by_role("heading", name="発送待ち 0")).to_be_visible()
        assert watch.complaints == []


def test_pages_fit_are_readable_and_ask_nobody_else(served, browser):
    with watched(browser, WIDTHS[0]) as watch:
        page, found = watch.page, {}
        for person, paths in {
            "石川": {
                "fresh": f"/cases/{served.fresh}/deficiency/",
                "drafted": f"/cases/{served.drafted}/deficiency/",
                "lapsed": f"/cases/{served.lapsed}/deficiency/",
                "antisocial": f"/cases/{served.fresh}/antisocial/",
                "proxy": f"/cases/{served.proxy}/proxy/",
            },
            "森": {"withdrawal": f"/cases/{served.fresh}/termination/"},
            "西村": {"termination": f"/cases/{served.accepted}/termination/"},
            "上野": {"list": "/letters/", "letter": f"/letters/{served.letter}/"},
        }.items():
            sit_down(page, served.address, person)
            for name, path in paths.items():
                page.goto(served.address + path)
                for width in WIDTHS:
                    found[f"{name}-{width}"] = at_width(watch, name, width)
        assert {name: problems for name, problems in found.items() if problems} == {}
        assert watch.strangers(served.address) == []
        assert watch.complaints == []


def at_width(watch: Watch, name: str, width: int) -> list[str]:
    """Return what is wrong with the page at a width; where columns fold, axe looks again."""
    watch.width = width
    watch.page.set_viewport_size({"width": width, "height": 900})
    watch.page.wait_for_load_state("networkidle")
    keep(watch.page, f"letters-{name}-{width}")
    if width in (WIDTHS[0], WIDTHS[2]):
        return watch.findings()
    wide = watch.page.evaluate("document.documentElement.scrollWidth") > width
    return ["wider than the window"] if wide else []
