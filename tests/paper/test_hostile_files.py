"""Files from strangers are refused for the right reason, and nothing of them outlives their child (8.5)."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from inro.paper.scan.child_process import Child
from inro.paper.scan.errors import FileFault, FileRefused
from inro.paper.scan.limits import LIMITS
from inro.paper.scan.opening import open_file, pages_of
from tests.paper.hostile import HOSTILE, PICTURE, pdf_with
from tests.paper.processes import children
from tests.paper.read_back import files_under
from tests.paper.scanner import scanned

SEEDS = [scanned([PICTURE], kind=kind) for kind in ("PDF", "TIFF", "JPEG", "PNG")]


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = children()
    yield
    assert children() <= before
    assert files_under(tmp_path) == set()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_for_its_fault(name):
    build, fault = HOSTILE[name]
    with pytest.raises(FileRefused) as refused:
        open_file(build())
    assert (refused.value.fault, refused.value.data["fault"]) == (fault, fault), refused.value.detail


def test_a_file_above_the_limit_does_not_reach_the_child():
    with pytest.raises(FileRefused) as refused:
        open_file(SEEDS[0], limits=replace(LIMITS, octets=len(SEEDS[0]) - 1))
    assert refused.value.fault is FileFault.TOO_LARGE


def endless(pdf):
    pdf.pages[0].Contents = pdf.make_stream(b"0 0 m 9 9 99 9 300 400 c 0 0 1 rg f\n" * 3_000_000)


@pytest.mark.parametrize("limits", [{"cpu_seconds": 0}, {"seconds": 1}])
def test_what_takes_too_long_is_ended(limits):
    with pytest.raises(FileRefused) as refused:
        open_file(pdf_with(endless), limits=replace(LIMITS, **limits))
    assert refused.value.fault is FileFault.TIMED_OUT


def test_what_takes_too_much_memory_is_refused():
    large = scanned([Image.new("RGB", (6_000, 6_000), "red")], kind="PNG")
    with pytest.raises(FileRefused) as refused:
        open_file(large, limits=replace(LIMITS, memory=200 * 2**20))
    assert refused.value.fault is FileFault.OUT_OF_MEMORY


def test_a_child_that_dies_is_told_as_a_crash():
    others = children()
    pages = pages_of(scanned([PICTURE] * 5))
    next(pages)
    for pid in children() - others:
        os.kill(pid, signal.SIGSEGV)
    with pytest.raises(FileRefused) as refused:
        for _ in pages:
            pass
    assert (refused.value.fault, refused.value.detail) == (FileFault.CRASHED, "SIGSEGV")


def test_pages_not_taken_leave_no_child():
    pages = pages_of(scanned([PICTURE] * 50))
    next(pages)
    pages.close()


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SEEDS), st.data())
def test_damaged_files_give_pages_or_a_refusal(seed, data):
    octets = bytearray(seed)
    for place in data.draw(st.lists(st.integers(8, len(seed) - 1), min_size=1, max_size=40)):
        octets[place] = data.draw(st.integers(0, 255))
    with suppress(FileRefused):
        assert all(page.width > 0 for page in open_file(bytes(octets)))


CONFINED = """
import os, socket, sys
from inro.paper.scan.confinement import confine
confine(memory=2**30)
def tried(act):
    try:
        act()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
acts = (
    lambda: open("/etc/hostname"), lambda: open(sys.argv[1], "w"), lambda: socket.socket(), os.pipe,
    lambda: bytearray(2**31),
)
print(*map(tried, acts))
"""


def test_a_confined_process_has_no_file_socket_pipe_or_memory_to_take(tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", "-c", CONFINED, str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["OSError"] * 4 + ["MemoryError"]


def open_files(proc: Path) -> set[str]:
    """Return the names of a process's files; what it closes meanwhile is none."""
    names = set()
    for one in (proc / "fd").iterdir():
        with suppress(FileNotFoundError):
            names.add(str(one.readlink()))
    return names


def test_a_child_sees_no_environment_and_no_descriptor_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("INRO_SECRET", "not for children")
    with (tmp_path / "held").open("w") as held, Child("inro.paper.scan.child", "PDF", seconds=30) as child:
        os.set_inheritable(held.fileno(), True)
        proc = Path(f"/proc/{child.pid}")
        assert b"INRO_SECRET" not in (proc / "environ").read_bytes()
        assert (proc / "cwd").readlink() == Path("/")
        assert not any("held" in name for name in open_files(proc))
    (tmp_path / "held").unlink()
