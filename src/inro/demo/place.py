"""Where the story is told: a folder of its own, whole at the end or as it was before."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inro.ports.errors import PortError

MARK = ".demonstration"


class NotADemonstration(PortError):
    """The folder holds something that a demonstration did not make, so it is left alone."""


@contextmanager
def cleared_place(home: Path) -> Iterator[None]:
    """Put an earlier demonstration aside; drop it once the story is told, bring it back if that fails.

    Raises: NotADemonstration, OSError.
    """
    earlier = home.with_name(f".{home.name}.earlier")
    _check(home)
    if earlier.exists():
        # A telling was killed: what it left goes, what it had put aside stays aside.
        shutil.rmtree(home, ignore_errors=True)
    elif home.exists():
        home.rename(earlier)
    try:
        yield
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        if earlier.exists():
            earlier.rename(home)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _check(home: Path) -> None:
    problem = ""
    if home.exists() and not home.is_dir():
        problem = "is no folder"
    elif home.exists() and not (home / MARK).exists() and any(home.iterdir()):
        problem = "holds other files"
    if problem:
        raise NotADemonstration(str(home), problem, "name an empty folder or a new one with --home")
