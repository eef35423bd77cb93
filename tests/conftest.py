"""What every test has: servers on this machine, no other network, the marker of the database."""

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.scheduling import TogetherScheduling

# What helpers of tests assert is told with its values too.
pytest.register_assert_rewrite(
    *(f"tests.{one.name}" for one in Path(__file__).parent.iterdir() if one.is_dir())
)

pytest_plugins = ["tests.databases", "tests.servers.fixtures"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}

# Machines differ in speed. The same examples are drawn every time, new ones where somebody looks for faults.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="INRO_CHANCE" not in os.environ,
)
settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses the database or a browser, so that `tools/test` finds them all."""
    for item in items:
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db)
        if "fresh_database" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.own_database)
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.in_browser)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherScheduling:
    """Let tests that share what takes long to make run in one worker."""
    return TogetherScheduling(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers of this folder."""
    config.addinivalue_line("markers", "own_database: commits in a database of its own")
    config.addinivalue_line("markers", "in_browser: looks at pages in a real browser")
    config.addinivalue_line("markers", "any_database: its matter is none of the database's, one will do")


def _refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in {"socket.connect", "socket.sendto"} or not isinstance(arguments[1], tuple):
        return
    host = arguments[1][0]
    if isinstance(host, str) and host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise RuntimeError(f"a test wants to reach {host}: only this machine is there")


sys.addaudithook(_refuse_other_machines)
