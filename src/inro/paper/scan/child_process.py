"""Starts a confined child of our own, talks with it over two pipes, and ends it by its own process id.

What comes back is one line of JSON and, where the line says so, a number of octets behind it.
"""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, Self, cast

_LONGEST_LINE = 2**20


class ChildEnded(Exception):
    """The child gave no answer; `timed_out` says whether its time was over, `status` how it ended."""

    def __init__(self, *, status: int, timed_out: bool) -> None:
        super().__init__(status, timed_out)
        self.status = status
        self.timed_out = timed_out

    @property
    def detail(self) -> str:
        """How it ended, for people who look for the cause."""
        if self.status < 0:
            return signal.Signals(-self.status).name
        return f"status {self.status}"


class Child:
    """One child process, `python -I -m MODULE ARGUMENTS`, with an empty environment."""

    def __init__(self, module: str, *arguments: str, seconds: int) -> None:
        self._seconds = seconds
        self._timed_out = False
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
        self._to_child = cast("IO[bytes]", self._process.stdin)
        self._from_child = cast("IO[bytes]", self._process.stdout)

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def tell(self, *parts: bytes, last: bool = False) -> None:
        """Write to the child; `last` says that nothing follows.

        Raises: ChildEnded.
        """
        try:
            with self._in_time():
                for part in parts:
                    self._to_child.write(part)
                if last:
                    self._to_child.close()
                else:
                    self._to_child.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def hear(self) -> dict[str, Any]:
        """Return the child's next line.

        Raises: ChildEnded.
        """
        with self._in_time():
            line = self._from_child.readline(_LONGEST_LINE)
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            raise self._ended() from None
        if not line.endswith(b"\n") or not isinstance(told, dict):
            raise self._ended()
        return told

    def hear_octets(self, count: int) -> bytes:
        """Return the `count` octets behind a line.

        Raises: ChildEnded.
        """
        with self._in_time():
            octets = self._from_child.read(count)
        if len(octets) != count:
            raise self._ended()
        return octets

    def break_off(self) -> None:
        """Kill the child from another thread; whoever waits for it hears that it ended."""
        self._process.kill()

    def end(self) -> None:
        """End the child if it still runs, and close the pipes."""
        self._process.kill()
        self._process.wait()
        self._from_child.close()
        with suppress(BrokenPipeError):  # what was still to be written has no reader any more
            self._to_child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        watch = threading.Timer(self._seconds, self._give_up)
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _give_up(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _ended(self) -> ChildEnded:
        """Return how it ended; a child that still runs has said what makes no sense, and is ended."""
        try:
            status = self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return ChildEnded(status=status, timed_out=self._timed_out)
