"""The board of deadlines in a real browser, narrow and wide (18.7, 26.2)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from inro.pki.crl import ListKey, ListKind
from inro.practice.platform_obligations import PlatformFacts
from inro.practice.probe import ProbeFinding, ProbeResult, Problem
from inro.store.states import Place
from inro.usecases.actor import process
from inro.usecases.night import run_night
from inro.usecases.probe import record_probe
from inro.usecases.publication import record_list, record_list_intent, record_publication, record_read_back
from tests import given, posted
from tests.pki import material
from tests.web.given_held import held_back
from tests.web.installation import installation
from tests.web.looking import keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down


def sign_and_publish(now: datetime) -> None:
    """Sign all lists; the ARL reaches both halves, the CRL the web alone, the full CRL neither."""
    issued = (now - timedelta(minutes=20)).replace(microsecond=0)
    worker, ends = process("worker-1"), issued + timedelta(hours=48)
    reached = {ListKind.ARL: (Place.WEB, Place.DIRECTORY), ListKind.CRL: (Place.WEB,), ListKind.FULL_CRL: ()}
    for kind, places in reached.items():
        draft, key = material.list_draft(kind=kind, this_update=issued, next_update=ends), ListKey(kind)
        record_list_intent(draft=draft, this_update=issued, next_update=ends, actor=worker, now=issued)
        record_list(key=key, number=1, sha256="ab" * 32, size=900, actor=worker, now=issued)
        for place in places:
            for record in (record_publication, record_read_back):
                record(key=key, number=1, place=place, actor=worker, now=issued)


def seen_from_outside(now: datetime) -> ProbeResult:
    """Return a round that found a list that ended, at an address as long as the directory's."""
    address = (
        "ldap://directory.inro.example/CN=Inro%20Demonstration%20CA%20G1,O=Inro%20Demonstration,C=JP"
        "?certificateRevocationList;binary?base"
    )
    found = ProbeFinding(problem=Problem.EXPIRED, address=address, route="direct", detail="number 7")
    return ProbeResult(
        name="大阪 1号", began_at=now, next_by=now + timedelta(hours=1), checked=13, findings=(found,)
    )


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
    sign_and_publish(now)
    record_probe(result=seen_from_outside(now), actor=process("probe"), now=now)
    held_back(now=now)
    home = installation(tmp_path / "home")
    with (home / "inro.toml").open("a", encoding="utf-8") as file:
        file.write('[platform]\nprobers = ["大阪 1号", "仙台"]\n')
    with site(home) as address:
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
