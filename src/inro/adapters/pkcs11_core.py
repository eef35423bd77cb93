"""One login to one PKCS#11 token, kept for the life of a process (5.2, 17.3; Ordinance 6(17))."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pkcs11

from inro.adapters.cryptoki import PIN_REFUSALS, Cryptoki, CryptokiError, load_module
from inro.adapters.token_address import (
    DO_FIND,
    ForeignProcess,
    KeyRefused,
    ModuleUnusable,
    TokenAddress,
    TokenLost,
    check_configuration,
    configure_soft_token,
    locked,
)
from inro.adapters.token_copy import keep_token_file
from inro.ports.errors import PinRefused, TokenMissing

_START_ATTEMPTS = 4
_START_PAUSE_S = 0.05


@dataclass(slots=True)
class _Loaded:
    """What this process has initialised; a module serves one folder at a time."""

    library: Cryptoki | None = None
    module: Path | None = None
    folder: Path | None = None
    pid: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)


_loaded = _Loaded()


@dataclass(slots=True)
class _Seat:
    """A session and the keys found on it; a key's handle is good on its own session only."""

    session: pkcs11.Session
    keys: dict[tuple[str, pkcs11.ObjectClass], Any] = field(default_factory=dict)


def initialise_token(*, address: TokenAddress, so_pin: bytearray, pin: bytearray) -> TokenAddress:
    """Make a token of that label with both PINs; return its address with the serial the module gave it.

    Raises: ModuleUnusable, PinRefused, TokenLost.
    """
    if address.soft:
        configure_soft_token(address.folder)
    library = _initialise_module(address)
    try:
        with locked(address.folder), translated(address):
            if any(token.label == address.label for token in library.get_tokens()):
                raise ModuleUnusable(address.label, "a token of this label exists", "choose another folder")
            slot = _free_slot(library, address)
            library.initialise_token(slot, label=address.label, so_pin=so_pin)
            made = library.get_token(token_label=address.label)
            library.initialise_pin(made.slot.slot_id, so_pin=so_pin, pin=pin)
            return replace(address, serial=made.serial.decode("ascii"))
    finally:
        _finalise_module()


class Token:
    """A token this process is logged in to; keys and sessions are lent to one thread at a time."""

    def __init__(self, *, address: TokenAddress, library: Cryptoki, token: pkcs11.Token, login: int) -> None:
        self.address = address
        self._library = library
        self._token = token
        self._login = login
        self._pid = os.getpid()
        self._idle: list[_Seat] = []
        self._guard = threading.Lock()
        self._open = True

    @classmethod
    def open(cls, address: TokenAddress, pin: bytearray) -> "Token":
        """Log this process in to the token; the caller wipes `pin` afterwards.

        Raises: TokenMissing, PinRefused, ModuleUnusable, TokenLost.
        """
        check_configuration(address)
        keep_token_file(address)
        library = _initialise_module(address)
        try:
            with locked(address.folder):
                token, login = _start(library, address, pin)
        except BaseException:
            _finalise_module()
            raise
        return cls(address=address, library=library, token=token, login=login)

    def __enter__(self) -> "Token":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Log out and end every session and session object of this process."""
        if self._open and self._pid == os.getpid():
            self._open = False
            self._idle.clear()
            _finalise_module()

    @contextmanager
    def using(self, label: str, kind: pkcs11.ObjectClass) -> Iterator[Any]:
        """Lend the one key of that label and kind, on a session no other thread has.

        Raises: ForeignProcess, TokenLost, KeyRefused.
        """
        self.require_own_process()
        with translated(self.address):
            seat = self._take()
            if (label, kind) not in seat.keys:
                seat.keys[label, kind] = only_key(seat.session, label, kind)
            yield seat.keys[label, kind]
            with self._guard:
                self._idle.append(seat)

    @contextmanager
    def writing(self) -> Iterator[pkcs11.Session]:
        """Lend a read/write session while no other process creates or destroys token objects.

        Raises: ForeignProcess, TokenLost, KeyRefused.
        """
        self.require_own_process()
        with locked(self.address.folder), translated(self.address), self._token.open(rw=True) as session:
            yield session

    def private_session(self) -> pkcs11.Session:
        """Return a session of the caller's own; its session objects end when it is closed.

        Raises: ForeignProcess, TokenLost.
        """
        self.require_own_process()
        with translated(self.address):
            return self._token.open()

    def require_own_process(self) -> None:
        """Refuse a token that is closed or was opened before a fork.

        Raises: ForeignProcess, TokenLost.
        """
        if self._pid != os.getpid():
            raise ForeignProcess(self.address.label, "opened before a fork", "open the token after the fork")
        if not self._open:
            raise TokenLost(self.address.label, "the token was closed", "start the process again")

    def object_files(self) -> frozenset[str]:
        """Return the names of the files that hold token objects; empty for another maker's module."""
        if not self.address.soft:
            return frozenset()
        return frozenset(str(path) for path in self.address.objects.rglob("*.object"))

    def _take(self) -> _Seat:
        with self._guard:
            if self._idle:
                return self._idle.pop()
        return _Seat(session=self._token.open())


def only_key(session: pkcs11.Session, label: str, kind: pkcs11.ObjectClass) -> Any:
    """Return the one key of that label and kind.

    Raises: KeyRefused.
    """
    found = list(session.get_objects({pkcs11.Attribute.LABEL: label, pkcs11.Attribute.CLASS: kind}))
    if len(found) != 1:
        raise KeyRefused(
            label, f"{len(found)} keys of this label in the token", "see the ceremony's transcript"
        )
    return found[0]


@contextmanager
def translated(address: TokenAddress) -> Iterator[None]:
    """Turn what the binding raises into this module's errors.

    Raises: PinRefused, TokenLost.
    """
    try:
        yield
    except CryptokiError as error:
        if error.code in PIN_REFUSALS:
            raise PinRefused(address.label, PIN_REFUSALS[error.code], "ask the custodians again") from error
        raise TokenLost(address.label, str(error), _DO_RESTART) from error
    except pkcs11.PKCS11Error as error:
        detail = f"{type(error).__name__} {error}".strip()
        raise TokenLost(address.label, detail, _DO_RESTART) from error


_DO_RESTART = "start the process again; see `inro doctor`"


def _initialise_module(address: TokenAddress) -> Cryptoki:
    check_configuration(address)
    with _loaded.guard:
        if _loaded.pid == os.getpid() and _loaded.folder is not None:
            raise ModuleUnusable(
                address.label,
                f"this process has {_loaded.folder} open",
                "close it first: one login a process",
            )
        library = _loaded.library if _loaded.module == address.module else None
        with _module_errors(address):
            if library is None:
                _set_environment(address)
                library = load_module(address.module)
            else:
                library.finalize()  # what a fork brought along is not ours to use
                _set_environment(address)
                library.initialize()
        _loaded.library, _loaded.module = library, address.module
        _loaded.folder, _loaded.pid = address.folder, os.getpid()
        return library


def _finalise_module() -> None:
    with _loaded.guard:
        if _loaded.library is not None and _loaded.pid == os.getpid():
            _loaded.library.finalize()
            _loaded.folder = None


def _set_environment(address: TokenAddress) -> None:
    if address.soft:
        os.environ["SOFTHSM2_CONF"] = str(address.configuration.absolute())  # read by C_Initialize


@contextmanager
def _module_errors(address: TokenAddress) -> Iterator[None]:
    try:
        yield
    except (OSError, pkcs11.PKCS11Error) as error:
        raise ModuleUnusable(
            str(address.module), str(error), "install it: apt-get install softhsm2"
        ) from error
    except CryptokiError as error:
        raise ModuleUnusable(str(address.module), str(error), f"check {address.configuration}") from error


def _free_slot(library: Cryptoki, address: TokenAddress) -> int:
    for slot in library.get_slots(token_present=True):
        if not slot.get_token().flags & pkcs11.TokenFlag.TOKEN_INITIALIZED:
            return slot.slot_id
    raise ModuleUnusable(address.label, "the module offers no empty token", "free a slot of the HSM")


def _start(library: Cryptoki, address: TokenAddress, pin: bytearray) -> tuple[pkcs11.Token, int]:
    """Find the token and log in; a torn read by a program outside the lock is tried again."""

    def attempt() -> tuple[pkcs11.Token, int]:
        token = _find(library, address)
        login = library.open_session(token.slot.slot_id)
        library.log_in(login, pin)
        return token, login

    return _repeated(library, address, attempt)


def _repeated[Result](library: Cryptoki, address: TokenAddress, attempt: Callable[[], Result]) -> Result:
    for number in range(_START_ATTEMPTS - 1):
        try:
            with translated(address):
                return attempt()
        except (TokenLost, TokenMissing):
            time.sleep(_START_PAUSE_S * 2**number)
            with translated(address):
                library.reinitialize()
    with translated(address):
        return attempt()


def _find(library: Cryptoki, address: TokenAddress) -> pkcs11.Token:
    found = [
        token
        for token in library.get_tokens(token_label=address.label)
        if address.serial is None or token.serial.decode("ascii", "replace") == address.serial
    ]
    if len(found) == 1:
        return found[0]
    serial = f" with serial {address.serial}" if address.serial else ""
    detail = "several tokens" if found else "no token"
    raise TokenMissing(address.label, f"{detail} of this label{serial} in {address.folder}", DO_FIND)
