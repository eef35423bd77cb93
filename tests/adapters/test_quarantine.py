"""The quarantine: in memory, unreadable to others, for a limited time, empty after every end (8.5)."""

import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inro.adapters.memory_folder import FolderUnfit
from inro.adapters.quarantine import MemoryQuarantine
from inro.demo.servers.programs import program
from inro.ports.errors import NotInQuarantine, QuarantineClosed, QuarantineFull

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGE = "個人番号 1234 5678 9018 住民票.pdf".encode() * 50


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory, not made yet."""
    place = Path("/dev/shm") / f"inro-test-{secrets.token_hex(8)}"
    yield place / "quarantine"
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def quarantine(folder) -> Iterator[MemoryQuarantine]:
    with MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=1_000_000) as opened:
        yield opened


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != "lock")


@pytest.mark.parametrize("data", [b"", b"x", PAGE], ids=len)
def test_a_page_comes_back_until_it_is_dropped(quarantine, folder, data):
    page = quarantine.put(data, now=NOW, group="batch-1")
    assert quarantine.get(page, now=NOW) == quarantine.get(page, now=NOW) == data
    for _ in range(2):
        quarantine.drop(page)
        with pytest.raises(NotInQuarantine, match="scan the page again"):
            quarantine.get(page, now=NOW)
    assert files(folder) == []


def test_files_tell_nothing_of_content_name_or_group(quarantine, folder):
    names = {str(quarantine.put(PAGE, now=NOW, group="batch-個人番号")) for _ in range(20)}
    assert {path.name for path in files(folder)} == names
    assert all(len(name) == 32 and int(name, 16) >= 0 for name in names)
    told = [path.read_bytes() + path.name.encode() for path in files(folder)]
    hashes = [hashlib.new(kind, PAGE) for kind in ("sha256", "sha1", "md5")]
    for secret in (
        PAGE[:9],
        b"1234 5678",
        b"batch",
        *(found.digest() for found in hashes),
        *(found.hexdigest()[:16].encode() for found in hashes),
    ):
        assert not [content for content in told if secret in content]
    assert len({content[12:28] for content in told}) == 20


def test_only_the_owner_may_enter_and_read(quarantine, folder):
    quarantine.put(PAGE, now=NOW, group="g")
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_time_ends_a_page(quarantine, folder):
    early = quarantine.put(b"1", now=NOW, group="g")
    late = quarantine.put(b"2", now=NOW + timedelta(minutes=1), group="g")
    last = NOW + HOUR - timedelta(microseconds=1)
    assert quarantine.get(early, now=last) == b"1"
    assert quarantine.sweep(last) == ()
    assert quarantine.of_group("g", now=NOW + HOUR) == (late,)
    with pytest.raises(NotInQuarantine):
        quarantine.get(early, now=NOW + HOUR)
    assert quarantine.sweep(NOW + HOUR) == (early,)
    assert [path.name for path in files(folder)] == [late]
    assert quarantine.sweep(NOW + 2 * HOUR) == (late,)
    assert files(folder) == []


def test_a_groups_pages_keep_their_order(quarantine):
    pages = [quarantine.put(b"%d" % number, now=NOW, group=f"g{number % 2}") for number in range(10)]
    assert quarantine.of_group("g0", now=NOW) == tuple(pages[::2])
    quarantine.drop(pages[2])
    assert quarantine.of_group("g0", now=NOW) == (pages[0], *pages[4::2])
    assert quarantine.of_group("none", now=NOW) == ()


def test_more_than_there_is_room_for_is_refused_until_something_goes(folder):
    with MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=3 * 1028) as quarantine:
        pages = [quarantine.put(bytes(1000), now=NOW, group="g") for _ in range(3)]
        for data in (b"", bytes(10_000)):
            with pytest.raises(QuarantineFull, match=r"3 pages wait.*confirm or drop"):
                quarantine.put(data, now=NOW, group="g")
        assert len(files(folder)) == 3
        quarantine.drop(pages[0])
        quarantine.put(bytes(1000), now=NOW, group="g")
        quarantine.sweep(NOW + HOUR)
        assert quarantine.get(quarantine.put(bytes(3056), now=NOW, group="g"), now=NOW) == bytes(3056)


@pytest.mark.parametrize(("kept", "added"), [(-1, b""), (0, b""), (20, b""), (-1, b"\0\0"), (10_000, b"x")])
def test_an_altered_file_is_no_page(quarantine, folder, kept, added):
    page = quarantine.put(PAGE, now=NOW, group="g")
    (folder / page).write_bytes((folder / page).read_bytes()[:kept] + added)
    with pytest.raises(NotInQuarantine):
        quarantine.get(page, now=NOW)


def test_two_pages_swapped_are_no_pages(quarantine, folder):
    one, two = (quarantine.put(PAGE, now=NOW, group="g") for _ in range(2))
    (folder / one).rename(folder / "aside")
    (folder / two).rename(folder / one)
    (folder / "aside").rename(folder / two)
    for page in (one, two):
        with pytest.raises(NotInQuarantine):
            quarantine.get(page, now=NOW)


@pytest.mark.parametrize("wrong", ["", "../lock", "lock", "0" * 32])
def test_a_name_nobody_was_given_is_no_page(quarantine, wrong):
    with pytest.raises(NotInQuarantine):
        quarantine.get(wrong, now=NOW)
    quarantine.drop(wrong)


def test_closing_empties_it_and_ends_it(folder):
    quarantine = MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=10_000)
    page = quarantine.put(b"page", now=NOW, group="g")
    key = quarantine._key.secret
    assert any(key)
    for _ in range(2):
        quarantine.close()
        assert files(folder) == []
        assert not any(key)
    with pytest.raises(QuarantineClosed):
        quarantine.get(page, now=NOW)
    with pytest.raises(QuarantineClosed):
        quarantine.put(b"page", now=NOW, group="g")


def test_many_threads_use_it_at_once(folder):
    def work(number: int) -> bool:
        data = b"%d" % number * 500
        page = quarantine.put(data, now=NOW, group=f"g{number % 3}")
        same = quarantine.get(page, now=NOW) == data
        quarantine.drop(page)
        return same

    with MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=10_000_000) as quarantine:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(work, range(500)))
        assert files(folder) == []
        quarantine.put(bytes(10_000_000 - 28), now=NOW, group="all of the room is free again")


CRASH = """
import os, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from inro.adapters.quarantine import MemoryQuarantine
quarantine = MemoryQuarantine(folder=Path(sys.argv[1]), lifetime=timedelta(hours=1), most_octets=10**6)
for _ in range(5):
    quarantine.put(sys.stdin.buffer.read(100), now=datetime(2026, 12, 1, tzinfo=UTC), group="g")
if sys.argv[2] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
print("ready", flush=True)
sys.stdin.buffer.read()
"""


def test_a_crash_leaves_what_nobody_can_open_and_the_next_start_removes_it(folder):
    command = [sys.executable, "-c", CRASH, folder, "killed"]
    crashed = subprocess.run(command, cwd=ROOT, input=PAGE, check=False)
    assert crashed.returncode == -signal.SIGKILL
    left = files(folder)
    assert len(left) == 5
    assert not [path for path in left if PAGE[:9] in path.read_bytes()]
    names = [path.name for path in left]
    (folder / "not-ours.txt").write_text("kept")
    with MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=10**6) as quarantine:
        assert [path.name for path in files(folder)] == ["not-ours.txt"]
        for name in names:
            with pytest.raises(NotInQuarantine):
                quarantine.get(name, now=NOW)


def test_one_process_has_the_folder(folder):
    running = subprocess.Popen(
        [sys.executable, "-c", CRASH, folder, "kept"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    running.stdin.write(bytes(500))
    running.stdin.flush()
    assert running.stdout.readline() == b"ready\n"
    with pytest.raises(FolderUnfit, match="another process"):
        MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=10**6)
    assert len(files(folder)) == 5
    running.communicate()
    MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=10**6).close()


def test_a_memory_that_is_full_takes_no_part_of_a_page(folder, tmp_path):
    script = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from inro.adapters.quarantine import MemoryQuarantine
from inro.demo.servers.programs import program
from inro.demo.servers.programs import program
from inro.ports.errors import QuarantineFull
folder, now = Path(sys.argv[1]), datetime(2026, 12, 1, tzinfo=UTC)
with MemoryQuarantine(folder=folder, lifetime=timedelta(hours=1), most_octets=10**9) as quarantine:
    pages = []
    try:
        while True:
            pages.append(quarantine.put(bytes(300_000), now=now, group="g"))
    except QuarantineFull as full:
        print(full)
    assert 1 <= len(pages) < 4, pages
    assert all(quarantine.get(page, now=now) == bytes(300_000) for page in pages)
    assert {file.name for file in folder.iterdir()} == {"lock", *pages}
"""
    own = tmp_path / "memory"
    own.mkdir(mode=0o700)
    rights = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    small = ROOT / "tests" / "cli" / "small_disk.sh"
    outcome = subprocess.run(
        [
            *(program("unshare"), "-m", *rights, "--", "sh", small, "1m", "rw", own),
            *(sys.executable, "-c", script, own / "q"),
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "No space left" in outcome.stdout


def test_a_folder_that_cannot_be_emptied_is_not_used(folder):
    folder.parent.mkdir(mode=0o700)
    folder.mkdir(mode=0o700)
    (folder / ("0" * 32)).mkdir()
    for _ in range(2):
        with pytest.raises(FolderUnfit, match=f"empty {folder}"):
            MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=10**6)
    (folder / ("0" * 32)).rmdir()
    MemoryQuarantine(folder=folder, lifetime=HOUR, most_octets=10**6).close()
