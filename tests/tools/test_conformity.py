"""The conformity check notices whatever is gone, missing, unknown or stale."""

import pytest

from tests.tools.tree import PROJECT, plant, run
from tools.conformity import MATRIX, entries, findings, rendered

GOOD = """
["6.1"]
code = ["inro.practice.validity.not_after", "inro.practice.validity.Period.months", "inro.practice"]
tests = ["tests/practice/test_validity.py::test_month", "tests/practice/test_validity.py::TestLeap::test_day"]

["48"]
reason = "Nothing to compute | at all."
"""


@pytest.fixture
def project(tmp_path):
    plant(
        tmp_path,
        {
            "docs/terms.toml": '[clauses]\n"6.1" = "Periods"\n"48" = "Law"\n',
            "docs/clauses.toml": GOOD,
            "src/inro/practice/__init__.py": "",
            "src/inro/practice/validity.py": (
                "def not_after() -> None: ...\n\nclass Period:\n    months: int = 1\n\nLIMIT: int = 5\n"
            ),
            "tests/practice/test_validity.py": (
                "def test_month(): ...\n\ndef given(): ...\n\nclass TestLeap:\n    def test_day(self): ...\n"
            ),
        },
    )
    (tmp_path / MATRIX).write_text(rendered(tmp_path))
    return tmp_path


def rewrite(project, old, new):
    path = project / "docs/clauses.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    (project / MATRIX).write_text(rendered(project))


def test_a_kept_clause_is_in_the_matrix(project):
    assert list(findings(project)) == []
    matrix = (project / MATRIX).read_text()
    assert "`practice.validity.not_after`" in matrix
    assert "`practice/test_validity.py::test_month`" in matrix
    assert "| 48 | Law |  |  | Nothing to compute \\| at all. |" in matrix


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("validity.not_after", "validity.gone", "6.1: no such symbol inro.practice.validity.gone"),
        ("Period.months", "Period.days", "6.1: no such symbol inro.practice.validity.Period.days"),
        ("inro.practice.validity.not_after", "inro.gone.x", "6.1: no such symbol inro.gone.x"),
        ("::test_month", "::test_gone", "6.1: no such test tests/practice/test_validity.py::test_gone"),
        ("::test_month", "::given", "6.1: no such test tests/practice/test_validity.py::given"),
        ("::TestLeap::test_day", "::TestLeap::test_x", "6.1: no such test "),
        ('["48"]', '["47"]', "48: needs code and tests, or a reason"),
        ('["48"]', '["47"]', "47: no such clause in docs/terms.toml"),
        ("reason =", "reasons =", "48: unknown key reasons"),
        ("tests = [", "notes = [", "6.1: needs code and tests, or a reason"),
        ("code = [", 'reason = "x"\ncode = [', "6.1: has a reason and code or tests"),
    ],
)
def test_what_no_longer_holds_is_found(project, old, new, finding):
    rewrite(project, old, new)
    assert any(finding in line for line in findings(project))


def test_a_removed_function_is_found(project):
    plant(project, {"src/inro/practice/validity.py": "class Period:\n    months: int = 1\n"})
    assert list(findings(project)) == [
        "docs/clauses.toml: 6.1: no such symbol inro.practice.validity.not_after"
    ]


def test_a_stale_matrix_is_found_and_written_anew(project):
    (project / MATRIX).write_text("old\n")
    assert [line.partition(":")[0] for line in findings(project)] == [str(MATRIX)]
    outcome = run(project, "python", "-m", "tools.conformity", PYTHONPATH=str(PROJECT))
    assert outcome.returncode == 1
    assert (
        run(project, "python", "-m", "tools.conformity", "--write", PYTHONPATH=str(PROJECT)).returncode == 0
    )
    assert list(findings(project)) == []


def test_the_terms_of_this_project_are_each_listed_once():
    listed = [entry.clause for entry in entries(PROJECT)]
    assert len(listed) == len(set(listed))
    assert {"6.1", "18.7", "22.1", "39.4", "附則", "F"} <= set(listed)
