"""A responder of a test, as a process of its own on a free loopback port."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from inro.adapters.end_with_parent import ending_with_this
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, program, wait_until

# Runs what follows, as the process it was, with a folder on a disk of its own that others do not see.
_SMALL_DISK = 'mount -t tmpfs -o "size=$1" small "$2" && shift 2 && exec "$@"'


@contextmanager
def responder(folder: Path, log: Path) -> Iterator[str]:
    """Serve `folder` and yield the address."""
    with _running(["--folder", str(folder)], log) as (_, address):
        yield address


@contextmanager
def responder_of_home(home: Path, log: Path, *, clock: Path) -> Iterator[str]:
    """Serve a demonstration's repository by the clock that stands in a file; yield the address."""
    with _running(["--home", str(home), "--told-clock", str(clock)], log) as (_, address):
        yield address


@contextmanager
def responder_on_small_disk(home: Path, log: Path, *, clock: Path, size: str) -> Iterator[tuple[str, Path]]:
    """Serve it from a disk of `size` of its own; yield the address, and the folder as others reach it."""
    folder = home / "repository"
    rights = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    before = [program("unshare"), "-m", *rights, "--", "sh", "-c", _SMALL_DISK, "sh", size, str(folder)]
    given = ["--home", str(home), "--told-clock", str(clock)]
    with _running(given, log, before=before) as (process, address):
        yield address, Path(f"/proc/{process}/root{folder}")


@contextmanager
def _running(given: Sequence[str], log: Path, *, before: Sequence[str] = ()) -> Iterator[tuple[int, str]]:
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            ending_with_this([*before, sys.executable, "-m", "inro.responder", *given, "--port", str(port)]),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        wait_until(lambda: listens(port), process, log)
        yield process.pid, f"http://{LOOPBACK}:{port}"
    finally:
        end(process)
