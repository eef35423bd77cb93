"""Confines a process that holds a subscriber's key and PIN: no dump, no swap, no life without its parent
(17.3, 19.3)."""

import ctypes
import os
import resource
import signal

from inro.adapters.end_with_parent import end_with_parent
from inro.adapters.locked_memory import forbid_dumps
from inro.ports.errors import PortError

_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4
_libc = ctypes.CDLL(None, use_errno=True)


class MemoryNotLocked(PortError):
    """The system does not let this process keep its memory out of swap."""


def confine(*, parent: int, require_locked: bool) -> bool:
    """Leave no core, be read by nobody, die with `parent`, stay out of swap; return whether the last holds.

    Raises: MemoryNotLocked where it must hold.
    """
    forbid_dumps()
    _die_with(parent)
    locked = _lock_memory()
    if require_locked and not locked:
        raise MemoryNotLocked("memory", "cannot be locked", "give the station LimitMEMLOCK=infinity")
    return locked


def _die_with(parent: int) -> None:
    end_with_parent(signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the kernel was asked to tell
        raise SystemExit(1)


def _lock_memory() -> bool:
    # Under a limit a later allocation would fail in mid-card, so a limited process does not begin to lock.
    if os.geteuid() != 0 and resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] != resource.RLIM_INFINITY:
        return False
    return bool(_libc.mlockall(_MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT) == 0)
