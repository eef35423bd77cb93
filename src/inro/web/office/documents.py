"""The office's documents: token, store, quarantine and scanner, opened where pages are served (8.5).

The PIN comes through a pipe before the server makes its serving process by fork; that process opens the token
for itself, since a login does not outlive a fork.
"""

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from inro.adapters.document_place import document_place
from inro.adapters.document_token import DocumentToken
from inro.adapters.locked_memory import LockedSecret
from inro.adapters.memory_folder import check_memory_folder
from inro.adapters.quarantine import MemoryQuarantine
from inro.adapters.scanner_folder import ScannerFolder
from inro.adapters.sealed_documents import SealedDocuments
from inro.adapters.token_address import read_address
from inro.configuration.document_places import DocumentPlaces
from inro.ports.document_store import DocumentStore, SealedBytes
from inro.ports.errors import PinRefused
from inro.ports.quarantine import Quarantine
from inro.ports.scanner import Scanner


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRoom:
    """What a page's way from the scanner into the store needs; `most_octets` is the largest file taken in.

    `place` is where the store keeps its sealed bytes, to be compared with the record's rows.
    """

    store: DocumentStore
    place: SealedBytes
    quarantine: Quarantine
    scanner: Scanner
    most_octets: int


@contextmanager
def opened_documents(*, places: DocumentPlaces, pin: bytearray) -> Iterator[DocumentRoom]:
    """Log in to the documents' token and make the folders in memory ready; the caller wipes `pin`.

    Raises: TokenMissing, PinRefused, ModuleUnusable, KeyRefused, FolderUnfit, DocumentStoreUnavailable.
    """
    with (
        DocumentToken.open(read_address(places.token), pin) as token,
        MemoryQuarantine(
            folder=places.quarantine, lifetime=places.quarantine_time, most_octets=places.quarantine_octets
        ) as quarantine,
    ):
        place = document_place(places.store)
        yield DocumentRoom(
            store=SealedDocuments(keys=token, place=place),
            place=place,
            quarantine=quarantine,
            scanner=ScannerFolder(places.scanner),
            most_octets=places.file_octets,
        )


@dataclass(slots=True)
class _Kept:
    """The PIN between the process's start and the fork, then the room of the serving process."""

    places: DocumentPlaces | None = None
    pin: LockedSecret | None = None
    room: DocumentRoom | None = None
    pid: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)


_kept = _Kept()


def keep_pin(*, places: DocumentPlaces, pin: bytearray) -> None:
    """Try the PIN, the token and the folders, then keep the PIN in locked memory for the serving process.

    Raises: TokenMissing, PinRefused, ModuleUnusable, KeyRefused, FolderUnfit, DocumentStoreUnavailable.
    """
    secret = LockedSecret(pin)
    try:
        check_memory_folder(places.quarantine)
        check_memory_folder(places.scanner)
        document_place(places.store)
        DocumentToken.open(read_address(places.token), secret.secret).close()
    except BaseException:
        secret.close()
        raise
    _kept.places, _kept.pin = places, secret


def documents() -> DocumentRoom:
    """Return the room of this process, opened at its first use; it wipes its PIN then.

    Raises: PinRefused where the process was given none, and what opening raises.
    """
    with _kept.guard:
        if _kept.room is None or _kept.pid != os.getpid():
            _kept.room, _kept.pid = _opened(), os.getpid()
        return _kept.room


def _opened() -> DocumentRoom:
    if _kept.places is None or _kept.pin is None:
        raise PinRefused("documents token", "no PIN was handed over", "start the office by its supervisor")
    stack = ExitStack()
    room = stack.enter_context(opened_documents(places=_kept.places, pin=_kept.pin.secret))
    _kept.pin.close()
    _kept.pin = None
    atexit.register(stack.close)
    return room
