"""The page of editions and the repository's texts in a real browser: every width, axe (2.2, 10)."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inro.configuration.policy import load_policy
from inro.store.models import EditionText
from inro.usecases.edition import record_text_published, register_editions
from tests import given
from tests.usecases.test_edition import PUBLISHER, WORKER, planned, subscribers
from tests.web.installation import POLICY, installation
from tests.web.looking import WIDTHS, keep, watched
from tests.web.serving import site


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The addresses of office and public pages."""

    office: str
    public: str


@pytest.fixture
def served(fresh_database, tmp_path: Path) -> Iterator[Served]:
    """Both sites over seven editions, one of which waits for a subscriber's notice."""
    home = installation(tmp_path / "home")
    register_editions(editions=load_policy(POLICY).editions.values(), actor=PUBLISHER, now=given.NOW)
    folder = Path(shutil.copytree(POLICY, tmp_path / "policy"))
    policy = planned(folder)
    file = home / "inro.toml"
    file.write_text(file.read_text("utf-8").replace(str(POLICY), str(folder)), "utf-8")
    subscribers(of=1)
    register_editions(editions=policy.editions.values(), actor=PUBLISHER, now=given.NOW)
    for text in EditionText.objects.exclude(edition__name="2027-02-01"):
        record_text_published(text=text.pk, actor=WORKER, now=given.NOW)
    with site(home) as office, site(home, "public") as public:
        yield Served(office=office, public=public)


def test_editions_fit_at_every_width(served, browser):
    for width in WIDTHS:
        with watched(browser, width) as watch:
            # Who publishes reads no cases, and the list of them is where one else sits down.
            watch.page.goto(f"{served.office}/desk/?next=/editions/")
            watch.page.get_by_role("button", name="清水").click()
            watch.page.wait_for_url(f"{served.office}/editions/")
            assert watch.findings() == [], width
            keep(watch.page, f"editions-{width}")
            watch.page.goto(f"{served.public}/repository/")
            assert watch.findings() == [], width
            keep(watch.page, f"repository-{width}")
            assert watch.complaints == []
