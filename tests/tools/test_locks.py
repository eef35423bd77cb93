"""A lock without hashes, with addresses or behind its .in file is found."""

import pytest

from tests.tools.tree import PROJECT, plant
from tools.check_locks import findings, unexplained

GOOD = """\
django==6.1.3 \\
    --hash=sha256:00
Python_LDAP==3.4.8 ; sys_platform == 'linux' \\
    --hash=sha256:01
"""


def broken(tmp_path, lock):
    plant(tmp_path, {"run.in": "django\npython-ldap\n", "run.txt": lock})
    return list(findings(tmp_path))


def test_a_good_lock_passes(tmp_path):
    assert broken(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("lock", "finding"),
    [
        ("--index-url https://example.invalid/simple\n" + GOOD, "run.txt: holds an address"),
        (GOOD.replace("==6.1.3", ">=6"), "run.txt: not pinned: django>=6 \\"),
        (GOOD.replace("    --hash=sha256:00\n", ""), "run.txt: no hash: django==6.1.3 \\"),
        (GOOD.partition("Python")[0], "run.txt: lacks python-ldap, asked for by run.in"),
    ],
)
def test_a_bad_lock_is_found(tmp_path, lock, finding):
    assert finding in broken(tmp_path, lock)


def test_a_missing_lock_is_found(tmp_path):
    plant(tmp_path, {"run.in": "django\n"})
    assert list(findings(tmp_path)) == ["run.txt: missing"]


def test_the_lock_of_the_tests_includes_that_of_the_programs(tmp_path):
    plant(
        tmp_path, {"run.in": "django\n", "run.txt": GOOD, "test.in": "-r run.in\npytest\n", "test.txt": GOOD}
    )
    assert list(findings(tmp_path)) == ["test.txt: lacks pytest, asked for by test.in"]


def test_the_locks_of_this_project_are_good():
    assert list(findings(PROJECT / "requirements")) == []


def test_a_dependency_without_a_decision_is_found(tmp_path):
    plant(tmp_path, {"requirements/run.in": "django\npsycopg[binary]\n", "docs/adr/0002-x.md": "## django\n"})
    assert [line.partition(":")[0] for line in unexplained(tmp_path)] == ["psycopg"]


def test_the_dependencies_of_this_project_are_explained():
    assert list(unexplained(PROJECT)) == []
