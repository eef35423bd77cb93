"""Settings of the tests: SQLite in a file, or the PostgreSQL whose socket folder the environment names."""

import os
import tempfile
from pathlib import Path

from inro.configuration.policy import load_policy
from inro.settings.common import *  # noqa: F403
from inro.settings.databases import postgresql, sqlite

SECRET_KEY = "tests-only"
POLICY = load_policy(Path(__file__).parents[3] / "policy")
if "INRO_TEST_POSTGRESQL" in os.environ:
    DATABASES = {
        "default": postgresql(host=os.environ["INRO_TEST_POSTGRESQL"], port=5432, name="inro", user="inro")
    }
else:
    # A file, since threads of one process would share a database in memory.
    _folder = Path(tempfile.gettempdir())
    DATABASES = {
        "default": sqlite(_folder / "inro-unused.sqlite3")
        | {"TEST": {"NAME": str(_folder / f"inro-tests-{os.getpid()}.sqlite3")}}
    }
    # A machine that is busy with other tests lets the last of eight writers wait for long.
    DATABASES["default"]["OPTIONS"]["timeout"] = 300
