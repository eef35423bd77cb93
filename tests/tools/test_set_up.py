"""Whatever set-up lacks is one line, Japanese and English, with the command that mends it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tools.tree import PROJECT, plant

COMMANDS = (
    "bash cat cut dirname dpkg-query env flock grep head id ls mkdir rm sed sha256sum sort tr awk touch"
)


@pytest.fixture
def machine(tmp_path):
    """A copy of the project's set-up on a machine with few commands, no Python and no network."""
    plant(
        tmp_path,
        {
            "packages/debian-run.txt": "# shells\nbash\nno-such-shell | dash\n",
            "packages/debian-test.txt": "",
            "requirements/run.txt": "",
            "pyproject.toml": "",
        },
    )
    (tmp_path / "tools").mkdir()
    shutil.copy(PROJECT / "tools" / "set-up", tmp_path / "tools")
    (tmp_path / "bin").mkdir()
    for command in COMMANDS.split():
        (tmp_path / "bin" / command).symlink_to(shutil.which(command))
    return tmp_path


def set_up(machine: Path, *arguments: str):
    return subprocess.run(
        [machine / "tools" / "set-up", *arguments],
        env={"PATH": str(machine / "bin"), "HOME": str(machine), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def program(machine: Path, name: str, body: str) -> None:
    path = machine / "bin" / name
    path.write_text(f"#!/bin/bash\n{body}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("arguments", [[], ["everything"]])
def test_an_unknown_part(machine, arguments):
    outcome = set_up(machine, *arguments)
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("set-up: 引数が違います / unknown part")
    assert outcome.stderr.endswith("直すには / to mend: tools/set-up run  (or: test, bench)\n")
    assert not (machine / ".venv").exists()


def test_no_python(machine):
    program(machine, "python3", 'exec /usr/bin/false "$@"')
    outcome = set_up(machine, "run")
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert "Python 3.12 以上がありません / no Python of 3.12 or later" in outcome.stderr
    assert "uv python install 3.13" in outcome.stderr
    assert not (machine / ".venv").exists()


def test_a_package_that_cannot_be_installed(machine):
    with (machine / "packages/debian-run.txt").open("a") as packages:
        packages.write("no-such-package-a | no-such-package-b\n")
    program(machine, "apt-cache", "exit 1")
    program(machine, "apt-get", "[[ $1 == update ]]")
    program(machine, "sudo", 'shift; exec "$@"')
    outcome = set_up(machine, "run")
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert "Debian パッケージを入れられません / Debian packages could not be installed" in outcome.stderr
    assert outcome.stderr.endswith("直すには / to mend: apt-get install -y no-such-package-a\n")
    assert not (machine / ".venv").exists()


def test_a_machine_that_cannot_reach_debian(machine):
    (machine / "packages/debian-test.txt").write_text("no-such-package\n")
    program(machine, "apt-get", "echo no network >&2; exit 100")
    program(machine, "sudo", 'shift; exec "$@"')
    outcome = set_up(machine, "test")
    assert outcome.returncode == 1
    assert "apt-get update failed, see var/set-up.log" in outcome.stderr
    assert "no network" in (machine / "var/set-up.log").read_text()


def test_a_second_run_needs_no_network_and_has_nothing_to_say():
    alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]
    outcome = subprocess.run(
        [*alone, PROJECT / "tools" / "set-up", "test"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")
