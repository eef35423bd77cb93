"""Fixtures over the servers of this folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from inro.demo.servers.programs import program
from inro.demo.servers.slapd import SlapdServer, slapd_server
from tests.servers.pcscd import PcscServer, pcsc_place, pcsc_server

# As long as a page may take on a machine that is busy with other tests.
PATIENCE_MS = 180_000
expect.set_options(timeout=PATIENCE_MS)

# A browser under test asks nobody on the network for anything.
_QUIET = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def slapd() -> Iterator[SlapdServer]:
    """A directory server for this run; it is empty: a test adds the suffix it needs."""
    with slapd_server() as server:
        yield server


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window, for one test.

    Its driver's event loop runs in this thread until the end of the fixture, and Django would take what uses
    the database meanwhile for asynchronous: a test asks for its database before its browser.
    """
    # Its own sandbox refuses root.
    arguments = [*_QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(_QUIET)
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=program("chromium"), args=arguments, timeout=PATIENCE_MS
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, Japanese as its first language; the test fails on an error of the page's scripts."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    errors: list[str] = []
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def pcscd_place() -> Iterator[Path]:
    """Where this run's card readers are found."""
    with pcsc_place() as folder:
        yield folder


@pytest.fixture(scope="module")
def pcscd(pcscd_place: Path) -> Iterator[PcscServer]:
    """Two virtual readers for the tests of a file, each of which puts its own card files into them."""
    with pcsc_server(pcscd_place) as server:
        yield server
