"""The page of the service's end in a real browser: every width, axe, nothing from elsewhere (11)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import given
from tests.usecases import given_discontinuation as end
from tests.web.given_officers import officers_of
from tests.web.installation import installation
from tests.web.looking import WIDTHS, keep, watched
from tests.web.serving import site


@pytest.fixture
def served(fresh_database, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Office and public pages of a house whose end is decided."""
    home = installation(tmp_path / "home")
    house = officers_of(home)
    given.issued(house)
    end.announced(end.decided(house))
    with site(home) as office, site(home, "public") as public:
        yield office, public


def test_the_end_of_the_service_fits_at_every_width(served, browser):
    office, public = served
    for width in (1280, *WIDTHS):
        with watched(browser, width) as watch:
            watch.page.goto(f"{office}/desk/?next=/discontinuation/")
            watch.page.get_by_role("button", name="西村").click()
            watch.page.wait_for_url(f"{office}/discontinuation/")
            assert watch.findings() == [], width
            keep(watch.page, f"discontinuation-{width}")
            watch.page.goto(f"{public}/repository/")
            assert watch.findings() == [], width
            assert watch.complaints == []
            assert watch.strangers(office, public) == []


def test_what_everybody_is_told_is_readable_on_the_public_page(served, browser):
    _, public = served
    for language in ("ja", "en"):
        for width in (1280, WIDTHS[0]):
            with watched(browser, width) as watch:
                watch.page.goto(f"{public}/language/{language}/?next=/notices/")
                expect(watch.page.locator("h2")).to_have_text("電子証明書発行サービスの終了のお知らせ")
                assert watch.findings() == [], (language, width)
                assert watch.complaints == []
                keep(watch.page, f"discontinuation-notices-{language}-{width}")
