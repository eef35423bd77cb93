"""A process and those that come of it, as the kernel knows them."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

PATIENCE_S = 300.0
_LOOK_AGAIN_S = 0.01


def children_of(pid: int) -> list[int]:
    """Return the ids of a process's children; none once it is gone."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    return [pid, *(one for child in children_of(pid) for one in family(child))]


def has_ended(pid: int) -> bool:
    """Return whether a process is gone, or dead and only not yet waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


def until_ended(pids: Iterable[int]) -> None:
    """Wait until processes that nobody here waits for have ended.

    Raises: AssertionError naming those that go on.
    """
    awaited = list(pids)
    until(lambda: all(map(has_ended, awaited)), lambda: [pid for pid in awaited if not has_ended(pid)])


def until(holds: Callable[[], bool], otherwise: Callable[[], object] = lambda: None) -> None:
    """Wait until something holds, however busy the machine is.

    Raises: AssertionError with what `otherwise` tells.
    """
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, otherwise()
        time.sleep(_LOOK_AGAIN_S)
