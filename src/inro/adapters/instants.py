"""When a process works: by its clock, or, in a demonstration, whenever it is told an instant.

A told instant is one JSON line on standard input, `{"now": "2026-12-01T09:00:00+09:00", ...}`; the answer is
one JSON line on standard output. So a story of ten years runs through the real processes in seconds.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TextIO

from inro.ports.errors import PortError


class InstantRefused(PortError):
    """A line on standard input is no instant, or tells a time before the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """One moment to work at, with what else was asked for then."""

    now: datetime
    asked: dict[str, Any] = field(default_factory=dict)


def moments(
    *, stepped: bool, allowed: bool, clock: Callable[[], datetime], pause: float
) -> Iterator[Instant]:
    """Yield the moments to work at: told ones if `stepped`, which only a demonstration allows.

    Raises: InstantRefused.
    """
    if not stepped:
        return by_clock(clock=clock, pause=pause)
    if not allowed:
        raise InstantRefused("clock", "a told time is for demonstrations only", "start without --stepped")
    return as_told(sys.stdin)


def by_clock(*, clock: Callable[[], datetime], pause: float) -> Iterator[Instant]:
    """Yield the present every `pause` seconds, without end."""
    yield Instant(now=clock())
    settle()
    while True:
        time.sleep(pause)
        yield Instant(now=clock())


def settle() -> None:
    """Let the collector of cycles look no more at what the process has loaded by now and keeps.

    Half a million objects: each look took a tenth of a second, in the middle of a list that was waited for.
    """
    gc.collect()
    gc.freeze()


def as_told(lines: TextIO) -> Iterator[Instant]:
    """Yield each instant told on `lines` until they end.

    Raises: InstantRefused.
    """
    last: datetime | None = None
    for line in lines:
        instant = _instant(line)
        if last is not None and instant.now < last:
            raise InstantRefused("clock", f"{instant.now.isoformat()} is before the last instant")
        last = instant.now
        yield instant


def answer(result: dict[str, Any], *, to: TextIO = sys.stdout) -> None:
    """Tell what was done at the last instant."""
    to.write(json.dumps(result, ensure_ascii=False, default=str) + "\n")
    to.flush()


def _instant(line: str) -> Instant:
    try:
        asked = json.loads(line)
        told = datetime.fromisoformat(asked.pop("now"))
        now = told.astimezone(UTC)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise InstantRefused("clock", f"no instant: {line.strip()[:60]!r}") from error
    if told.tzinfo is None:
        raise InstantRefused("clock", f"{told.isoformat()} has no offset")
    return Instant(now=now, asked=asked)
