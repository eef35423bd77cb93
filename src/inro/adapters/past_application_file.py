"""A file of past applications: CSV in UTF-8 or in Shift_JIS as Windows has it, read strictly (8.11).

Nothing of the file is believed: in which encoding it is, how long its lines are, that it stays the same.
"""

import codecs
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from inro.japanese.past_application_columns import FieldRefused, Header, LineFault, LineFinding, read_header
from inro.japanese.past_application_line import LineReading, fields_of, read_past_application
from inro.ports.errors import PortError

LONGEST_LINE = 64 * 1024
_CHUNK = 1 << 20
_TOLD_EVERY = 500
_MARK = codecs.BOM_UTF8
_ASCII = "ascii"


class TextEncoding(StrEnum):
    """How a file is written."""

    UTF_8 = "utf-8"
    CP932 = "cp932"


class PastFileFault(StrEnum):
    """What is wrong with a file as a whole."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NO_HEADER = "no_header"
    HEADER = "header"
    AMBIGUOUS = "ambiguous"
    NEITHER = "neither"
    MARKED = "marked"
    CHANGED = "changed"


class PastFileRefused(PortError):
    """A file that cannot be read line by line; `header` says what is wrong with the first line."""

    def __init__(
        self, *, file: Path, fault: PastFileFault, detail: str = "", header: Header | None = None
    ) -> None:
        super().__init__(str(file), detail or fault.value)
        self.fault = fault
        self.header = header


@dataclass(frozen=True, slots=True, kw_only=True)
class PastApplicationFile:
    """An open file: SHA-256 and number of its octets, how it is written, its lines with their numbers."""

    sha256: str
    size: int
    encoding: TextEncoding
    lines: Iterator[tuple[int, LineReading]]


@contextmanager
def open_past_applications(
    file: Path, *, today: date, encoding: TextEncoding | None = None, told: Callable[[int], None]
) -> Iterator[PastApplicationFile]:
    """Lend the applications of a file; `told` hears how many octets were read.

    Without `encoding` it must be beyond doubt. The lines raise PastFileRefused, at their end, for a file that
    somebody changed meanwhile.

    Raises: PastFileRefused.
    """
    try:
        with file.open("rb") as octets:
            size = octets.seek(0, os.SEEK_END)
            octets.seek(0)
            first = octets.readline(LONGEST_LINE)
            octets.seek(0)
            sha256, decodable = _examined(octets)
            if size == 0:
                raise PastFileRefused(file=file, fault=PastFileFault.EMPTY)
            chosen, header = _chosen(file, first, decodable, encoding)
            octets.seek(0)
            yield PastApplicationFile(
                sha256=sha256,
                size=size,
                encoding=chosen,
                lines=_lines(file, octets, header, chosen, sha256, today, told),
            )
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise PastFileRefused(file=file, fault=PastFileFault.UNREADABLE, detail=detail) from error


def _examined(octets: BinaryIO) -> tuple[str, frozenset[str]]:
    """Return the SHA-256 of all octets, and the encodings in which they are text from end to end."""
    digest = hashlib.sha256()
    decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in (*TextEncoding, _ASCII)}
    while True:
        chunk = octets.read(_CHUNK)
        digest.update(chunk)
        for name in list(decoders):
            try:
                decoders[name].decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                del decoders[name]
        if not chunk:
            return digest.hexdigest(), frozenset(decoders)


def _chosen(
    file: Path, first: bytes, decodable: frozenset[str], given: TextEncoding | None
) -> tuple[TextEncoding, Header]:
    if first.startswith(_MARK):
        if given is TextEncoding.CP932:
            raise PastFileRefused(file=file, fault=PastFileFault.MARKED)
        given = TextEncoding.UTF_8
    headers = {name: _header(first, name) for name in ([given] if given else TextEncoding)}
    known = {name: header for name, header in headers.items() if header is not None and header.known}
    if not known:
        raise PastFileRefused(file=file, fault=PastFileFault.NO_HEADER)
    fitting = [name for name in known if name in decodable] or list(known)
    if len(fitting) > 1 and _ASCII not in decodable:
        fault = PastFileFault.AMBIGUOUS if fitting[0] in decodable else PastFileFault.NEITHER
        raise PastFileRefused(file=file, fault=fault)
    chosen = fitting[0]
    if not known[chosen].whole:
        raise PastFileRefused(file=file, fault=PastFileFault.HEADER, header=known[chosen])
    return chosen, known[chosen]


def _header(first: bytes, encoding: TextEncoding) -> Header | None:
    try:
        return read_header(fields_of(first.removeprefix(_MARK).decode(encoding).rstrip("\r\n")))
    except (UnicodeDecodeError, FieldRefused):
        return None


def _lines(
    file: Path,
    octets: BinaryIO,
    header: Header,
    encoding: TextEncoding,
    sha256: str,
    today: date,
    told: Callable[[int], None],
) -> Iterator[tuple[int, LineReading]]:
    digest = hashlib.sha256()
    for number, (line, whole) in enumerate(_octets_of_lines(octets, digest.update), start=1):
        if number % _TOLD_EVERY == 0:
            told(octets.tell())
        if number == 1:
            continue
        reading = _reading(line, header, encoding, number, today) if whole else _too_long(number)
        if reading is not None:
            yield number, reading
    told(octets.tell())
    if digest.hexdigest() != sha256:
        raise PastFileRefused(file=file, fault=PastFileFault.CHANGED)


def _octets_of_lines(octets: BinaryIO, seen: Callable[[bytes], None]) -> Iterator[tuple[bytes, bool]]:
    """Yield each line and whether it is whole; of one that is too long only the beginning is kept."""
    while line := octets.readline(LONGEST_LINE + 1):
        seen(line)
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = octets.readline(LONGEST_LINE + 1)
            seen(rest)
        yield line, rest is line and len(line) <= LONGEST_LINE


def _too_long(number: int) -> LineReading:
    return (LineFinding(line=number, fault=LineFault.LINE_TOO_LONG),)


def _reading(
    line: bytes, header: Header, encoding: TextEncoding, number: int, today: date
) -> LineReading | None:
    """Return what a line states, None for an empty one."""
    try:
        fields = fields_of(line.decode(encoding).removesuffix("\n").removesuffix("\r"))
    except UnicodeDecodeError as error:
        return (LineFinding(line=number, fault=LineFault.ENCODING, place=error.start + 1),)
    except FieldRefused as refused:
        return (LineFinding(line=number, fault=refused.fault),)
    if not any(map(str.strip, fields)):
        return None
    return read_past_application(fields, header=header, line=number, today=today)
