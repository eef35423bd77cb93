"""The National Tax Agency's Web-API of Corporate Numbers, version 4 (8.2): what is published now, by number.

An answer of type 02 is CSV in UTF-8: a row of its own (day of the data, count, part, parts), then entries.
The application id is a secret that stands in the address asked for, so no address leaves this file.
"""

import http.client
import os
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import batched
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from inro.configuration.loopback import is_loopback
from inro.japanese.number_publication import PublicationEncoding, PublishedEntry, RowRefused, read_entries
from inro.ports.corporate_register import RegisterAnswer
from inro.ports.errors import CorporateRegisterUnavailable
from inro.practice.corporate_number import ConfirmationMethod

ADDRESS = "https://api.houjin-bangou.nta.go.jp"
MOST_NUMBERS = 10
LARGEST_ANSWER = 256 * 1024
_APPLICATION_ID = re.compile(r"[0-9A-Za-z]{1,64}")
_WHAT = "corporate numbers web-api"
_REFUSALS = {
    400: ("it does not understand the request", "see whether version 4 of the Web-API still runs"),
    403: ("it refuses this machine", "wait: too many requests, or ask the National Tax Agency"),
    404: ("it does not know the application id", "correct the file of the application id"),
    500: ("it is out of order", "try again later, or use a loaded file: inro corporate-numbers load FILE"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebApiAccess:
    """How the Web-API is reached; the application id stands in a file, or comes from an open descriptor.

    `timeout` (seconds) is for a whole answer. Plain HTTP is taken to this machine only.
    """

    application_id_from: Path | int
    address: str = ADDRESS
    timeout: float = 10.0


class NtaWebApi:
    """The Web-API as a register; a connection is made for each call and closed after it."""

    def __init__(self, access: WebApiAccess) -> None:
        parts = urlsplit(access.address)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port
        self._timeout = access.timeout
        if not self._host or not (self._secure or (parts.scheme == "http" and is_loopback(self._host))):
            raise _unavailable("the address must begin with https://", "correct inro.toml")
        self._application_id = _read_application_id(access.application_id_from)

    def look_up(self, numbers: Sequence[str]) -> RegisterAnswer:
        """Return what is published now of these numbers, ten a call.

        Raises: CorporateRegisterUnavailable.
        """
        parts = [self._part(part) for part in batched(dict.fromkeys(numbers), MOST_NUMBERS)]
        if not parts:
            raise _unavailable("no number was asked for")
        return RegisterAnswer(
            method=ConfirmationMethod.WEB_API,
            published_on=min(part.published_on for part in parts),
            entries={entry.number: entry for part in parts for entry in part.entries},
        )

    def _part(self, numbers: Sequence[str]) -> "_Part":
        asked = {"id": self._application_id, "number": ",".join(numbers), "type": "02", "history": "0"}
        answer = _read_answer(self._answer(f"/4/num?{urlencode(asked, safe=',')}"))
        given = [entry.number for entry in answer.entries]
        if not set(given) <= set(numbers) or len(set(given)) != len(given):
            raise _unavailable("it answered for a number that was not asked for, or twice")
        return answer

    def _answer(self, target: str) -> bytes:
        try:
            with closing(self._connection()) as connection, _in_time(connection, self._timeout):
                connection.request("GET", target, headers={"Accept": "text/csv", "User-Agent": "inro"})
                with connection.getresponse() as response:
                    octets = response.read(LARGEST_ANSWER + 1)
                    cut_short = bool(response.length)
        except (OSError, http.client.HTTPException) as error:
            # The cause is left out: it may quote the address.
            detail = (isinstance(error, OSError) and error.strerror) or type(error).__name__
            raise _unavailable(detail, "see whether this machine reaches it, or use a loaded file") from None
        _check_status(response.status)
        if len(octets) > LARGEST_ANSWER:
            raise _unavailable("its answer is too large to be one")
        if cut_short:
            raise _unavailable("its answer broke off")
        return octets

    def _connection(self) -> http.client.HTTPConnection:
        if self._secure:
            trusted = ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=trusted)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)


class _Part(NamedTuple):
    published_on: date
    entries: list[PublishedEntry]


def _read_answer(octets: bytes) -> _Part:
    head, *lines = octets.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True) or [b""]
    fields = head.decode("ascii", "replace").strip().replace('"', "").split(",")
    try:
        day, count, part, parts = date.fromisoformat(fields[0]), *map(int, fields[1:])
        entries = list(read_entries(lines, encoding=PublicationEncoding.UTF_8, first_line=2))
    except (ValueError, RowRefused) as refused:
        where = f"line {refused.line} {refused.column}" if isinstance(refused, RowRefused) else "line 1"
        raise _unavailable(f"its answer is not in the published form: {where}") from None
    if (part, parts) != (1, 1) or count != len(entries):
        raise _unavailable("its answer is not whole")
    return _Part(day, entries)


def _check_status(status: int) -> None:
    if status != http.client.OK:
        detail, do = _REFUSALS.get(status, ("it gave no answer to use", "try again later"))
        raise _unavailable(f"{detail} (HTTP {status})", do)


@contextmanager
def _in_time(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """End a conversation that takes longer than `seconds` as a whole, however steadily it drips."""
    connection.connect()
    clock = threading.Timer(seconds, _hang_up, [connection.sock])
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was quicker.
        return


def _read_application_id(source: Path | int) -> str:
    try:
        with os.fdopen(os.open(source, os.O_RDONLY) if isinstance(source, Path) else source, "rb") as stream:
            text = stream.read(256).decode("ascii", "replace").strip()
    except OSError as error:
        raise _unavailable(f"no application id to be read: {error.strerror}", "correct inro.toml") from None
    if not _APPLICATION_ID.fullmatch(text):
        raise _unavailable(
            "the file of the application id holds none", "write the id into it, as the Agency posted it"
        )
    return text


def _unavailable(
    detail: str, do: str = "try again later, or use a loaded file"
) -> CorporateRegisterUnavailable:
    return CorporateRegisterUnavailable(_WHAT, detail, do)
