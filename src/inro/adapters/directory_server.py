"""OpenLDAP's slapd as the house sets it up: anyone reads what is published, one name writes it (4(6), 26.1).

The configuration is slapd's own (`cn=config`), loaded offline by `slapadd`; nobody changes it over the
network. The schema is that of RFC 4523 from OpenLDAP's `core.ldif`.
"""

import base64
import hashlib
import io
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ldif import LDIFWriter

from inro.adapters.directory_entries import EntryClass, attributes_of, name_of, parts_of
from inro.adapters.end_with_parent import ending_with_this
from inro.ports.errors import PortError

CORE_SCHEMA = Path("/etc/ldap/schema/core.ldif")
MODULES = Path("/usr/lib/ldap")
# A list of a million entries has 49 MB; an entry holds two of them, a modification carries one.
MOST_OCTETS_WRITTEN = 128 << 20
MOST_OCTETS_ASKED = 256 << 10
# The file is as large as what is in it; this only ends its growth.
MOST_OCTETS_KEPT = 8 << 30
_IDLE_SECONDS = 120
_BEGINS_WITHIN_S = 120.0
_LOOK_AGAIN_S = 0.05
_LDAP_PORT = 389
_REPLICA = 1
_SALT = 8
_ESCAPED = re.compile(r"\\([^0-9A-Fa-f])")
_MOST_REPLICATED = "size=unlimited time=unlimited"


class DirectoryNotMade(PortError):
    """A directory server could not be set up or started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerTls:
    """The server's certificate with its chain, and its key (both PEM files)."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A name that may sign in, and its password: random octets in text, so that any hash of it serves."""

    name: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryServer:
    """One server: where its database lies, what it is about, who writes and who copies.

    `suffix` is the top of its tree and `published` the subtree that anyone reads: the CA's entry and what
    is below it.
    """

    database: Path
    suffix: str
    published: str
    writer: Account
    replicator: Account | None = None
    tls: ServerTls | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The server that a replica copies, and the file of CA certificates by which it is known."""

    url: str
    authorities: Path | None = None


def configuration_ldif(server: DirectoryServer, *, copied_from: Provider | None = None) -> str:
    """Return the server's whole `cn=config`; of a replica if it is copied from another.

    Raises: DirectoryNotMade for a replica without a replicator, or one whose password would be readable.
    """
    records = [_global(server), _modules(), _schema(), _frontend(), _nobody_configures()]
    database = _database(server, is_replica=copied_from is not None)
    if copied_from is not None:
        database["olcSyncrepl"] = [_syncrepl(server, copied_from)]
    records.append(("olcDatabase={1}mdb,cn=config", database))
    if copied_from is None:
        records.append(
            (
                "olcOverlay=syncprov,olcDatabase={1}mdb,cn=config",
                {"objectClass": ["olcOverlayConfig", "olcSyncProvConfig"], "olcOverlay": ["syncprov"]},
            )
        )
    written = [_ldif(name, attributes) for name, attributes in records]
    written.insert(3, f"include: file://{CORE_SCHEMA}\n\n")
    return "".join(written)


def contents_ldif(server: DirectoryServer) -> str:
    """Return the first contents: the CA's entry, those above it, and who may sign in.

    Raises: DirectoryUnavailable for names by which no entries can be made.
    """
    parts, top = parts_of(server.published), parts_of(server.suffix)
    if not _is_below(server.published, server.suffix):
        raise DirectoryNotMade(
            "directory",
            f"{server.published} is not below {server.suffix}",
            "name a writer above the CA's entry as directory_bind_dn in inro.toml",
        )
    written = []
    for length in range(len(top), len(parts) + 1):
        own = parts[len(parts) - length :]
        kind = EntryClass.AUTHORITY if length == len(parts) else None
        written.append(_ldif(name_of(own), attributes_of(own, kind)))
    written += [_account_ldif(account) for account in (server.writer, server.replicator) if account]
    return "".join(written)


def make_server(server: DirectoryServer, *, folder: Path) -> None:
    """Make the server's configuration and database in an empty or absent `folder`.

    Raises: DirectoryNotMade; nothing is then left of it. DirectoryUnavailable for names that are none.
    """
    configuration, contents = configuration_ldif(server), contents_ldif(server)
    if folder.exists() and any(folder.iterdir()):
        raise DirectoryNotMade(
            "directory", f"{folder} is not empty", "start what is there, or move it away and set up anew"
        )
    existed = folder.exists()
    try:
        for place in (folder, configuration_folder(folder), server.database):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _slapadd(folder, 0, configuration)
        _slapadd(folder, 1, contents)
    except BaseException:
        for place in (configuration_folder(folder), server.database):
            shutil.rmtree(place, ignore_errors=True)
        if not existed:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def make_replica(server: DirectoryServer, provider: Provider, *, folder: Path) -> None:
    """Make a replica's configuration in `folder`; its contents come from the provider.

    Raises: DirectoryNotMade.
    """
    configuration = configuration_ldif(server, copied_from=provider)
    for place in (folder, configuration_folder(folder), server.database):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    _slapadd(folder, 0, configuration)


def configuration_folder(folder: Path) -> Path:
    """Return where a server made in `folder` has its configuration."""
    return folder / "slapd.d"


def command_of(folder: Path, *urls: str) -> list[str]:
    """Return the command that runs a server in the foreground at `urls`.

    Raises: DirectoryNotMade without slapd.
    """
    # -d keeps it in the foreground, so that its process is ours to end.
    return [_program("slapd"), "-F", str(configuration_folder(folder)), "-h", " ".join(urls), "-d", "none"]


@contextmanager
def serving(folder: Path, *, url: str, command: list[str] | None = None) -> Iterator[int]:
    """Run the server made in `folder` at a loopback `url`; yield its process id.

    `command` is how it is started where it is not as whoever calls.
    Raises: DirectoryNotMade with what it said when it does not begin to listen.
    """
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command or _without_rights(command_of(folder, url)),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
        )
    try:
        if not _begun(process, url):
            said = log.read_text("utf-8", errors="replace").strip()[-300:]
            do = f"see that nothing else listens at {url}, and {log}"
            raise DirectoryNotMade("directory", f"slapd did not begin: {said}", do)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _begun(process: "subprocess.Popen[bytes]", url: str) -> bool:
    place = urlsplit(url)
    deadline = time.monotonic() + _BEGINS_WITHIN_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((place.hostname or "", place.port or _LDAP_PORT), timeout=1).close()
        except OSError:
            time.sleep(_LOOK_AGAIN_S)
        else:
            # Who answers may be another, when ours could not have the port.
            time.sleep(_LOOK_AGAIN_S)
            return process.poll() is None
    return False


def _without_rights(command: list[str]) -> list[str]:
    """Return a command that ends with this process and, started by root, can do no more than own files."""
    powers = ["--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"] if os.geteuid() == 0 else []
    return ending_with_this(command, "--no-new-privs", *powers)


def _global(server: DirectoryServer) -> tuple[str, dict[str, list[str]]]:
    attributes = {
        "objectClass": ["olcGlobal"],
        "olcIdleTimeout": [str(_IDLE_SECONDS)],
        # Anyone may send a question, only who signed in a list.
        "olcSockbufMaxIncoming": [str(MOST_OCTETS_ASKED)],
        "olcSockbufMaxIncomingAuth": [str(MOST_OCTETS_WRITTEN)],
    }
    if server.tls is not None:
        attributes |= {
            "olcTLSCertificateFile": [str(server.tls.certificate)],
            "olcTLSCertificateKeyFile": [str(server.tls.key)],
            "olcTLSProtocolMin": ["3.3"],
            # A password in the clear is refused.
            "olcSecurity": ["simple_bind=128"],
        }
    return "cn=config", attributes


def _modules() -> tuple[str, dict[str, list[str]]]:
    loaded = ["back_mdb", "syncprov"]
    return "cn=module,cn=config", {
        "objectClass": ["olcModuleList"],
        "olcModulePath": [str(MODULES)],
        "olcModuleLoad": loaded,
    }


def _schema() -> tuple[str, dict[str, list[str]]]:
    return "cn=schema,cn=config", {"objectClass": ["olcSchemaConfig"]}


def _frontend() -> tuple[str, dict[str, list[str]]]:
    return "olcDatabase={-1}frontend,cn=config", {
        "objectClass": ["olcDatabaseConfig", "olcFrontendConfig"],
        "olcAccess": ['to dn.base="" by * read', 'to dn.base="cn=Subschema" by * read', "to * by * none"],
    }


def _nobody_configures() -> tuple[str, dict[str, list[str]]]:
    return "olcDatabase={0}config,cn=config", {
        "objectClass": ["olcDatabaseConfig"],
        "olcAccess": ["to * by * none"],
    }


def _database(server: DirectoryServer, *, is_replica: bool) -> dict[str, list[str]]:
    attributes = {
        "objectClass": ["olcDatabaseConfig", "olcMdbConfig"],
        "olcSuffix": [server.suffix],
        # What replication and slapadd act as; it has no password, so nobody signs in by this name.
        "olcRootDN": [f"cn=root,{server.suffix}"],
        "olcDbDirectory": [str(server.database)],
        "olcDbMaxSize": [str(MOST_OCTETS_KEPT)],
        "olcDbIndex": ["objectClass eq", "entryCSN eq", "entryUUID eq"],
        "olcAccess": _access(server, is_replica=is_replica),
    }
    if server.replicator is not None and not is_replica:
        attributes["olcLimits"] = [f"dn.exact={_quoted(server.replicator.name)} {_MOST_REPLICATED}"]
    return attributes


def _access(server: DirectoryServer, *, is_replica: bool) -> list[str]:
    """Return who may do what, the first rule that fits an entry holding for it."""
    published = _quoted(server.published)
    if is_replica:
        return [f"to dn.subtree={published} by * read", "to * by * none"]
    accounts = [account for account in (server.writer, server.replicator) if account is not None]
    replicator = f"by dn.exact={_quoted(server.replicator.name)} read " if server.replicator else ""
    return [
        *(f"to dn.exact={_quoted(account.name)} by anonymous auth by * none" for account in accounts),
        f"to dn.subtree={published} by dn.exact={_quoted(server.writer.name)} write by * read",
        f"to * {replicator}by * none",
    ]


def _syncrepl(server: DirectoryServer, provider: Provider) -> str:
    if server.replicator is None:
        raise DirectoryNotMade(
            "directory", "has no replicator", "write replicator_password_file into [directory] of inro.toml"
        )
    tls = "" if provider.authorities is None else f" tls_cacert={_quoted(str(provider.authorities))}"
    return (
        f"rid={_REPLICA:03} provider={_quoted(provider.url)} type=refreshAndPersist "
        f'retry="5 12 60 +" bindmethod=simple binddn={_quoted(server.replicator.name)} '
        f"credentials={_quoted(server.replicator.password)} searchbase={_quoted(server.suffix)}"
        f" scope=sub schemachecking=on keepalive=60:3:10 tls_reqcert=demand{tls}"
    )


def _account_ldif(account: Account) -> str:
    parts = parts_of(account.name)
    attributes = attributes_of(parts)
    attributes["objectClass"] = [*attributes["objectClass"], b"simpleSecurityObject"]
    attributes["userPassword"] = [_hashed(account.password)]
    return _ldif(name_of(parts), attributes)


def _hashed(password: str) -> bytes:
    # {SSHA} is what every slapd knows; the passwords are random, so a fast hash gives nothing away.
    salt = os.urandom(_SALT)
    digest = hashlib.sha1(password.encode("utf-8") + salt, usedforsecurity=False).digest()
    return b"{SSHA}" + base64.b64encode(digest + salt)


def _is_below(name: str, suffix: str) -> bool:
    parts, top = _compared(name), _compared(suffix)
    return parts[-len(top) :] == top


def _compared(name: str) -> list[list[tuple[str, str]]]:
    """Return a name's parts as X.520 compares them: letters' case says nothing."""
    return [sorted((kind.lower(), value.casefold()) for kind, value, _ in part) for part in parts_of(name)]


def _quoted(text: str) -> str:
    """Return text as slapd reads one word of its configuration; characters escaped in a name go by number."""
    numbered = _ESCAPED.sub(lambda found: f"\\{ord(found[1]):02X}", text)
    return '"' + numbered + '"'


def _ldif(name: str, attributes: dict[str, list[str]] | dict[str, list[bytes]]) -> str:
    written = io.StringIO()
    LDIFWriter(written, cols=4096).unparse(
        name,
        {
            attribute: [value.encode("utf-8") if isinstance(value, str) else value for value in values]
            for attribute, values in attributes.items()
        },
    )
    return written.getvalue()


def _slapadd(folder: Path, database: int, text: str) -> None:
    command = [_program("slapadd"), "-F", str(configuration_folder(folder)), "-n", str(database)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = " ".join(done.stderr.split())[-300:]
        raise DirectoryNotMade("directory", f"slapadd: {said}", "mend what it says, then set up again")


def _program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))
    if found is None:
        raise DirectoryNotMade(name, "is not on this machine", "apt-get install -y slapd")
    return found
