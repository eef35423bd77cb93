"""Documents point at what is there: links, decisions by number, pictures."""

import re
from collections import Counter

import pytest

from tests.tools.tree import PROJECT

PAGES = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").rglob("*.md"))]
DECISIONS = sorted((PROJECT / "docs" / "adr").glob("[0-9]*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_link_leads_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    files = [target for target in targets if "://" not in target]
    assert not [target for target in files if not (page.parent / target).exists()]


def test_a_decision_has_a_number_of_its_own():
    assert not [number for number, times in Counter(path.name[:4] for path in DECISIONS).items() if times > 1]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_headed_by_its_number(path):
    assert path.read_text("utf-8").startswith(f"# {int(path.name[:4])}. ")


def test_code_cites_decisions_that_exist():
    known = {int(path.name[:4]) for path in DECISIONS}
    files = [path for folder in ("src", "tests", "policy") for path in (PROJECT / folder).rglob("*.py")]
    cited = {int(number) for path in files for number in re.findall(r"ADR (\d+)", path.read_text("utf-8"))}
    assert cited <= known
