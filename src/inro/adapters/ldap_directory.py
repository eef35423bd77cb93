"""The directory half of the repository: RFC 4523 attributes of the CA's entry over LDAPv3 (4(6), 26.1)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import ldap
import ldap.modlist
from ldap.controls.libldap import AssertionControl
from ldap.ldapobject import LDAPObject

from inro.adapters.directory_entries import EntryClass, Parts, attributes_of, name_of, parts_of
from inro.ports.errors import DirectoryUnavailable, NewerPublished
from inro.ports.replacement import MayReplace, replace_anything

ATTRIBUTES = (
    "cACertificate;binary",
    "certificateRevocationList;binary",
    "authorityRevocationList;binary",
    "crossCertificatePair;binary",
)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryAccess:
    """How the directory is reached; the password stands in a file, or comes from an open descriptor.

    `entry` is the distinguished name (RFC 4514) of the CA, or of a distribution point below it, as
    `entry_class` says. `authorities` is a file of CA certificates for TLS.
    """

    url: str
    entry: str
    entry_class: EntryClass = EntryClass.AUTHORITY
    bind_dn: str
    password_from: Path | int
    start_tls: bool = False
    authorities: Path | None = None
    timeout: float = 20.0


class LdapDirectory:
    """One CA's entry in a directory server; a connection is made for each act and closed after it."""

    def __init__(self, access: DirectoryAccess) -> None:
        parts = urlsplit(access.url)
        if parts.scheme not in {"ldap", "ldaps", "ldapi"}:
            raise DirectoryUnavailable(
                "directory", f"{access.url!r} is no directory's address", "correct inro.toml"
            )
        in_the_clear = parts.scheme == "ldap" and not access.start_tls
        if in_the_clear and parts.hostname not in _LOOPBACK:
            do = "use ldaps, or switch on start_tls"
            raise DirectoryUnavailable("directory", "the password would travel in the clear", do)
        self.access = access
        self._password = _password(access.password_from)

    def publish(self, attribute: str, *values: bytes, may_replace: MayReplace = replace_anything) -> None:
        """Replace `attribute` of the entry by `values`; a missing entry, and those above it, are made.

        The entry looked at is the one that is changed: what another writer put there meanwhile stays.
        Raises: DirectoryUnavailable, NewerPublished where `may_replace` says no of what is there.
        """
        _check(attribute)
        entry = self.access.entry
        with self._connection() as connection:
            try:
                state = _state(connection, entry, attribute, may_replace)
                connection.modify_ext_s(entry, _replacing(attribute, values), serverctrls=state)
            except (ldap.NO_SUCH_OBJECT, ldap.OBJECT_CLASS_VIOLATION):
                self._make_entry(connection)
                connection.modify_s(entry, _replacing(attribute, values))

    def read_back(self, attribute: str) -> bytes | None:
        """Return what the directory gives anyone for `attribute`, or None.

        Raises: DirectoryUnavailable.
        """
        return next(iter(self.read_all_back(attribute)), None)

    def read_all_back(self, attribute: str) -> tuple[bytes, ...]:
        """Return every value that the directory gives anyone for `attribute`, in no order.

        Raises: DirectoryUnavailable.
        """
        _check(attribute)
        with self._connection(bind=False) as connection:
            try:
                found = connection.search_s(
                    self.access.entry, ldap.SCOPE_BASE, "(objectClass=*)", [attribute]
                )
            except ldap.NO_SUCH_OBJECT:
                return ()
        return tuple(found[0][1].get(attribute, ())) if found else ()

    def _make_entry(self, connection: LDAPObject) -> None:
        entry, kind = self.access.entry, self.access.entry_class
        try:
            _add(connection, parts_of(entry), kind)
        except ldap.ALREADY_EXISTS:
            connection.modify_s(entry, [(ldap.MOD_ADD, "objectClass", [EntryClass.AUTHORITY.encode()])])

    @contextmanager
    def _connection(self, *, bind: bool = True) -> Iterator[LDAPObject]:
        access = self.access
        try:
            connection = ldap.initialize(access.url, bytes_mode=False)
            try:
                _configure(connection, access)
                if bind:
                    connection.simple_bind_s(access.bind_dn, self._password)
                yield connection
            finally:
                connection.unbind_s()
        except ldap.ASSERTION_FAILED as error:
            raise DirectoryUnavailable(
                "directory", "another writer changed the entry meanwhile", "the next run looks again"
            ) from error
        except ldap.LDAPError as error:
            do = f"see that the directory at {access.url} runs and lets {access.bind_dn} write"
            raise DirectoryUnavailable("directory", _words(error), do) from error


def _configure(connection: LDAPObject, access: DirectoryAccess) -> None:
    connection.protocol_version = ldap.VERSION3
    connection.set_option(ldap.OPT_REFERRALS, 0)
    connection.set_option(ldap.OPT_NETWORK_TIMEOUT, access.timeout)
    connection.set_option(ldap.OPT_TIMEOUT, access.timeout)
    if access.authorities is not None:
        connection.set_option(ldap.OPT_X_TLS_CACERTFILE, str(access.authorities))
        connection.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
        try:
            connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
        except ValueError as error:
            detail = f"{access.authorities} holds no certificates that can be read"
            raise DirectoryUnavailable(
                "directory", detail, "correct directory_authorities in inro.toml"
            ) from error
    if access.start_tls:
        connection.start_tls_s()


def _state(
    connection: LDAPObject, entry: str, attribute: str, may_replace: MayReplace
) -> list[AssertionControl]:
    """Look at what is there; return the condition that it still is (RFC 4528), where the server knows it."""
    asked = ["entryCSN"] if may_replace is replace_anything else ["entryCSN", attribute]
    found = connection.search_s(entry, ldap.SCOPE_BASE, "(objectClass=*)", asked)
    attributes = found[0][1] if found else {}
    if not all(may_replace(value) for value in attributes.get(attribute, ())):
        raise NewerPublished("directory", f"has a newer {attribute}", "the next run publishes the newest")
    versions = attributes.get("entryCSN", ())
    return [AssertionControl(filterstr=f"(entryCSN={version.decode('ascii')})") for version in versions]


def _replacing(attribute: str, values: tuple[bytes, ...]) -> list[tuple[int, str, list[bytes]]]:
    return [(ldap.MOD_REPLACE, attribute, list(values))]


def _add(connection: LDAPObject, parts: Parts, kind: EntryClass | None) -> None:
    """Add an entry, and before it whatever is missing above it up to the server's suffix."""
    addition = ldap.modlist.addModlist(attributes_of(parts, kind))
    try:
        connection.add_s(name_of(parts), addition)
    except ldap.NO_SUCH_OBJECT:
        if len(parts) == 1:
            raise
        _add(connection, parts[1:], None)
        connection.add_s(name_of(parts), addition)


def _check(attribute: str) -> None:
    if attribute not in ATTRIBUTES:
        raise DirectoryUnavailable("directory", f"{attribute!r} is not an attribute of RFC 4523 we publish")


def _password(source: Path | int) -> str:
    try:
        if isinstance(source, Path):
            return source.read_text("utf-8").rstrip("\n")
        with os.fdopen(source, "r", encoding="utf-8") as stream:
            return stream.read().rstrip("\n")
    except OSError as error:
        raise DirectoryUnavailable(
            "directory", f"no password to be read: {error.strerror}", "correct inro.toml"
        ) from error


def _words(error: ldap.LDAPError) -> str:
    first = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    return " ".join(
        str(part) for part in (type(error).__name__, first.get("desc"), first.get("info")) if part
    )
