"""Ruff, mypy, bandit and the migration check are switched on: each finds what it is there for."""

import shutil

import pytest

from tests.tools.tree import PROJECT, plant, run


@pytest.fixture
def project(tmp_path):
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    plant(tmp_path, {"src/inro/__init__.py": '"""A tiny house."""\n'})
    return tmp_path


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("from .practice import rule\n\n__all__ = [rule]\n", "TID252"),
        ("from datetime import datetime\n\nNOW = datetime.now()\n", "DTZ005"),
        ("def act(what):\n    return what\n", "ANN001"),
        ("def act() -> None:\n    try:\n        print()\n    except Exception:\n        print()\n", "BLE001"),
        ("def act(really: bool) -> None:\n    print(really)\n", "FBT001"),
        ("import os\n", "F401"),
        (f"TEXT = '{'x' * 110}'\n", "E501"),
        (
            "def f(x: int) -> int:\n"
            + "".join(f"    if x == {n}:\n        x += 1\n" for n in range(11))
            + "    return x\n",
            "C901",
        ),
    ],
)
def test_ruff_finds(project, source, code):
    plant(project, {"src/inro/a.py": source})
    outcome = run(project, "ruff", "check", "--no-cache", "--output-format", "concise", ".")
    assert outcome.returncode == 1
    assert f" {code} " in outcome.stdout


def test_ruff_finds_another_layout(project):
    plant(project, {"src/inro/a.py": "X = { 'a' : 1 }\n"})
    assert run(project, "ruff", "format", "--no-cache", "--check", ".").returncode == 1


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def act(what: list) -> None: ...\n", "[type-arg]"),
        ("def act(what: int) -> str:\n    return what\n", "[return-value]"),
        ("import os  # type: ignore\n", "[unused-ignore]"),
    ],
)
def test_mypy_is_strict(project, source, message):
    plant(project, {"a.py": source})
    settings = (project / "pyproject.toml").read_text().replace('plugins = ["mypy_django_plugin.main"]', "")
    (project / "pyproject.toml").write_text(settings)
    outcome = run(project, "mypy", "--cache-dir=/dev/null", "a.py")
    assert outcome.returncode == 1
    assert message in outcome.stdout


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("import subprocess\n\nsubprocess.run('ls', shell=True)\n", "B602"),
        ("import pickle\n\npickle.loads(b'')\n", "B301"),
        ("import hashlib\n\nhashlib.md5(b'')\n", "B324"),
    ],
)
def test_bandit_finds(project, source, code):
    plant(project, {"src/inro/a.py": source})
    outcome = run(project, "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "src")
    assert outcome.returncode == 1
    assert code in outcome.stdout


def test_a_missing_migration_is_found(tmp_path):
    plant(
        tmp_path,
        {
            "shelf/__init__.py": "",
            "shelf/migrations/__init__.py": "",
            "shelf/models.py": (
                "from django.db import models\n\n\nclass Book(models.Model):\n"
                "    id = models.BigAutoField(primary_key=True)\n"
            ),
            "settings.py": (
                "INSTALLED_APPS = ['shelf']\n"
                "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}\n"
            ),
        },
    )
    check = ("python", "-m", "django", "makemigrations")
    surroundings = {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(tmp_path)}
    assert run(tmp_path, *check, "--check", "--dry-run", **surroundings).returncode == 1
    assert run(tmp_path, *check, **surroundings).returncode == 0
    assert run(tmp_path, *check, "--check", "--dry-run", **surroundings).returncode == 0
