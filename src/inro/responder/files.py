"""What the responder may serve: lists, CA certificates, texts of the web tree (4(6), 10, 26.1)."""

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from io import BufferedReader
from pathlib import Path

MEDIA_TYPES = {
    "crl": "application/pkix-crl",
    "cer": "application/pkix-cert",
    "txt": "text/plain; charset=utf-8",
}
_NAME = re.compile(r"/([a-z0-9][a-z0-9-]*\.(crl|cer)|(?:terms|fees|cps)-[a-z0-9-]{1,10}\.(txt))")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """An open file and what HTTP says about it; a later version under its name does not reach it."""

    content: BufferedReader
    size: int
    etag: str
    last_modified: str
    media_type: str


class WebFiles:
    """The published files of one folder; a digest is made once for each version of a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[str, tuple[tuple[int, int, int], str]] = {}

    def open(self, path: str) -> PublishedFile | None:
        """Return the file that a request's decoded `path` names, opened, or None; links are none."""
        name = _NAME.fullmatch(path)
        if name is None:
            return None
        try:
            content = _open_regular(self._folder / name[1])
        except OSError:
            return None
        state = os.fstat(content.fileno())
        return PublishedFile(
            content=content,
            size=state.st_size,
            etag=f'"{self._digest(name[1], content, state)}"',
            last_modified=format_datetime(datetime.fromtimestamp(int(state.st_mtime), UTC), usegmt=True),
            media_type=MEDIA_TYPES[name[2] or name[3]],
        )

    def _digest(self, name: str, content: BufferedReader, state: os.stat_result) -> str:
        version = (state.st_ino, state.st_mtime_ns, state.st_size)
        known = self._digests.get(name)
        if known is None or known[0] != version:
            known = (version, hashlib.file_digest(content, "sha256").hexdigest()[:32])
            content.seek(0)
            self._digests[name] = known
        return known[1]


def _open_regular(path: Path) -> BufferedReader:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileNotFoundError(path)
    return os.fdopen(handle, "rb")
