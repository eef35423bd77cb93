"""Django settings of the benchmarks: the record of a throwaway installation, durable as in production."""

import os
from pathlib import Path

from inro.configuration.policy import load_policy
from inro.settings.common import *  # noqa: F403
from inro.settings.databases import postgresql, sqlite

SECRET_KEY = "benchmarks-only"
POLICY = load_policy(Path(__file__).parents[1] / "policy")
# Beside a server of the tests, its database; else a file.
DATABASES = {
    "default": postgresql(host=os.environ["INRO_TEST_POSTGRESQL"], port=5432, name="inro", user="inro")
    if "INRO_TEST_POSTGRESQL" in os.environ
    else sqlite(Path(os.environ["INRO_BENCH_DATABASE"]))
}
