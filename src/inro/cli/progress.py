"""How far a long command is: a bar on a terminal, a plain line for each tenth elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich import progress as rich_progress

TENTHS = 10


@dataclass(slots=True)
class Progress:
    """Octets read of all; `show` is told both, and does with them what the output can."""

    show: Callable[[int, int], None]
    total: int = field(default=0)

    def begin(self, total: int) -> None:
        """Say how many octets there are."""
        self.total = total

    def reached(self, octets: int) -> None:
        """Say how many of them were read."""
        self.show(octets, self.total)


@contextmanager
def progress_on(*, silent: bool) -> Iterator[Progress]:
    """Lend a progress that shows itself on standard output, or not at all."""
    if silent:
        yield Progress(lambda _octets, _total: None)
    elif sys.stdout.isatty():
        with rich_progress.Progress(
            rich_progress.TextColumn("{task.description}"),
            rich_progress.BarColumn(),
            rich_progress.DownloadColumn(),
            rich_progress.TimeRemainingColumn(),
            transient=True,
        ) as bar:
            task = bar.add_task("読込み / loading", total=None)
            yield Progress(lambda octets, total: bar.update(task, completed=octets, total=total))
    else:
        yield Progress(_tenths())


def _tenths() -> Callable[[int, int], None]:
    shown = 0

    def show(octets: int, total: int) -> None:
        nonlocal shown
        reached = TENTHS * octets // max(total, 1)
        if reached > shown:
            shown = reached
            print(f"読込み / loading: {100 // TENTHS * reached} %", flush=True)

    return show
