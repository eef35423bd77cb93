"""Campaigns in a real browser: plan, release by another, print and post, at every width (2.2, 40(7))."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from inro.practice.calendar import jst_date
from tests import given, posted
from tests.usecases.given_notices import MAILBOX, reachable
from tests.web.installation import installation
from tests.web.looking import WIDTHS, keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down
from tests.web.test_notices import MAIL

# The served process has its own clock.
NOW = datetime.now(UTC)


@pytest.fixture
def address(fresh_database, tmp_path) -> Iterator[str]:
    house = given.office()
    for _ in range(2):
        posted.issued(house, now=NOW - timedelta(days=5))
    reachable(posted.issued(house, now=NOW - timedelta(days=5)))
    home = installation(tmp_path / "office")
    file = home / "inro.toml"
    file.write_text(file.read_text("utf-8") + MAIL, "utf-8")
    with site(home) as served:
        yield served


def test_a_campaign_goes_through_two_persons_at_every_width(address, browser):
    day = (jst_date(NOW) + timedelta(days=60)).strftime("%Y/%m/%d")
    with watched(browser, 1366) as watch:
        page = watch.page
        sit_down(page, address, "上野")
        page.goto(f"{address}/campaigns/new/?kind=maintenance")
        page.get_by_label("日", exact=True).fill(day)
        page.get_by_label("変更・停止の内容").fill("9時から18時まで、設備を交換するため停止します。")
        keep(watch.page, "campaign-new")
        page.get_by_label("電子メール").check()
        page.get_by_role("button", name="対象者を抽出する").click()
        expect(page.get_by_role("heading", name="通知する件数 3")).to_be_visible()
        where = page.url
        sit_down(page, address, "西村")
        page.goto(where)
        page.get_by_role("button", name="3件を承認する").click()
        sit_down(page, address, "上野")
        page.goto(where)
        page.get_by_role("button", name="印刷する", exact=True).click()
        expect(page.get_by_role("link", name="1", exact=True)).to_be_visible()
        page.get_by_role("button", name="準備する").click()
        page.get_by_role("link", name="内容を確認して送信する").click()
        lot = page.url
        expect(page.get_by_text(MAILBOX)).to_be_visible()
        assert watch.findings() == []
        keep(page, "campaign-messages")
        assert watch.complaints == []
        assert watch.strangers(address) == []
    for width in WIDTHS:
        with watched(browser, width) as watch:
            sit_down(watch.page, address, "上野")
            paths = (("campaigns", f"{address}/campaigns/"), ("campaign", where), ("campaign-messages", lot))
            for name, path in paths:
                watch.page.goto(path)
                assert watch.findings() == [], (name, width)
                keep(watch.page, f"{name}-{width}")
    with watched(browser, 1366, java_script_enabled=False) as watch:
        sit_down(watch.page, address, "上野")
        watch.page.goto(lot)
        watch.page.get_by_role("button", name="内容を確認したので1件を送信する").press("Enter")
        expect(watch.page.get_by_role("heading", name="束 2")).to_be_visible()
