"""The tree of answers: one file for each question, named as GET asks it, and `.der` (RFC 5019 5).

A file's time of change is the answer's thisUpdate, so that any web server says the right Last-Modified. One
process writes the tree; readers see an old answer or a new one, never a part.
"""

import fcntl
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from inro.pki.ocsp_request import answer_file
from inro.ports.errors import PortError

FOLDER = "ocsp"
ISSUER_FILE = "issuer.cer"
RESPONDER_FILE = "responder.cer"
UNAUTHORIZED_FILE = "unauthorized.ocsp"


class OcspTreeUnavailable(PortError):
    """The tree of answers can't be written, or another process writes it."""


class OcspTree:
    """The folder of answers, open for writing."""

    def __init__(self, folder: Path, lock: int) -> None:
        self._folder = folder
        self._lock = lock
        self._part = folder / ".part"

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Make the folder if need be, and keep every other writer out.

        Raises: OcspTreeUnavailable.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _unavailable(folder, error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock)
            raise OcspTreeUnavailable(
                "tree of answers", f"{folder} is written by another process", "stop the other OCSP signer"
            ) from error
        return cls(folder, lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let another process write."""
        os.close(self._lock)

    def put(self, request: bytes, answer: bytes, *, at: datetime, durable: bool) -> None:
        """Answer a question from now on; a `durable` answer outlives a power cut.

        Raises: OcspTreeUnavailable; the old answer is then still there.
        """
        self._replace(self._folder / answer_file(request), answer, at=at, durable=durable)

    def put_file(self, name: str, content: bytes, *, at: datetime) -> None:
        """Put a file beside the answers.

        Raises: OcspTreeUnavailable.
        """
        self._replace(self._folder / name, content, at=at, durable=True)

    def written_at(self, request: bytes) -> datetime | None:
        """Return the thisUpdate of the answer that is there, or None."""
        try:
            return datetime.fromtimestamp((self._folder / answer_file(request)).stat().st_mtime, UTC)
        except OSError:
            return None

    def read(self, request: bytes) -> bytes | None:
        """Return the answer that is there, or None."""
        try:
            return (self._folder / answer_file(request)).read_bytes()
        except OSError:
            return None

    def remove(self, request: bytes) -> None:
        """Answer a question no more.

        Raises: OcspTreeUnavailable.
        """
        try:
            (self._folder / answer_file(request)).unlink(missing_ok=True)
        except OSError as error:
            raise _unavailable(self._folder, error) from error

    def _replace(self, path: Path, content: bytes, *, at: datetime, durable: bool) -> None:
        try:
            with self._part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.utime(file.fileno(), (at.timestamp(), at.timestamp()))
                if durable:
                    os.fsync(file.fileno())
            path.parent.mkdir(parents=True, exist_ok=True)
            self._part.replace(path)
            if durable:
                _sync(path.parent)
        except OSError as error:
            with suppress(OSError):
                self._part.unlink()
            raise _unavailable(self._folder, error) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unavailable(folder: Path, error: OSError) -> OcspTreeUnavailable:
    do = f"make room in {folder} and see that it can be written"
    return OcspTreeUnavailable("tree of answers", str(error), do)
