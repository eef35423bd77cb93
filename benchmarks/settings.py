"""Django settings of the benchmarks: the record of a throwaway installation, durable as in production."""

import os
from pathlib import Path

from inro.configuration.policy import load_policy
from inro.settings.common import *  # noqa: F403
from inro.settings.databases import sqlite

SECRET_KEY = "benchmarks-only"
POLICY = load_policy(Path(__file__).parents[1] / "policy")
DATABASES = {"default": sqlite(Path(os.environ["INRO_BENCH_DATABASE"]))}
