"""A PKCS#11 module with operating-system locks (PKCS#11 2.40, 5.4), and the few calls that carry a PIN.

python-pkcs11 calls C_Initialize(NULL), after which SoftHSM runs without mutexes and several threads crash it;
and it copies PINs into immutable objects. Both are done here through ctypes on the same loaded module.
"""

import ctypes
from pathlib import Path
from typing import Any

from pkcs11._pkcs11 import lib as Pkcs11Library  # noqa: N812  (the class of the binding)

OK = 0
PIN_REFUSALS = {0xA0: "wrong PIN", 0xA1: "PIN invalid", 0xA2: "PIN of a wrong length", 0xA4: "PIN locked"}
_ALREADY_INITIALISED = 0x191
_NOT_INITIALISED = 0x190
_OS_LOCKING = 0x2
_SERIAL_SESSION, _READ_WRITE = 0x4, 0x2
_SECURITY_OFFICER, _USER = 0, 1


class CryptokiError(Exception):
    """A PKCS#11 function returned something other than CKR_OK; `code` is the CK_RV."""

    def __init__(self, function: str, code: int) -> None:
        super().__init__(function, code)
        self.function = function
        self.code = code

    def __str__(self) -> str:
        return f"{self.function} returned {self.code:#x}"


class _InitialiseArguments(ctypes.Structure):
    _fields_ = (
        ("create_mutex", ctypes.c_void_p),
        ("destroy_mutex", ctypes.c_void_p),
        ("lock_mutex", ctypes.c_void_p),
        ("unlock_mutex", ctypes.c_void_p),
        ("flags", ctypes.c_ulong),
        ("reserved", ctypes.c_void_p),
    )


class Cryptoki(Pkcs11Library):
    """One PKCS#11 module of this process; the binding's own calls see the same sessions and login."""

    def __init__(self, module: str) -> None:
        self._calls = ctypes.CDLL(module)
        super().__init__(module)

    def initialize(self) -> None:
        """Initialise the module with CKF_OS_LOCKING_OK.

        Raises: CryptokiError.
        """
        arguments = _InitialiseArguments(flags=_OS_LOCKING)
        self._call("C_Initialize", ctypes.byref(arguments), accepted=(OK, _ALREADY_INITIALISED))

    def finalize(self) -> None:
        """End the module: every session, session object and login of this process is gone.

        Raises: CryptokiError.
        """
        self._call("C_Finalize", None, accepted=(OK, _NOT_INITIALISED))

    def open_session(self, slot: int, *, write: bool = False) -> int:
        """Return the handle of a new session.

        Raises: CryptokiError.
        """
        handle = ctypes.c_ulong()
        flags = ctypes.c_ulong(_SERIAL_SESSION | (_READ_WRITE if write else 0))
        self._call("C_OpenSession", ctypes.c_ulong(slot), flags, None, None, ctypes.byref(handle))
        return handle.value

    def close_session(self, session: int) -> None:
        """Close a session; closing the last one of a token logs the process out.

        Raises: CryptokiError.
        """
        self._call("C_CloseSession", ctypes.c_ulong(session))

    def log_in(self, session: int, pin: bytearray) -> None:
        """Log this process in as the token's user; the PIN is read in place and not copied.

        Raises: CryptokiError.
        """
        self._log_in(session, _USER, pin)

    def initialise_token(self, slot: int, *, label: str, so_pin: bytearray) -> None:
        """Create or empty the token in `slot` (C_InitToken).

        Raises: CryptokiError.
        """
        padded = label.encode().ljust(32)
        self._call("C_InitToken", ctypes.c_ulong(slot), _buffer(so_pin), ctypes.c_ulong(len(so_pin)), padded)

    def initialise_pin(self, slot: int, *, so_pin: bytearray, pin: bytearray) -> None:
        """Set the user's PIN as the token's security officer (C_InitPIN), and log out again.

        Raises: CryptokiError.
        """
        session = self.open_session(slot, write=True)
        try:
            self._log_in(session, _SECURITY_OFFICER, so_pin)
            self._call("C_InitPIN", ctypes.c_ulong(session), _buffer(pin), ctypes.c_ulong(len(pin)))
        finally:
            self.close_session(session)

    def _log_in(self, session: int, user: int, pin: bytearray) -> None:
        self._call(
            "C_Login", ctypes.c_ulong(session), ctypes.c_ulong(user), _buffer(pin), ctypes.c_ulong(len(pin))
        )

    def _call(self, function: str, *arguments: Any, accepted: tuple[int, ...] = (OK,)) -> None:
        call = getattr(self._calls, function)
        call.restype = ctypes.c_ulong
        code = int(call(*arguments))
        if code not in accepted:
            raise CryptokiError(function, code)


def load_module(module: Path) -> Cryptoki:
    """Load and initialise the module at `module`.

    Raises: OSError where the file is missing or no PKCS#11 module, CryptokiError.
    """
    library = Cryptoki(str(module))
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))  # the binding can't be torn down when Python ends
    return library


def _buffer(secret: bytearray) -> Any:
    return (ctypes.c_char * len(secret)).from_buffer(secret)
