"""What the responder may serve: lists, CA certificates, texts of the web tree (4(6), 10, 26.1)."""

import gzip
import hashlib
import os
import re
import stat
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO

from inro.responder.http_dates import http_date

MEDIA_TYPES = {
    "crl": "application/pkix-crl",
    "cer": "application/pkix-cert",
    "txt": "text/plain; charset=utf-8",
}
# Larger lists would hold up all others while they are compressed: a proxy does that better.
_COMPRESSED = range(1 << 10, 8 << 20)
_NAME = re.compile(r"/([a-z0-9][a-z0-9-]*\.(crl|cer)|(?:terms|fees|cps|relying)-[a-z0-9-]{1,10}\.(txt))")


type Version = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """An open file and what HTTP says about it; a later version under its name does not reach it."""

    content: BinaryIO
    size: int
    etag: str
    last_modified: str
    media_type: str
    compressed: bool = False


class WebFiles:
    """The published files of one folder; digest and compressed form are made once for each version."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[str, tuple[Version, str]] = {}
        self._compressed: dict[str, tuple[str, bytes]] = {}

    def open(self, path: str, *, compressed: bool = False) -> PublishedFile | None:
        """Return the file that a request's decoded `path` names, opened, or None; links are none.

        `compressed` asks for gzip, which very small and very large files are not given in.
        """
        name = _NAME.fullmatch(path)
        if name is None:
            return None
        try:
            content = _open_regular(self._folder / name[1])
        except OSError:
            return None
        state = os.fstat(content.fileno())
        file = PublishedFile(
            content=content,
            size=state.st_size,
            etag=f'"{self._digest(name[1], content, state)}"',
            last_modified=http_date(int(state.st_mtime)).decode(),
            media_type=MEDIA_TYPES[name[2] or name[3]],
        )
        return self._gzipped(name[1], file) if compressed and state.st_size in _COMPRESSED else file

    def _gzipped(self, name: str, file: PublishedFile) -> PublishedFile:
        known = self._compressed.get(name)
        if known is None or known[0] != file.etag:
            with file.content:
                # No time in it: the same version is the same octets in every process.
                known = (file.etag, gzip.compress(file.content.read(), compresslevel=5, mtime=0))
            self._compressed[name] = known
        file.content.close()
        return replace(
            file,
            content=BytesIO(known[1]),
            size=len(known[1]),
            etag=f'{file.etag[:-1]}-gzip"',
            compressed=True,
        )

    def _digest(self, name: str, content: BufferedReader, state: os.stat_result) -> str:
        version = version_of(state)
        known = self._digests.get(name)
        if known is None or known[0] != version:
            known = (version, hashlib.file_digest(content, "sha256").hexdigest()[:32])
            content.seek(0)
            self._digests[name] = known
        return known[1]


def version_of(state: os.stat_result) -> Version:
    """Return what tells a file from the one that had its name, or even its inode, before.

    The mtime of an answer is the answer's own time; nobody sets the ctime.
    """
    return state.st_ino, state.st_size, state.st_ctime_ns


def _open_regular(path: Path) -> BufferedReader:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileNotFoundError(path)
    return os.fdopen(handle, "rb")
