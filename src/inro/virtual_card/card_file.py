"""The encrypted file of a virtual card, marked `medium=virtual`, replaced whole or not at all (17.1)."""

import fcntl
import os
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inro.virtual_card.errors import CardFileRefused
from inro.virtual_card.pin import TRIES
from inro.virtual_card.state import CardState, blank_state, decode_state

HEADER = b"inro card 1 medium=virtual\n"
FILE_KEY_OCTETS = 32

_NONCE_OCTETS = 12


class CardFile:
    """A card file opened by this process alone; its key (32 octets) is kept elsewhere."""

    def __init__(self, *, path: Path, file_key: bytes, lock: int) -> None:
        self._path = path
        self._cipher = AESGCM(file_key)
        self._lock = lock

    @classmethod
    def open(cls, *, path: Path, file_key: bytes) -> Self:
        """Open the card file for this process alone, as a card is in one reader only.

        Raises: CardFileRefused.
        """
        if not path.is_file():
            raise CardFileRefused(path=path, why="no such card file")
        return cls(path=path, file_key=_checked(file_key, path), lock=_lock(path))

    def load(self) -> CardState:
        """Return the state last saved.

        Raises: CardFileRefused.
        """
        octets = self._path.read_bytes()
        if not octets.startswith(HEADER):
            raise CardFileRefused(path=self._path, why="not a virtual card")
        sealed = octets[len(HEADER) :]
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE_OCTETS], sealed[_NONCE_OCTETS:], HEADER)
        except (InvalidTag, ValueError):
            raise CardFileRefused(path=self._path, why="altered, or under another key") from None
        return decode_state(plain)

    def save(self, state: CardState) -> None:
        """Make `state` durable: written beside the file, synced, put in its place, synced again."""
        nonce = os.urandom(_NONCE_OCTETS)
        _replace(self._path, HEADER + nonce + self._cipher.encrypt(nonce, state.encode(), HEADER))

    def close(self) -> None:
        """Take the card out of the reader."""
        os.close(self._lock)


def make_blank_card(*, path: Path, file_key: bytes, tries: int = TRIES) -> None:
    """Make a blank card; `tries` is a constant of the card's build, as in a real one.

    Raises: CardFileRefused.
    """
    if path.exists():
        raise CardFileRefused(path=path, why="a card file is there already")
    card_file = CardFile(path=path, file_key=_checked(file_key, path), lock=_lock(path))
    try:
        card_file.save(blank_state(tries=tries))
    finally:
        card_file.close()


def _checked(file_key: bytes, path: Path) -> bytes:
    if len(file_key) != FILE_KEY_OCTETS:
        raise CardFileRefused(
            path=path, why=f"the file key has {len(file_key)} octets, not {FILE_KEY_OCTETS}"
        )
    return file_key


def _lock(path: Path) -> int:
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise CardFileRefused(path=path, why="in another reader") from None
    return lock


def _replace(path: Path, octets: bytes) -> None:
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(octets)
        target.flush()
        os.fsync(target.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
