"""The directory half of the repository: RFC 4523 attributes of the CA's entry over LDAPv3 (4(6), 26.1)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import ldap
import ldap.dn
import ldap.modlist
from ldap.ldapobject import LDAPObject

from inro.ports.errors import DirectoryUnavailable

ATTRIBUTES = (
    "cACertificate;binary",
    "certificateRevocationList;binary",
    "authorityRevocationList;binary",
)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_STRUCTURAL_CLASSES = {
    "c": "country",
    "st": "locality",
    "l": "locality",
    "o": "organization",
    "ou": "organizationalUnit",
    "cn": "applicationProcess",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryAccess:
    """How the directory is reached; the password stands in a file, or comes from an open descriptor.

    `entry` is the CA's distinguished name (RFC 4514). `authorities` is a file of CA certificates for TLS.
    """

    url: str
    entry: str
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
        self._access = access
        self._password = _password(access.password_from)

    def publish(self, attribute: str, value: bytes) -> None:
        """Replace `attribute` of the CA's entry by `value`; a missing entry, and those above it, are made.

        Raises: DirectoryUnavailable.
        """
        _check(attribute)
        with self._connection() as connection:
            try:
                connection.modify_s(self._access.entry, [(ldap.MOD_REPLACE, attribute, [value])])
            except (ldap.NO_SUCH_OBJECT, ldap.OBJECT_CLASS_VIOLATION):
                _make_entry(connection, self._access.entry)
                connection.modify_s(self._access.entry, [(ldap.MOD_REPLACE, attribute, [value])])

    def read_back(self, attribute: str) -> bytes | None:
        """Return what the directory gives anyone for `attribute`, or None.

        Raises: DirectoryUnavailable.
        """
        _check(attribute)
        with self._connection(bind=False) as connection:
            try:
                found = connection.search_s(
                    self._access.entry, ldap.SCOPE_BASE, "(objectClass=*)", [attribute]
                )
            except ldap.NO_SUCH_OBJECT:
                return None
        values = found[0][1].get(attribute, []) if found else []
        return values[0] if values else None

    @contextmanager
    def _connection(self, *, bind: bool = True) -> Iterator[LDAPObject]:
        access = self._access
        try:
            connection = ldap.initialize(access.url, bytes_mode=False)
            try:
                _configure(connection, access)
                if bind:
                    connection.simple_bind_s(access.bind_dn, self._password)
                yield connection
            finally:
                connection.unbind_s()
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
        connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
    if access.start_tls:
        connection.start_tls_s()


def _make_entry(connection: LDAPObject, entry: str) -> None:
    try:
        _add(connection, ldap.dn.str2dn(entry), b"pkiCA")
    except ldap.ALREADY_EXISTS:
        connection.modify_s(entry, [(ldap.MOD_ADD, "objectClass", [b"pkiCA"])])


def _add(connection: LDAPObject, parts: list[list[tuple[str, str, int]]], *auxiliary: bytes) -> None:
    """Add an entry, and before it whatever is missing above it up to the server's suffix."""
    name, kind = ldap.dn.dn2str(parts), parts[0][0][0].lower()
    if kind not in _STRUCTURAL_CLASSES:
        raise DirectoryUnavailable("directory", f"no entry can be made for {name}", "make it by hand")
    attributes: dict[str, list[bytes]] = {
        "objectClass": [b"top", _STRUCTURAL_CLASSES[kind].encode(), *auxiliary]
    }
    for attribute, value, _ in parts[0]:
        attributes.setdefault(attribute, []).append(value.encode("utf-8"))
    try:
        connection.add_s(name, ldap.modlist.addModlist(attributes))
    except ldap.NO_SUCH_OBJECT:
        if len(parts) == 1:
            raise
        _add(connection, parts[1:])
        connection.add_s(name, ldap.modlist.addModlist(attributes))


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
