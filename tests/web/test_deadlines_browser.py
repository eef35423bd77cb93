"""The board of deadlines in a real browser, narrow and wide (18.7, 26.2)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from inro.practice.platform_obligations import PlatformFacts
from inro.usecases.actor import process
from inro.usecases.night import run_night
from tests import given, posted
from tests.web.installation import installation
from tests.web.looking import keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down


@pytest.fixture
def served(fresh_database, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The office's address and a case whose slip never came, over a night that has passed."""
    house = given.office()
    waiting, reminded = posted.issued(house), posted.issued(house)
    posted.to_subscriber(waiting, number=1)
    posted.to_subscriber(reminded, number=2)
    posted.remind(reminded, date(2026, 12, 22))
    now = datetime.now(UTC)
    facts = PlatformFacts(
        tokens={"HSM 1号機": now.date() + timedelta(days=60)}, accredited_until=date(2099, 3, 31)
    )
    run_night(platform=lambda: facts, actor=process("worker-1"), now=now)
    with site(installation(tmp_path / "home")) as address:
        yield address, posted.number_of(reminded)


def test_the_pages_fit_narrow_and_wide(served, browser):
    address, number = served
    pages = {"board": "/deadlines/?ahead=all", "case": f"/deadlines/{number}/", "health": "/health/"}
    for width in (320, 1280):
        with watched(browser, width) as watch:
            sit_down(watch.page, address, "森")
            for name, path in pages.items():
                watch.page.goto(address + path)
                keep(watch.page, f"deadlines-{name}-{width}")
                assert watch.findings() == [], (name, width)
            # The address is shown once, whole, where a narrow screen has room for it.
            watch.page.goto(f"{address}/deadlines/calendar/")
            watch.page.click("button[value=make]")
            assert ".ics" in watch.page.input_value("#address")
            keep(watch.page, f"deadlines-subscription-{width}")
            assert watch.findings() == [], ("subscription", width)
            assert watch.strangers(address) == []
            assert watch.complaints == []
