"""A mass revocation in a real browser: planned, rehearsed and seen at every width (22.1, 40(7))."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests import given, given_mass, posted
from tests.pki import material
from tests.web.given_officers import officers_of
from tests.web.installation import installation
from tests.web.looking import WIDTHS, keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down

# The served process has its own clock.
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def address(fresh_database, tmp_path) -> Iterator[str]:
    home = installation(tmp_path / "office")
    house = officers_of(home)
    (home / "room" / "ca.der").write_bytes(material.issuer().certificate)
    for _ in range(2):
        last = posted.issued(house, now=NOW - timedelta(days=5))
    given.revoked(house, last, now=NOW - timedelta(hours=2))
    given_mass.decided(house, now=NOW - timedelta(hours=1))
    posted.issued(house, now=NOW - timedelta(days=4))
    with site(home) as served:
        yield served


def test_a_plan_is_made_rehearsed_and_seen_at_every_width(address, browser):
    with watched(browser, 1280) as watch:
        page = watch.page
        sit_down(page, address, "石川")
        page.goto(f"{address}/mass-revocations/new/")
        keep(page, "mass-new")
        page.get_by_label("この認証局のすべての証明書").check()
        page.get_by_label("認証局秘密鍵の危殆化").first.check()
        page.get_by_role("button", name="対象を抽出する").click()
        page.wait_for_url("**/mass-revocations/G*/")
        where = page.url.removeprefix(address)
        page.get_by_role("button", name="予行する").click()
        expect(page.get_by_text("計画どおりの一覧")).to_be_visible()
        keep(page, "mass-rehearsed")
        assert watch.findings() == []
        assert watch.complaints == []
        assert watch.strangers(address) == []
    pages = {"list": "/mass-revocations/", "new": "/mass-revocations/new/", "plan": where}
    for width in WIDTHS:
        with watched(browser, width) as watch:
            sit_down(watch.page, address, "石川")
            for name, path in pages.items():
                watch.page.goto(f"{address}{path}")
                assert watch.findings() == [], (name, width)
                keep(watch.page, f"mass-{name}-{width}")
            watch.page.goto(f"{address}/mass-revocations/")
            watch.page.locator("tbody a").last.click()
            assert watch.findings() == [], width
            keep(watch.page, f"mass-decided-{width}")
