"""Which processes this one has started and not yet waited for."""

from contextlib import suppress
from pathlib import Path


def children() -> set[int]:
    """Return the process ids of all children, of any thread."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        # A thread that ends meanwhile has none.
        with suppress(FileNotFoundError, ProcessLookupError):
            found.update(map(int, path.read_text().split()))
    return found
