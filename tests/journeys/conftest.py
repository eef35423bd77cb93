"""What the journeys start from."""

import pytest

from tests.journeys.installation import Premises, open_premises


@pytest.fixture(scope="session")
def premises(tmp_path_factory, django_db_blocker) -> Premises:
    """One installation for all journeys of this run."""
    return open_premises(home=tmp_path_factory.mktemp("journeys") / "home", blocker=django_db_blocker)
