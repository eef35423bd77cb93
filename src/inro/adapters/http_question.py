"""One HTTP question with a bounded answer: no redirection, no proxy, no cookie, no compression (RFC 9110)."""

import ssl
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from socket import socket
from urllib.parse import urlsplit

from inro.adapters.bounded_connection import bounded_connection
from inro.ports.fetching import Bounds, FetchFailed, Place
from inro.practice.probe import Problem

_PORTS = {"http": 80, "https": 443}
_OK, _NOT_FOUND = 200, 404
_CHUNK = 1 << 16


def http_question(
    address: str, *, bounds: Bounds, at: Place | None = None, body: bytes | None = None, kind: str = ""
) -> bytes:
    """Return what a server gives for an address, by GET, or by POST of a `body` of media type `kind`.

    `at` is where to connect if not where the address says, as for one mirror of several.
    Raises: FetchFailed.
    """
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise FetchFailed(Problem.REFUSED, address, "no address of a web server")
    place = at or Place(host=parts.hostname, port=parts.port or _PORTS[parts.scheme])
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with bounded_connection(place, bounds, address=address) as plain, ExitStack() as running:
        connection = running.enter_context(closing(HTTPConnection(parts.hostname, parts.port)))
        connection.sock = _secured(plain, parts.hostname) if parts.scheme == "https" else plain
        headers = {"Accept-Encoding": "identity", "Cache-Control": "no-cache", "Connection": "close"}
        try:
            connection.request(
                "GET" if body is None else "POST",
                target,
                body=body,
                headers=headers | ({"Content-Type": kind} if kind else {}),
            )
            return _read(running.enter_context(connection.getresponse()), address, bounds)
        except (HTTPException, ValueError) as error:
            said = f"{type(error).__name__} {error}".strip()
            raise FetchFailed(Problem.REFUSED, address, said) from error


def _secured(plain: socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _read(answer: HTTPResponse, address: str, bounds: Bounds) -> bytes:
    if answer.status == _NOT_FOUND:
        raise FetchFailed(Problem.NOT_THERE, address, "404")
    if answer.status != _OK:
        raise FetchFailed(Problem.REFUSED, address, f"status {answer.status}")
    if (answer.length or 0) > bounds.octets:
        raise FetchFailed(Problem.TOO_LARGE, address, f"{answer.length} octets")
    found = bytearray()
    try:
        while chunk := answer.read(_CHUNK):
            found += chunk
            if len(found) > bounds.octets:
                raise FetchFailed(Problem.TOO_LARGE, address, f"more than {bounds.octets} octets")
    except IncompleteRead as error:
        raise FetchFailed(Problem.CUT_SHORT, address, f"after {len(found)} octets") from error
    if answer.length:
        raise FetchFailed(Problem.CUT_SHORT, address, f"{answer.length} octets missing")
    return bytes(found)
