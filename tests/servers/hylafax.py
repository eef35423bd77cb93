"""A real HylaFAX queue in a folder of its own; what dials stands in for the modem, which is not there."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from inro.demo.servers.free_port import free_port
from inro.demo.servers.programs import program
from tests.servers.families import until

_MODEM = "ttyNONE"
_OWNER = "uucp"
# What `faxsend` ends with: every page went, or the call came to nothing.
SENT, FAILED = 2, 1
_SECONDS = 300


@dataclass(slots=True, kw_only=True)
class HylaFax:
    """A spool and the programs over it; `dials` is the outcome of every call."""

    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    port: int = 0

    def dials(self, outcome: int) -> None:
        """Let every call end so from now on."""
        command = self.folder / "bin" / "dial"
        command.write_text(f"#!/bin/sh\nexit {outcome}\n")
        command.chmod(0o755)

    def queue(self, *, dials: bool = True) -> None:
        """Start the queue, and name it the modem, without which every job waits."""
        self._start("faxq", "-D", "-q", str(self.folder))
        self.until(lambda: (self.folder / "FIFO").exists())
        if dials:
            command = [program("faxmodem"), "-q", str(self.folder), _MODEM]
            # The FIFO is there a moment before the queue reads it.
            self.until(lambda: subprocess.run(command, check=False, timeout=_SECONDS).returncode == 0)

    def tags(self) -> dict[str, str]:
        """Return the jobs that wait by their tags: the names of their files."""
        found = {}
        for job in (self.folder / "sendq").glob("q*"):
            [tag] = [line for line in job.read_text().splitlines() if line.startswith("jobtag:")]
            found[tag.removeprefix("jobtag:")] = job.name
        return found

    def serve(self) -> None:
        """Start the server that `sendfax` talks to."""
        self.port = free_port()
        self._start("hfaxd", "-d", "-q", str(self.folder), "-i", str(self.port))

    def submit(self, sheets: Path, *, tag: str) -> None:
        """Queue sheets as everybody does, by `sendfax`."""
        words = ("-h", f"localhost:{self.port}", "-n", "-i", tag, "-d", "0110000000", str(sheets))
        self.until(lambda: subprocess.run([program("sendfax"), *words], check=False).returncode == 0)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; if it never does, tell what lies in the queues."""
        until(holds, lambda: sorted(str(file) for file in self.folder.glob("*q/*")))

    def _start(self, name: str, *words: str) -> None:
        # They change to their own user themselves, and so begin as root.
        self.running.append(subprocess.Popen([program(name), *words], stdin=subprocess.DEVNULL))


@contextmanager
def hylafax() -> Iterator[HylaFax]:
    """Yield a spool as the package makes it; nothing runs yet."""
    folder = Path(tempfile.mkdtemp(prefix="hylafax-"))
    shutil.copytree("/var/spool/hylafax", folder, dirs_exist_ok=True, symlinks=True)
    shutil.copytree("/etc/hylafax", folder / "etc", dirs_exist_ok=True)
    (folder / "etc" / f"config.{_MODEM}").write_text("CountryCode: 81\nAreaCode: 11\nModemType: Class1\n")
    with (folder / "etc" / "config").open("a") as settings:
        settings.write("SendFaxCmd: bin/dial\nPollLockWait: 1\nMaxBatchJobs: 1\n")
    (folder / "etc" / "setup.cache").touch()
    subprocess.run(["chown", "-R", f"{_OWNER}:{_OWNER}", str(folder)], check=True)
    for place in (folder, *(one for one in folder.iterdir() if one.is_dir())):
        place.chmod(0o2775)
    fax = HylaFax(folder=folder)
    fax.dials(SENT)
    try:
        yield fax
    finally:
        for one in fax.running:
            one.terminate()
            one.wait(timeout=_SECONDS)
        shutil.rmtree(folder)
