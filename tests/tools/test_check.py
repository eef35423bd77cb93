"""`tools/check` runs every check and names those that failed; `.ci/run` adds nothing of its own."""

import shutil
import subprocess

import pytest

from tests.tools.tree import PROJECT, plant

PROGRAMS = ("ruff", "mypy", "lint-imports", "python", "bandit")
CHECKS = "format style types walls sizes clocks migrations words clauses locks safety"


def check(root, failing):
    shutil.copytree(PROJECT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name in PROGRAMS:
        body = "echo what is wrong; exit 1" if name == failing else "exit 0"
        plant(root, {f".venv/bin/{name}": f"#!/bin/sh\n{body}\n"})
        (root / ".venv/bin" / name).chmod(0o755)
    return subprocess.run([root / "tools/check"], capture_output=True, text=True, check=False)


def test_all_well(tmp_path):
    outcome = check(tmp_path, failing=None)
    assert outcome.returncode == 0
    assert [line.split()[:2] for line in outcome.stdout.splitlines()] == [
        ["ok", name] for name in CHECKS.split()
    ]


@pytest.mark.parametrize(
    ("failing", "named"),
    [
        ("ruff", "format style"),
        ("mypy", "types"),
        ("lint-imports", "walls"),
        ("python", "sizes clocks migrations words clauses locks"),
        ("bandit", "safety"),
    ],
)
def test_one_failure_is_named_and_hides_no_other(tmp_path, failing, named):
    outcome = check(tmp_path, failing)
    assert outcome.returncode == 1
    assert outcome.stdout.splitlines()[-1] == f"checks failed: {named}"
    assert outcome.stdout.count("what is wrong") == len(named.split())
    passed = [line.split()[1] for line in outcome.stdout.splitlines() if line.startswith("ok ")]
    assert passed == [name for name in CHECKS.split() if name not in named.split()]


def test_a_submission_is_checked_and_tested_and_nothing_else():
    lines = (PROJECT / ".ci/run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make check", "make test"]
