"""A house in operation as strangers see it: slapd, a responder, certificates that name both."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from inro.adapters.directory_entries import EntryClass
from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.demo.servers.free_port import LOOPBACK
from inro.demo.servers.slapd import SlapdServer, slapd_server
from inro.pki.crl import ListKind, encode_entry
from inro.pki.ocsp_response import Revocation
from inro.pki.repository import published_names
from inro.probe.plan import Plan, load_plan
from tests.pki import material
from tests.responder import given_answers
from tests.responder.serving import responder

GOOD, GONE = material.serial("subscriber"), material.serial("gone")
_ATTRIBUTES = {
    ListKind.CRL: ("", "certificateRevocationList;binary"),
    ListKind.ARL: ("", "authorityRevocationList;binary"),
    ListKind.FULL_CRL: ("cn=fullCRL,", "certificateRevocationList;binary"),
}
_NAMES = {ListKind.CRL: "crl.crl", ListKind.ARL: "arl.crl", ListKind.FULL_CRL: "full.crl"}


@dataclass(slots=True, kw_only=True)
class GivenHouse:
    """Both halves of a repository and the answers, and the plan of a prober that reaches them here."""

    web: Path
    slapd: SlapdServer
    folder: Path
    port: int
    instead: dict[str, bytes]
    number: int = 1
    published: dict[ListKind, bytes] = field(default_factory=dict)

    @property
    def entry(self) -> str:
        """The CA's name in the directory."""
        return published_names(
            repository=material.profile().repository, issuer_name=material.issuer().name
        ).directory_entry

    def directory(self, kind: ListKind) -> LdapDirectory:
        """Return the entry that holds a list."""
        below, _ = _ATTRIBUTES[kind]
        return LdapDirectory(
            DirectoryAccess(
                url=self.slapd.url,
                entry=f"{below}{self.entry}",
                entry_class=EntryClass.DISTRIBUTION_POINT if below else EntryClass.AUTHORITY,
                bind_dn=self.slapd.admin_dn,
                password_from=self.folder / "password",
                timeout=300,
            )
        )

    def publish(self, **changes: Any) -> None:
        """Publish all lists anew, in both halves."""
        self.number += 1
        for kind in ListKind:
            self.publish_list(kind, **changes)

    def publish_list(self, kind: ListKind, *, web: bytes | None = None, **changes: Any) -> bytes:
        """Publish one list in both halves; return its octets. `web` is what the web half gets instead."""
        signed = given_list(kind, number=self.number, **changes)
        self.put_on_web(kind, signed if web is None else web)
        self.directory(kind).publish(_ATTRIBUTES[kind][1], signed)
        self.published[kind] = signed
        return signed

    def put_on_web(self, kind: ListKind, octets: bytes) -> None:
        """Put octets where a list lies on the web."""
        part = self.web / ".part"
        part.write_bytes(octets)
        part.replace(self.web / _NAMES[kind])

    def plan(self, **changes: Any) -> Plan:
        """Return the plan of a prober that asks these servers by the names that certificates have."""
        ldap_port = int(self.slapd.url.rpartition(":")[2])
        raw: dict[str, Any] = {
            "name": "outside-1",
            "memory": "memory.json",
            "every_minutes": 15,
            "issuers": ["ca.der"],
            "certificates": ["subscriber.der"],
            "direct": False,
        } | changes
        hosts = {
            "repository.inro.example": f"{LOOPBACK}:{self.port}",
            "ocsp.inro.example": f"{LOOPBACK}:{self.port}",
            "directory.inro.example": f"{LOOPBACK}:{ldap_port}",
        }
        text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in raw.items())
        text += "[bounds]\nseconds = 60\nmegabytes = 8\n"
        text += '[[lists]]\naddresses = ["http://repository.inro.example/full.crl"]\n'
        text += '[[routes]]\nname = "here"\n[routes.hosts]\n'
        text += "".join(f'"{host}" = "{place}"\n' for host, place in hosts.items())
        file = self.folder / "probe.toml"
        file.write_text(text, "utf-8")
        return load_plan(file)


def given_list(kind: ListKind, **changes: Any) -> bytes:
    """Sign a list of now, on which the revoked certificate stands."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    entry = encode_entry(serial=GONE, revoked_at=now - timedelta(hours=1), reason_code=1)
    values: dict[str, Any] = {
        "kind": kind,
        "this_update": now,
        "next_update": now + timedelta(hours=48),
        "entries": () if kind is ListKind.ARL else (entry,),
    }
    return material.signed_list(**(values | changes))


class _Front(http.server.BaseHTTPRequestHandler):
    """What stands before the responder: it adds the page of the CPS, and gives what it is told to."""

    instead: ClassVar[dict[str, bytes]]
    behind: ClassVar[str]

    def do_GET(self) -> None:
        self._forward(None)

    def do_POST(self) -> None:
        self._forward(self.rfile.read(int(self.headers["Content-Length"])))

    def _forward(self, body: bytes | None) -> None:
        status, octets = 200, self.instead.get(self.path)
        if octets is None:
            kind = {"Content-Type": self.headers["Content-Type"]} if body else {}
            try:
                with urlopen(Request(self.behind + self.path, data=body, headers=kind), timeout=60) as answer:
                    octets = answer.read()
            except HTTPError as error:
                status, octets = error.code, b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def front(behind: str, instead: dict[str, bytes]) -> Iterator[int]:
    """Run one before the responder at `behind`; yield its port."""
    kind = type("Front", (_Front,), {"behind": behind, "instead": instead})
    with http.server.ThreadingHTTPServer((LOOPBACK, 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def given_house(folder: Path) -> Iterator[GivenHouse]:
    """Run a house whose lists, certificates and answers are all in order."""
    web = folder / "web"
    web.mkdir()
    issuer = material.issuer()
    with slapd_server(suffix="C=JP") as slapd:
        (folder / "password").write_text(slapd.admin_password)
        (folder / "ca.der").write_bytes(issuer.certificate)
        (folder / "subscriber.der").write_bytes(material.certificate())
        (web / "ca.cer").write_bytes(issuer.certificate)
        given_answers.put_files(web)
        given_answers.put(web, GOOD)
        given_answers.put(web, GONE, Revocation(revoked_at=given_answers.NOW, reason_code=1))
        instead = {"/cps/": b"<title>CPS</title>"}
        with responder(web, folder / "responder.log") as address, front(address, instead) as port:
            house = GivenHouse(web=web, slapd=slapd, folder=folder, port=port, instead=instead)
            house.publish()
            yield house
