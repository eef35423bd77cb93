"""Django settings of the benchmarks: the record of a throwaway installation, durable as in production."""

import os
from pathlib import Path

from inro.settings.common import *  # noqa: F403
from inro.settings.databases import sqlite

SECRET_KEY = "benchmarks-only"
DATABASES = {"default": sqlite(Path(os.environ["INRO_BENCH_DATABASE"]))}
