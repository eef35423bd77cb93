"""The first two administrators: codes told at a terminal, once, and to nothing else (40(7))."""

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from inro.store.models import EnrolmentCode, StaffMember
from tests.cli.command import INRO, inro
from tests.usecases.given_staff import founded
from tests.web.installation import environment, installation

FOUND = ("staff", "found", "ogata", "緒方　学", "miyata", "宮田　恵子")
HALF = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


def at_a_terminal(*arguments: str) -> tuple[int, str, str]:
    """Run `inro` at a terminal where somebody presses Enter; return status, screen and standard error."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [INRO, *arguments], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment()
    )
    os.close(theirs)
    os.write(ours, b"\n\n")
    screen = b""
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:
            break
        if not read:
            break
        screen += read
    os.close(ours)
    _, complaint = process.communicate(timeout=300)
    return process.returncode, screen.decode(), complaint.decode()


@pytest.fixture
def home(fresh_database, tmp_path) -> Path:
    return installation(tmp_path / "home", demonstration=False)


def test_codes_are_told_once_and_wiped(home):
    status, screen, complaint = at_a_terminal(*FOUND, "--home", str(home))
    assert (status, complaint) == (0, "")
    halves = HALF.findall(screen)
    assert len(set(halves)) == 4
    assert screen.count("\033[2J\033[3J\033[H") == 2
    assert [one.person for one in StaffMember.objects.order_by("person")] == ["miyata", "ogata"]
    kept = [path for path in home.parent.rglob("*") if path.is_file()]
    assert not [path for path in kept for half in halves if half.encode() in path.read_bytes()]
    status, again, _ = at_a_terminal(*FOUND, "--home", str(home))
    assert status == 0
    assert not set(HALF.findall(again)) & set(halves)
    assert EnrolmentCode.objects.filter(replaced_at=None).count() == 2


def test_nothing_is_told_to_a_file_or_a_pipe(home, tmp_path):
    refused = inro(*FOUND, "--home", str(home), cwd=tmp_path)
    assert refused.returncode == 1
    assert "端末" in refused.stderr
    assert not HALF.search(refused.stdout + refused.stderr)
    assert not StaffMember.objects.exists()


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (("ogata", "緒方　学", "kishi", "岸　航"), "FoundedAlready|登録済み"),
        (("ogata", "緒方　学", "ogata", "緒方　学"), "not_two"),
        (("ogata", "緒方　学", "signer-1", "署名"), "name_of_a_process"),
    ],
)
def test_others_are_refused_in_one_line(home, people, said):
    founded()
    status, screen, complaint = at_a_terminal("staff", "found", *people, "--home", str(home))
    assert status == 1
    assert not HALF.search(screen)
    assert len(complaint.splitlines()) == 1
    assert re.search(said, complaint)
    assert "対処 / what to do" in complaint


def test_a_demonstration_has_no_administrators_to_found(fresh_database, tmp_path):
    home = installation(tmp_path / "home")
    status, screen, complaint = at_a_terminal(*FOUND, "--home", str(home))
    assert status == 1
    assert "no sign-in" in complaint
    assert not HALF.search(screen)
