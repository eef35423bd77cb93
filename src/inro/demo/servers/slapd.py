"""An own OpenLDAP server for one test: a free loopback port, a database in a private folder."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inro.adapters.directory_server import (
    Account,
    DirectoryServer,
    Provider,
    command_of,
    make_replica,
    make_server,
    serving,
)
from inro.demo.servers.free_port import LOOPBACK, free_port
from inro.demo.servers.programs import give_away, unprivileged

SUFFIX = "o=Test CA,c=JP"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlapdServer:
    """A running server, where it lies and who may write to it; anyone may read."""

    url: str
    suffix: str
    admin_dn: str
    admin_password: str
    pid: int
    made: DirectoryServer


@contextmanager
def slapd_server(suffix: str = SUFFIX, folder: Path | None = None) -> Iterator[SlapdServer]:
    """Run a server as the house sets it up, whose whole tree `suffix` is published and empty."""
    with _home(folder) as home:
        server = DirectoryServer(
            database=home / "data",
            suffix=suffix,
            published=suffix,
            writer=Account(name=f"cn=admin,{suffix}", password=os.urandom(12).hex()),
            replicator=Account(name=f"cn=replicator,{suffix}", password=os.urandom(12).hex()),
        )
        make_server(server, folder=home)
        with _running(server, home) as running:
            yield running


@contextmanager
def slapd_replica(provider: SlapdServer, folder: Path | None = None) -> Iterator[SlapdServer]:
    """Run a server that copies another."""
    with _home(folder) as home:
        made = provider.made
        server = DirectoryServer(
            database=home / "data",
            suffix=made.suffix,
            published=made.published,
            writer=made.writer,
            replicator=made.replicator,
        )
        make_replica(server, Provider(url=provider.url), folder=home)
        with _running(server, home) as running:
            yield running


@contextmanager
def _home(folder: Path | None) -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="inro-slapd-", dir=folder))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _running(server: DirectoryServer, home: Path) -> Iterator[SlapdServer]:
    for path in (*home.rglob("*"), home):
        give_away(path)
    url = f"ldap://{LOOPBACK}:{free_port()}"
    with serving(home, url=url, command=unprivileged(command_of(home, url))) as pid:
        yield SlapdServer(
            url=url,
            suffix=server.suffix,
            admin_dn=server.writer.name,
            admin_password=server.writer.password,
            pid=pid,
            made=server,
        )
