"""An own PostgreSQL for one test run: a Unix socket in a private folder, no TCP, nothing kept.

`python -m tests.servers.postgresql -- COMMAND …` runs a command beside it and ends with its status.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inro.demo.servers.programs import end, give_away, program, unprivileged, wait_until

USER = "inro"
DATABASE = "inro"
# A test's database need not survive a power cut.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresqlServer:
    """A running server: the folder of its socket is its address; it trusts who can enter the folder."""

    socket_folder: Path
    pid: int

    @property
    def environment(self) -> dict[str, str]:
        """What the settings of the tests read."""
        return {"INRO_TEST_DATABASE": "postgresql", "INRO_TEST_POSTGRESQL": str(self.socket_folder)}


@contextmanager
def postgresql_server(folder: Path | None = None) -> Iterator[PostgresqlServer]:
    """Run a server in `folder` (a new one without it; the socket's path must stay under 100 octets)."""
    home = Path(tempfile.mkdtemp(prefix="inro-pg-", dir=folder))
    give_away(home)
    try:
        _make_cluster(home / "data")
        process = _start(home)
        try:
            _make_database(home)
            yield PostgresqlServer(socket_folder=home, pid=process.pid)
        finally:
            end(process, first=signal.SIGINT)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _make_cluster(data: Path) -> None:
    options = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
    made = subprocess.run(
        unprivileged([program("initdb"), "--pgdata", str(data), *options]),
        capture_output=True,
        cwd="/",
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"initdb: {made.stderr.decode(errors='replace')}")


def _start(home: Path) -> "subprocess.Popen[bytes]":
    settings = ["listen_addresses=", f"unix_socket_directories={home}", "max_connections=50", *QUICK]
    options = [part for setting in settings for part in ("-c", setting)]
    log = home / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            unprivileged([program("postgres"), "-D", str(home / "data"), *options]),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
        )
    wait_until(lambda: _answers(home), process, log)
    return process


def _answers(home: Path) -> bool:
    asked = [program("pg_isready"), "--quiet", "--host", str(home), "--username", USER]
    return subprocess.run(asked, check=False).returncode == 0


def _make_database(home: Path) -> None:
    createdb = [program("createdb"), "--host", str(home), "--username", USER, DATABASE]
    subprocess.run(createdb, check=True, capture_output=True)


def main() -> int:
    """Run the command after `--` beside a server; return its status."""
    with postgresql_server() as server:
        command = sys.argv[sys.argv.index("--") + 1 :]
        return subprocess.run(command, env=os.environ | server.environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
