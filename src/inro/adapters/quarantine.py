"""Pages not yet confirmed: in memory, under a key that dies with this process, for a limited time (8.5).

The key is drawn when the process starts and is in no file. What a crash leaves can't be opened by anybody and
is removed at the next start: a crash means scanning again. No name, hash or note tells of a page's content.
"""

import fcntl
import os
import re
import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inro.adapters.locked_memory import LockedSecret
from inro.adapters.memory_folder import FolderUnfit, open_memory_folder
from inro.ports.errors import NotInQuarantine, QuarantineClosed, QuarantineFull
from inro.ports.quarantine import QuarantineId

_NAME = re.compile("[0-9a-f]{32}")
_KEY_OCTETS, _NONCE_OCTETS, _CODE_OCTETS = 32, 12, 16
_DO_SCAN = "scan the page again"
_DO_WAIT = "confirm or drop pages that wait, then scan again"


@dataclass(frozen=True, slots=True)
class _Page:
    group: str
    size: int
    until: datetime


class MemoryQuarantine:
    """`ports.quarantine.Quarantine`, used by the threads of the one process that made it."""

    def __init__(self, *, folder: Path, lifetime: timedelta, most_octets: int) -> None:
        """Take the folder for this process alone and remove what an earlier one left there.

        Raises: FolderUnfit.
        """
        self._folder = open_memory_folder(folder)
        self._lifetime = lifetime
        self._most_octets = most_octets
        self._lock = _taken(folder)
        self._key = LockedSecret(bytearray(secrets.token_bytes(_KEY_OCTETS)))
        self._pages: dict[QuarantineId, _Page] = {}
        self._octets = 0
        self._guard = threading.Lock()
        self._open = True

    def __enter__(self) -> "MemoryQuarantine":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def put(self, data: bytes, *, now: datetime, group: str) -> QuarantineId:
        """Keep a page until its time is over, under a random name.

        Raises: QuarantineFull, QuarantineClosed.
        """
        page = QuarantineId(secrets.token_hex(16))
        size = len(data) + _NONCE_OCTETS + _CODE_OCTETS
        with self._guard:
            cipher = self._cipher()
            if self._octets + size > self._most_octets:
                raise QuarantineFull("quarantine", f"{len(self._pages)} pages wait in it", _DO_WAIT)
            nonce = secrets.token_bytes(_NONCE_OCTETS)
            self._write(page, nonce + cipher.encrypt(nonce, data, page.encode()))
            self._pages[page] = _Page(group, size, now + self._lifetime)
            self._octets += size
        return page

    def get(self, page: QuarantineId, *, now: datetime) -> bytes:
        """Return a page.

        Raises: NotInQuarantine, QuarantineClosed.
        """
        with self._guard:
            cipher = self._cipher()
            known = self._pages.get(page)
            if known is None or known.until <= now:
                raise NotInQuarantine("quarantine", "the page is not there any more", _DO_SCAN)
            try:
                sealed = (self._folder / page).read_bytes()
                return cipher.decrypt(sealed[:_NONCE_OCTETS], sealed[_NONCE_OCTETS:], page.encode())
            except (OSError, ValueError, InvalidTag) as error:
                raise NotInQuarantine("quarantine", "the page's file was altered", _DO_SCAN) from error

    def drop(self, page: QuarantineId) -> None:
        """Remove a page; what is gone already is gone."""
        with self._guard:
            self._drop(page)

    def of_group(self, group: str, *, now: datetime) -> tuple[QuarantineId, ...]:
        """Return the pages of a group that are still here, in the order in which they came."""
        with self._guard:
            return tuple(
                page for page, known in self._pages.items() if known.group == group and known.until > now
            )

    def sweep(self, now: datetime) -> tuple[QuarantineId, ...]:
        """Remove and return the pages whose time is over."""
        with self._guard:
            over = tuple(page for page, known in self._pages.items() if known.until <= now)
            for page in over:
                self._drop(page)
        return over

    def close(self) -> None:
        """Remove every page and wipe the key."""
        with self._guard:
            if self._open:
                self._open = False
                for page in tuple(self._pages):
                    self._drop(page)
                self._key.close()
                os.close(self._lock)

    def _cipher(self) -> AESGCM:
        if not self._open:
            raise QuarantineClosed("quarantine", "closed", "start the process again")
        return AESGCM(self._key.secret)

    def _write(self, page: QuarantineId, sealed: bytes) -> None:
        file = self._folder / page
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as target:
                target.write(sealed)
        except OSError as error:
            with suppress(OSError):
                file.unlink(missing_ok=True)
            raise QuarantineFull("quarantine", error.strerror or str(error), _DO_WAIT) from error

    def _drop(self, page: QuarantineId) -> None:
        known = self._pages.pop(page, None)
        if known is not None:
            self._octets -= known.size
            (self._folder / page).unlink(missing_ok=True)


def _taken(folder: Path) -> int:
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in folder.iterdir():
                if _NAME.fullmatch(left.name):
                    left.unlink()
        except BaseException:
            os.close(descriptor)
            raise
    except BlockingIOError as error:
        raise FolderUnfit(str(folder), "another process has its pages there", "give each its own") from error
    except OSError as error:
        raise FolderUnfit(str(folder), error.strerror or str(error), f"empty {folder}") from error
    return descriptor
