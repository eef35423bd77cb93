"""Fixtures over the servers of this folder."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.servers.pcscd import PcscServer, pcsc_server
from tests.servers.programs import program
from tests.servers.slapd import SlapdServer, slapd_server


@pytest.fixture(scope="session")
def slapd() -> Iterator[SlapdServer]:
    """A directory server for this run; it is empty: a test adds the suffix it needs."""
    with slapd_server() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    # Its own sandbox refuses root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as driver:
        # The driver's event loop stays in this thread; Django would take every later test for asynchronous.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = driver.chromium.launch(executable_path=program("chromium"), args=arguments)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, Japanese as its first language; the test fails on an error of the page's scripts."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def pcscd() -> Iterator[PcscServer]:
    """Two virtual readers for this run; a test puts its own card files into them."""
    with pcsc_server() as server:
        yield server
