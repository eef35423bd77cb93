"""Fixtures over the servers of this folder."""

from collections.abc import Iterator

import pytest

from tests.servers.slapd import SlapdServer, slapd_server


@pytest.fixture(scope="session")
def slapd() -> Iterator[SlapdServer]:
    """A directory server for this run; a test uses a suffix entry of its own."""
    with slapd_server() as server:
        yield server
