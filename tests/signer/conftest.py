"""The signer's room, over a token made once a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.signer.given_signer import CaPlace, World, make_ca, world_of


@pytest.fixture(scope="session")
def ca(tmp_path_factory: pytest.TempPathFactory) -> CaPlace:
    """A CA's token and certificate."""
    return make_ca(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def world(ca: CaPlace, db: None, tmp_path: Path) -> Iterator[World]:
    """A house with officers and the signer's room; the day's lists are signed."""
    with world_of(ca, tmp_path) as opened:
        opened.work()
        yield opened
