"""Ten thousand hostile names through wizard, command line, import and paper: taken or refused (8.7, 8.12)."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from django.test import Client
from django.test.utils import override_settings

from benchmarks.rows import Row, count_row
from benchmarks.size import Size
from benchmarks.world import POLICY
from inro.configuration.policy import load_policy
from inro.settings import applying, pages
from inro.web.site import Site
from tests.hostile import hostile_names
from tests.hostile_channels import (
    Passed,
    through_import,
    through_name_replace,
    through_paper,
    through_wizard,
)
from tests.paper.sheets import OPERATOR
from tests.web.applicant import SUBSCRIBER, Applicant

NAMES = 10_000
_FIGURE = "hostile"


def measure(size: Size) -> list[Row]:
    """Return a row for each way in and out."""
    names = hostile_names(size.of(NAMES))
    with tempfile.TemporaryDirectory() as folder:
        channels: dict[str, Callable[[], Passed]] = {
            "inro name replace": lambda: through_name_replace(names),
            "inro import applications": lambda: through_import(names, Path(folder)),
            "application forms as PDF": lambda: through_paper(names),
            "the wizard's page of the subscriber": lambda: _typed(names),
        }
        return [_row(words, send, len(names)) for words, send in channels.items()]


def _row(words: str, send: Callable[[], Passed], wanted: int) -> Row:
    begun = time.perf_counter()
    passed = send()
    wall = (time.perf_counter() - begun) / wanted
    row = count_row(
        figure=_FIGURE,
        subject=f"hostile names through {words}",
        against="every name taken whole or refused in words",
        unit="names",
        found=passed.count,
        wanted=wanted,
        checked={"taken": passed.taken, "refused": passed.refused},
    )
    return replace(row, wall=wall)


def _typed(names: list[str]) -> Passed:
    site = Site(
        operator=OPERATOR.name,
        service=OPERATOR.service,
        demonstration=True,
        files="http://127.0.0.1:1",
        cps="http://127.0.0.1:1",
    )
    mine = {"POLICY": load_policy(POLICY), "OPERATOR": OPERATOR, "SITE": site}
    cookies = {"SESSION_COOKIE_SECURE": False, "CSRF_COOKIE_SECURE": False, "ALLOWED_HOSTS": ["testserver"]}
    shown = _constants(pages) | _constants(applying) | mine | cookies
    with override_settings(ROOT_URLCONF="inro.web.public.urls", **shown):
        applicant = Applicant(Client(raise_request_exception=True)).begin().until("subscriber")
        return through_wizard(names, applicant, step="subscriber", fields=list(SUBSCRIBER))


def _constants(module: ModuleType) -> dict[str, Any]:
    names = (name for name in dir(module) if name.isupper() and not name.startswith("_"))
    return {name: getattr(module, name) for name in names if name != "WEB"}
