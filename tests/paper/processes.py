"""Which processes this one has started and not yet waited for."""

from pathlib import Path


def children() -> set[int]:
    """Return the process ids of all children, of any thread."""
    return {
        int(pid) for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()
    }
