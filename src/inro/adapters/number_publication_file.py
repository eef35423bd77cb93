"""The National Tax Agency's file of all Corporate Numbers: a CSV in a zip as published, or unpacked (8.2).

Nothing in the file is believed: how large it says it is, how long its lines are, what it is packed with.
"""

import hashlib
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from inro.japanese.number_publication import PublishedEntry, encoding_of, read_entries
from inro.ports.errors import PortError

# All five million rows are about 1.3 GB unpacked; text shrinks about sixfold.
LARGEST = 8 * 1024**3
MOST_SHRUNK = 100
LONGEST_LINE = 32 * 1024
_SAMPLE_LINES = 1_000
_TOLD_EVERY = 1_000
_MARK = "\ufeff".encode()
_DAY = re.compile(r"_all_(\d{4})(\d{2})(\d{2})(?!\d)")
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class FileFault(StrEnum):
    """What is wrong with a file as a whole."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    DAMAGED = "damaged"
    NOT_ONE_CSV = "not_one_csv"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    LINE_TOO_LONG = "line_too_long"


class PublicationFileRefused(PortError):
    """A file that is no publication of Corporate Numbers; nothing of it was used."""

    def __init__(self, *, file: Path, fault: FileFault, detail: str = "") -> None:
        super().__init__(str(file), detail or fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationFile:
    """An open publication: SHA-256 of the file's octets, unpacked size, the day in its name, the entries."""

    sha256: str
    size: int
    published_on: date | None
    entries: Iterator[PublishedEntry]


@contextmanager
def open_publication(file: Path, *, told: Callable[[int], None]) -> Iterator[PublicationFile]:
    """Lend the publication in a file; `told` hears how many unpacked octets were read.

    The entries raise RowRefused, and PublicationFileRefused where the file breaks off, as they are read.

    Raises: PublicationFileRefused.
    """
    with ExitStack() as opened:
        with _refusing(file):
            octets = opened.enter_context(file.open("rb"))
            sha256 = hashlib.file_digest(octets, "sha256").hexdigest()
            octets.seek(0)
            name, size, stream = _unpacked(file, octets, opened)
        yield PublicationFile(
            sha256=sha256,
            size=size,
            published_on=_day(name) or _day(file.name),
            entries=_entries(_lines(file, stream, told)),
        )


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Tell what a file does to its reader as a refusal of that file."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise PublicationFileRefused(file=file, fault=FileFault.DAMAGED) from error
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise PublicationFileRefused(file=file, fault=FileFault.UNREADABLE, detail=detail) from error


def _unpacked(file: Path, octets: BinaryIO, opened: ExitStack) -> tuple[str, int, BinaryIO]:
    """Return name, size and octets of the CSV, which lies in a zip or is the file itself."""
    beginning = octets.read(4)
    size = octets.seek(0, io.SEEK_END)
    octets.seek(0)
    if size == 0:
        raise PublicationFileRefused(file=file, fault=FileFault.EMPTY)
    if beginning[:2] != b"PK":
        if size > LARGEST:
            raise PublicationFileRefused(file=file, fault=FileFault.TOO_LARGE)
        return file.name, size, octets
    archive = opened.enter_context(zipfile.ZipFile(octets))
    member = _csv_of(file, archive)
    return member.filename, member.file_size, opened.enter_context(_stream(archive, member))


def _stream(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    # Buffered, because a member by itself gives lines at a fifth of the speed.
    return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, archive.open(member)), 1 << 20))


def _csv_of(file: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    # Beside the CSV the Agency packs a signature of it.
    found = [member for member in archive.infolist() if member.filename.lower().endswith(".csv")]
    if len(found) != 1:
        raise PublicationFileRefused(file=file, fault=FileFault.NOT_ONE_CSV)
    member = found[0]
    if member.flag_bits & 1:
        raise PublicationFileRefused(file=file, fault=FileFault.ENCRYPTED)
    if member.compress_type not in _PACKED:
        raise PublicationFileRefused(file=file, fault=FileFault.DAMAGED)
    if member.file_size > min(LARGEST, MOST_SHRUNK * max(member.compress_size, 1)):
        raise PublicationFileRefused(file=file, fault=FileFault.TOO_LARGE)
    if member.file_size == 0:
        raise PublicationFileRefused(file=file, fault=FileFault.EMPTY)
    return member


def _lines(file: Path, stream: BinaryIO, told: Callable[[int], None]) -> Iterator[bytes]:
    """Yield whole lines; a file that unpacks to more than it says is at its end where it says."""
    read = 0
    with _refusing(file):
        for count in itertools.count(1):
            line = stream.readline(LONGEST_LINE + 1)
            if not line:
                break
            if len(line) > LONGEST_LINE:
                raise PublicationFileRefused(file=file, fault=FileFault.LINE_TOO_LONG, detail=str(count))
            read += len(line)
            if count % _TOLD_EVERY == 0:
                told(read)
            yield line.removeprefix(_MARK) if count == 1 else line
    told(read)


def _entries(lines: Iterator[bytes]) -> Iterator[PublishedEntry]:
    sample = list(itertools.islice(lines, _SAMPLE_LINES))
    encoding = encoding_of(b"".join(sample))
    yield from read_entries(itertools.chain(sample, lines), encoding=encoding)


def _day(name: str) -> date | None:
    found = _DAY.search(name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
