"""The tree of answers: one file for each question, named as GET asks it, and `.der` (RFC 5019 5).

A file's time of change is the answer's thisUpdate, so that any web server says the right Last-Modified. One
process signs into the tree; readers see an old answer or a new one, never a part. Who publishes lists takes
back what is still called good though revoked: `tryLater` is said until the signer says revoked (26.1).
"""

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from inro.pki.ocsp_request import answer_file
from inro.pki.ocsp_response import CertificateStatus, ErrorAnswer, read_answer
from inro.ports.errors import PortError

FOLDER = "ocsp"
ISSUER_FILE = "issuer.cer"
RESPONDER_FILE = "responder.cer"
UNAUTHORIZED_FILE = "unauthorized.ocsp"
_WITHHELD = ErrorAnswer.TRY_LATER.encoded
_CHANGE = ".change"


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

    def put(self, request: bytes, answer: bytes, *, at: datetime, revoked: bool) -> None:
        """Answer a question from now on.

        What says `revoked` outlives a power cut, and it alone takes the place of an answer that is withheld.
        Raises: OcspTreeUnavailable; the old answer is then still there.
        """
        path = self._folder / answer_file(request)
        with _change(self._folder):
            if revoked or not _holds(path, _WITHHELD):
                self._replace(path, answer, at=at, durable=revoked)

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


def withhold_good(folder: Path, requests: Iterable[bytes]) -> int:
    """Say `tryLater` from now on where good is said; return how often. On a full disk nothing is said at all.

    Raises: OcspTreeUnavailable.
    """
    if not folder.is_dir():
        return 0
    withheld = 0
    for request in requests:
        path = folder / answer_file(request)
        with _change(folder):
            if _is_good(path):
                _withhold(folder, path)
                withheld += 1
    if withheld:
        os.sync()
    return withheld


def _withhold(folder: Path, path: Path) -> None:
    part = folder / ".withholding"
    try:
        part.unlink(missing_ok=True)
        _link_withheld(folder, part)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        try:
            path.unlink()
        except OSError as error:
            raise _unavailable(folder, error) from error


def _link_withheld(folder: Path, part: Path) -> None:
    """Make one more name of the file that says `tryLater`: a file for each would take minutes of 100,000."""
    one = folder / ".withheld"
    try:
        part.hardlink_to(one)
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.EMLINK):
            raise
        # None yet, or it has as many names as a file can have: a new one, whole before anybody sees it.
        part.write_bytes(_WITHHELD)
        part.chmod(0o644)
        part.replace(one)
        part.hardlink_to(one)


def _is_good(path: Path) -> bool:
    try:
        return read_answer(path.read_bytes()).status is CertificateStatus.GOOD
    except (OSError, ValueError):
        return False


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


@contextmanager
def _change(folder: Path) -> Iterator[None]:
    """Look at an answer and change it while nobody else does."""
    try:
        lock = os.open(folder / _CHANGE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise _unavailable(folder, error) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unavailable(folder: Path, error: OSError) -> OcspTreeUnavailable:
    do = f"make room in {folder} and see that it can be written"
    return OcspTreeUnavailable("tree of answers", str(error), do)
