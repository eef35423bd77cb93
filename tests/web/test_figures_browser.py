"""The figures in a real browser: every width, their tables unfolded, axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.queue_world import make_cases
from benchmarks.world import NOW
from inro.store.models import Certificate
from inro.usecases.queue import mend_queue
from tests.web.installation import installation
from tests.web.looking import WIDTHS, keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down


@pytest.fixture
def served(fresh_database, tmp_path: Path) -> Iterator[str]:
    """The office over cases in every state, some of which took long."""
    make_cases(range(1, 401))
    mend_queue(now=NOW)
    for certificate in Certificate.objects.filter(pk__lt=300).select_related("application"):
        certificate.application.received_at = certificate.issued_at.replace(day=1)
        certificate.application.save(update_fields=["received_at"])
    with site(installation(tmp_path / "home")) as address:
        yield address


def test_figures_fit_at_every_width(served, browser):
    for width in WIDTHS:
        with watched(browser, width) as watch:
            sit_down(watch.page, served, "森")
            watch.page.goto(f"{served}/figures/")
            assert watch.findings() == [], width
            keep(watch.page, f"figures-{width}")
            watch.page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
            assert watch.findings() == [], width
            keep(watch.page, f"figures-tables-{width}")
            assert watch.strangers(served) == []
            assert watch.complaints == []
