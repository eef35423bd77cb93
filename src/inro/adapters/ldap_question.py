"""One LDAP question as a stranger asks it: one entry, one attribute, not signed in, bounded (RFC 4511, 4516).

It is not the library the publisher uses: that one reads whatever a server sends, and for as long.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from socket import socket
from urllib.parse import unquote, urlsplit

from inro.adapters.bounded_connection import bounded_connection
from inro.pki import der
from inro.ports.fetching import Bounds, FetchFailed, Place
from inro.practice.probe import Problem

_PORT = 389
_MESSAGE_ID = 1
_SEARCH, _ENTRY, _DONE = 0x63, 0x64, 0x65
_ANY_CLASS = der.encode(0x87, b"objectClass")
_NO_SUCH_OBJECT = 32
# What a server may wrap around the value: the entry's name, the attribute's, headers.
_WRAPPING = 64 << 10
_MOST_MESSAGES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class LdapAddress:
    """What an LDAP URL names: one attribute of one entry."""

    host: str
    port: int
    entry: str
    attribute: str


class _NotLdap(Exception):
    """What came is no LDAP message."""


def read_ldap_address(address: str) -> LdapAddress:
    """Read an LDAP URL that names one attribute of one entry (RFC 4516).

    Raises: FetchFailed.
    """
    parts = urlsplit(address)
    attribute, _, rest = parts.query.partition("?")
    scope = rest.partition("?")[0]
    if parts.scheme != "ldap" or not parts.hostname or not attribute or scope not in {"", "base"}:
        raise FetchFailed(Problem.REFUSED, address, "names no attribute of one entry of a directory")
    return LdapAddress(
        host=parts.hostname,
        port=parts.port or _PORT,
        entry=unquote(parts.path.removeprefix("/")),
        attribute=unquote(attribute),
    )


def ldap_question(address: str, *, bounds: Bounds, at: Place | None = None) -> bytes:
    """Return the one value that a directory gives anyone for an address.

    `at` is where to connect if not where the address says. Raises: FetchFailed.
    """
    asked = read_ldap_address(address)
    place = at or Place(host=asked.host, port=asked.port)
    try:
        with bounded_connection(place, bounds, address=address) as connection:
            connection.sendall(_question(asked, seconds=int(bounds.seconds) or 1))
            return _answer(connection, asked, address, bounds)
    except _NotLdap as error:
        raise FetchFailed(Problem.REFUSED, address, f"no LDAP: {error}") from error


def _question(asked: LdapAddress, *, seconds: int) -> bytes:
    search = (
        der.encode(der.OCTET_STRING, asked.entry.encode("utf-8")),
        der.encode(der.ENUMERATED, b"\0"),
        der.encode(der.ENUMERATED, b"\0"),
        der.encode_integer(1),
        der.encode_integer(seconds),
        der.encode(der.BOOLEAN, b"\0"),
        _ANY_CLASS,
        der.encode(der.SEQUENCE, der.encode(der.OCTET_STRING, asked.attribute.encode("ascii"))),
    )
    return der.encode(der.SEQUENCE, der.encode_integer(_MESSAGE_ID), der.encode(_SEARCH, *search))


def _answer(connection: socket, asked: LdapAddress, address: str, bounds: Bounds) -> bytes:
    values: list[bytes] = []
    for _ in range(_MOST_MESSAGES):
        kind, content = _message(connection, address, bounds)
        if kind == _ENTRY:
            values += _values(content, asked.attribute)
        elif kind == _DONE:
            code = _result_code(content)
            if code == _NO_SUCH_OBJECT or (code == 0 and not values):
                raise FetchFailed(Problem.NOT_THERE, address, f"result {code}")
            if code != 0 or len(values) != 1:
                raise FetchFailed(Problem.REFUSED, address, f"result {code}, {len(values)} values")
            return values[0]
    raise FetchFailed(Problem.REFUSED, address, "messages without end")


def _message(connection: socket, address: str, bounds: Bounds) -> tuple[int, bytes]:
    """Return the kind and content of the next message's operation."""
    tag, first = _received(connection, 2, address)
    if tag != der.SEQUENCE:
        raise _NotLdap(f"tag {tag:#04x}")
    length = first
    if first >= 0x80:
        if not 1 <= first & 0x7F <= 8:
            raise _NotLdap("length")
        length = int.from_bytes(_received(connection, first & 0x7F, address))
    if length > bounds.octets + _WRAPPING:
        raise FetchFailed(Problem.TOO_LARGE, address, f"{length} octets")
    parts = list(_elements(_received(connection, length, address)))
    if len(parts) < 2 or parts[0][0] != der.INTEGER:
        raise _NotLdap("no message")
    return parts[1]


def _received(connection: socket, count: int, address: str) -> bytes:
    found = bytearray()
    while len(found) < count:
        chunk = connection.recv(min(count - len(found), 1 << 20))
        if not chunk:
            raise FetchFailed(Problem.CUT_SHORT, address, f"after {len(found)} octets")
        found += chunk
    return bytes(found)


def _values(entry: bytes, attribute: str) -> Iterator[bytes]:
    _, (_, attributes) = _exactly(entry, 2)
    for _, described in _elements(attributes):
        (_, name), (_, values) = _exactly(described, 2)
        if name.decode("utf-8", errors="replace").lower() == attribute.lower():
            yield from (value for _, value in _elements(values))


def _result_code(done: bytes) -> int:
    first = next(_elements(done), None)
    if first is None or first[0] != der.ENUMERATED:
        raise _NotLdap("no result code")
    return int.from_bytes(first[1])


def _exactly(content: bytes, count: int) -> list[tuple[int, bytes]]:
    found = list(_elements(content))
    if len(found) != count:
        raise _NotLdap(f"{len(found)} elements where {count} belong")
    return found


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and content of elements in BER, whose lengths need not be the shortest (RFC 4511 5.1)."""
    offset = 0
    while offset < len(content):
        head = content[offset : offset + 2]
        if len(head) < 2 or head[1] in {0x80, 0xFF}:
            raise _NotLdap("element cut short, or of no definite length")
        body, length = offset + 2, head[1]
        if length > 0x80:
            body += length & 0x7F
            length = int.from_bytes(content[offset + 2 : body])
        if body + length > len(content):
            raise _NotLdap("element longer than its message")
        yield head[0], content[body : body + length]
        offset = body + length
