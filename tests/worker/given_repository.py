"""A repository of one test: a web tree behind a responder, a directory, and a publisher over both."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import ldap
import pytest

from inro.adapters.directory_entries import EntryClass
from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.adapters.web_tree import WebTree
from inro.demo.servers.slapd import SlapdServer
from inro.pki.crl import ListKind, list_file
from inro.usecases.actor import process
from inro.worker.publication import Publisher
from inro.worker.repository import Repository
from tests.responder.serving import responder
from tests.signer.given_signer import World

_count = itertools.count(1)
_BELOW = {ListKind.CRL: "", ListKind.ARL: "", ListKind.FULL_CRL: "cn=fullCRL,"}


@dataclass(slots=True, kw_only=True)
class Place:
    """A repository of one test, with the doors by which a stranger looks into it."""

    slapd: SlapdServer
    entry: str
    address: str
    folder: Path
    password: Path

    def directory(self, *, below: str = "", url: str | None = None) -> LdapDirectory:
        """Return one entry of the directory."""
        return LdapDirectory(
            DirectoryAccess(
                url=url or self.slapd.url,
                entry=below + self.entry,
                entry_class=EntryClass.DISTRIBUTION_POINT if below else EntryClass.AUTHORITY,
                bind_dn=self.slapd.admin_dn,
                password_from=self.password,
                timeout=300,
            )
        )

    def repository(self, *, address: str | None = None, url: str | None = None) -> Repository:
        """Return both halves, or what stands in their place."""
        return Repository(
            web=WebTree(folder=self.folder, address=address or self.address, timeout=300),
            directory=self.directory(url=url),
            directory_below=lambda label: self.directory(below=f"cn={label},", url=url),
        )

    def web(self, kind: ListKind, partition: int = 0) -> bytes:
        """Return what the web server gives anyone."""
        with urlopen(f"{self.address}/{list_file(kind, partition)}", timeout=300) as answer:
            octets: bytes = answer.read()
            return octets

    def ldap(self, kind: ListKind, partition: int = 0) -> bytes | None:
        """Return what the directory gives anyone."""
        below = f"cn=crl-{partition}," if partition else _BELOW[kind]
        is_arl = kind is ListKind.ARL
        attribute = f"{'authority' if is_arl else 'certificate'}RevocationList;binary"
        connection = ldap.initialize(self.slapd.url)
        try:
            found = connection.search_s(below + self.entry, ldap.SCOPE_BASE, attrlist=[attribute])
        except ldap.NO_SUCH_OBJECT:
            return None
        finally:
            connection.unbind_s()
        values = found[0][1].get(attribute)
        return values[0] if values else None


def place_of(slapd: SlapdServer, *, address: str, folder: Path, password: Path) -> Place:
    """Return a repository with an entry of its own in the directory."""
    password.write_text(slapd.admin_password)
    entry = f"cn=CA {next(_count)},{slapd.suffix}"
    return Place(slapd=slapd, entry=entry, address=address, folder=folder, password=password)


@contextmanager
def place_at(slapd: SlapdServer, folder: Path, beside: Path) -> Iterator[Place]:
    """Serve a web tree; log and password are kept in `beside`."""
    folder.mkdir(exist_ok=True)
    with responder(folder, beside / "responder.log") as address:
        yield place_of(slapd, address=address, folder=folder, password=beside / "password")


@pytest.fixture
def place(slapd: SlapdServer, tmp_path: Path) -> Iterator[Place]:
    with place_at(slapd, tmp_path / "web", tmp_path) as opened:
        yield opened


@pytest.fixture
def publisher(world: World, place: Place) -> Publisher:
    return Publisher(
        archive=world.room.archive,
        issuer=world.room.issuer,
        repository=place.repository(),
        actor=process("worker-1"),
    )
