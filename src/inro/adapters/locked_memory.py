"""Memory of a process that holds a secret: wiped after use, never swapped out, never dumped (17.3, 19.3)."""

import ctypes
import resource

_PR_SET_DUMPABLE = 4
_MCL_CURRENT_AND_FUTURE = 0x1 | 0x2
_libc = ctypes.CDLL(None, use_errno=True)


def wipe(secret: bytearray) -> None:
    """Overwrite `secret` with zeroes where it lies."""
    for position in range(len(secret)):
        secret[position] = 0


def forbid_dumps() -> None:
    """Let this process leave no core file and let no other process of the user read its memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def lock_all_memory() -> bool:
    """Keep all memory of this process out of swap; whether the system allowed it."""
    return bool(_libc.mlockall(_MCL_CURRENT_AND_FUTURE) == 0)


class LockedSecret:
    """A secret in memory that is not swapped out and wiped on `close`; `locked`: the system agreed."""

    def __init__(self, secret: bytearray) -> None:
        self._secret = bytearray(len(secret))
        self._view = (ctypes.c_char * len(secret)).from_buffer(self._secret)  # fixes the buffer's place
        self.locked = bool(_libc.mlock(self._view, ctypes.c_size_t(len(secret))) == 0)
        self._secret[:] = secret
        wipe(secret)

    def __enter__(self) -> "LockedSecret":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return "LockedSecret(...)"

    @property
    def secret(self) -> bytearray:
        """The secret itself, not a copy; empty once closed."""
        return self._secret

    def close(self) -> None:
        """Wipe the secret and let its memory go."""
        wipe(self._secret)
        _libc.munlock(self._view, ctypes.c_size_t(len(self._secret)))
