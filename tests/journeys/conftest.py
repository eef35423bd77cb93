"""What the journeys start from."""

import shutil
from datetime import date

import pytest

from tests.journeys.installation import Premises, open_premises
from tests.journeys.story import Told, tell


@pytest.fixture(scope="session")
def premises(tmp_path_factory, django_db_blocker) -> Premises:
    """One installation for all journeys of this run."""
    return open_premises(home=tmp_path_factory.mktemp("journeys") / "home", blocker=django_db_blocker)


@pytest.fixture(scope="session")
def told(tmp_path_factory) -> Told:
    """The demonstration on its usual days; nobody may change it."""
    return tell(tmp_path_factory.mktemp("told") / "demo")


@pytest.fixture(scope="session")
def told_elsewhen(told, tmp_path_factory) -> Told:
    """The demonstration begun on the last day of a February, told over one of another day."""
    home = shutil.copytree(told.home, tmp_path_factory.mktemp("told-elsewhen") / "demo")
    return tell(home, date(2027, 2, 28))
