"""Processes that end with the one that started them, however that one ends."""

import ctypes
import os
import shutil
import signal
from functools import partial

from inro.ports.errors import PortError

_PR_SET_PDEATHSIG = 1
_TOLD_BY = (signal.SIGTERM, signal.SIGINT)
_libc = ctypes.CDLL(None, use_errno=True)


def end_with_parent(told_by: signal.Signals) -> None:
    """Let the kernel send this process a signal when the one that started it has ended."""
    _libc.prctl(_PR_SET_PDEATHSIG, told_by, 0, 0, 0)


def ending_with_this(command: list[str], *options: str) -> list[str]:
    """Return a command that is told to end when this process has ended; `options` are setpriv's.

    Raises: PortError without setpriv.
    """
    found = shutil.which("setpriv")
    if found is None:
        raise PortError("setpriv", "is not on this machine", "apt-get install -y util-linux")
    return [found, "--pdeathsig=TERM", *options, "--", *command]


def forks_end_when_told() -> None:
    """Let every process forked from here on end with this one, and when told to from its first moment on.

    A fork begins with the handlers of the process it comes from, which would note there what it was told.
    """
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, _TOLD_BY),
        after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, _TOLD_BY),
        after_in_child=_end_when_told,
    )


def _end_when_told() -> None:
    for told_by in _TOLD_BY:
        signal.signal(told_by, signal.SIG_DFL)
    end_with_parent(signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD_BY)
