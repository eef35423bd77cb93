"""Files of sealed documents: whole or not there, whoever dies, whatever is full (40(7))."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inro.adapters.disk_documents import DiskDocuments
from inro.demo.servers.programs import program
from inro.ports.errors import DocumentStoreUnavailable

ROOT = Path(__file__).parents[2]
SMALL_DISK = ROOT / "tests" / "cli" / "small_disk.sh"

# Puts documents into the folder for ever, or as many as it is told, and names each one that was kept.
PUT = """
import hashlib, os, sys
from pathlib import Path
from inro.adapters.disk_documents import DiskDocuments
from inro.ports.errors import PortError
documents, octets = DiskDocuments(Path(sys.argv[1])), int(sys.argv[2])
for number in range(int(sys.argv[3])):
    sealed = os.urandom(octets) if sys.argv[4] == "own" else f"document {number}".encode() * octets
    try:
        documents.put(hashlib.sha256(sealed).hexdigest(), sealed)
    except PortError as error:
        sys.exit(str(error))
    print(hashlib.sha256(sealed).hexdigest(), flush=True)
"""


def command(folder: Path, *, octets: int, count: int, kind: str = "own") -> list[str]:
    return [sys.executable, "-c", PUT, str(folder), str(octets), str(count), kind]


def whole(folder: Path) -> list[str]:
    """The addresses in a folder, each held against its file; nothing else may be there."""
    documents = DiskDocuments(folder)
    found = list(documents.addresses())
    for address in found:
        documents.get(address)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == found
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)
    return found


def test_files_and_shards_are_their_owners_only(tmp_path):
    DiskDocuments(tmp_path).put(address := hashlib.sha256(b"sealed").hexdigest(), b"sealed")
    assert whole(tmp_path) == [address]
    (tmp_path / "lost+found").touch()
    assert list(DiskDocuments(tmp_path).addresses()) == [address]
    assert (tmp_path / address[:2]).stat().st_mode & 0o777 == 0o700


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    documents = DiskDocuments(tmp_path / "unmounted")
    for act in (
        lambda: documents.put("a" * 64, b""),
        lambda: list(documents.addresses()),
        documents.check,
    ):
        with pytest.raises(DocumentStoreUnavailable, match="see that the folder is there"):
            act()
    documents.erase("a" * 64)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08])
def test_a_process_killed_while_it_puts_leaves_whole_files_only(tmp_path, delay):
    putting = subprocess.Popen(
        command(tmp_path, octets=3_000_000, count=10_000), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    told = [putting.stdout.readline().strip()]
    with pytest.raises(subprocess.TimeoutExpired):
        putting.wait(timeout=delay)
    putting.send_signal(signal.SIGKILL)
    told += putting.communicate()[0].split()
    assert putting.returncode == -signal.SIGKILL
    assert set(told) <= set(whole(tmp_path))


def test_two_processes_put_the_same_and_their_own_at_once(tmp_path):
    kinds = ("own", "same", "own", "same")
    running = [
        subprocess.Popen(
            command(tmp_path, octets=1000, count=200, kind=kind), cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for kind in kinds
    ]
    told = [process.communicate()[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert told[1] == told[3]
    assert sorted({*told[0], *told[1], *told[2]}) == whole(tmp_path)
    assert len(whole(tmp_path)) == 600


def test_a_full_disk_takes_no_part_of_a_document(tmp_path):
    rights = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    inside = '"$@"; find . -type f -printf "%f %s\\n"; exit 0'
    shell = ["sh", "-c", inside, "sh", *command(tmp_path, octets=300_000, count=100)]
    outcome = subprocess.run(
        [program("unshare"), "-m", *rights, "--", "sh", str(SMALL_DISK), "1m", "rw", str(tmp_path), *shell],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "make room on its disk" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    lines = [line.split() for line in outcome.stdout.splitlines() if not line.startswith("left:")]
    told, files = [line for line in lines if len(line) == 1], [line for line in lines if len(line) == 2]
    assert 1 <= len(told) < 100
    assert sorted(files) == sorted([name, "300000"] for [name] in told)


def test_a_disk_that_cannot_be_written_is_named(tmp_path):
    rights = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    outcome = subprocess.run(
        [
            *(program("unshare"), "-m", *rights, "--", "sh", str(SMALL_DISK), "1m", "ro", str(tmp_path)),
            *command(tmp_path, octets=10, count=1),
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1
    assert "can be written" in outcome.stderr
    assert "Traceback" not in outcome.stderr
