"""Confines a process that parses strangers' bytes: no file, socket, process, core or privilege is had."""

import ctypes
import resource

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_STANDARD_DESCRIPTORS = 3
_libc = ctypes.CDLL(None, use_errno=True)


def confine(*, memory: int) -> None:
    """Leave this process its three descriptors and `memory` octets of address space.

    A descriptor above the third cannot be had any more, so there is no file, socket or pipe to open, and a
    program that were started could not load its libraries. Whatever is needed later is imported before. When
    its parent ends so do its pipes, and it with them; a death signal would follow the thread that started it.
    """
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for kind, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, _STANDARD_DESCRIPTORS),
        (resource.RLIMIT_AS, memory),
    ):
        resource.setrlimit(kind, (limit, limit))


def allow_cpu(seconds: int) -> None:
    """Let this process use `seconds` of the processor more, and end with SIGXCPU if it takes longer."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used = int(spent.ru_utime + spent.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))
