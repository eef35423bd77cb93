"""The edges as real processes, told the story's instants one by one."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from inro.ports.errors import PortError

_MEND = "mend what it says, then: inro demo"


class EdgeFailed(PortError):
    """A process of the house ended or answered with an error; `detail` is what it said."""


@dataclass(slots=True, kw_only=True)
class Edge:
    """One process: told an instant, it works and answers what it did."""

    name: str
    process: subprocess.Popen[str]
    log: Path
    answers: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def start(
        cls,
        *,
        name: str,
        arguments: Sequence[str],
        home: Path,
        secrets: Mapping[str, bytes | bytearray],
    ) -> Self:
        """Start `python -m inro.<name> --stepped`; each secret goes through a pipe named by its option."""
        pipes = {option: _pipe(secret) for option, secret in secrets.items()}
        given = [part for option, descriptor in pipes.items() for part in (option, str(descriptor))]
        log = home / "logs" / f"{name}.log"
        log.parent.mkdir(exist_ok=True)
        with log.open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", f"inro.{name}", "--stepped", *arguments, *given],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                env=os.environ | {"INRO_HOME": str(home)},
                pass_fds=tuple(pipes.values()),
            )
        for descriptor in pipes.values():
            os.close(descriptor)
        return cls(name=name, process=process, log=log)

    def work(self, now: datetime, **asked: Any) -> dict[str, Any]:
        """Let the process work at an instant and return its answer.

        Raises: EdgeFailed.
        """
        self.tell(now, **asked)
        return self.answer()

    def tell(self, now: datetime, **asked: Any) -> None:
        """Tell the process an instant to work at, without waiting.

        Raises: EdgeFailed.
        """
        if self.process.stdin is None:
            raise EdgeFailed(self.name, "has no pipes")
        try:
            self.process.stdin.write(json.dumps({"now": now.isoformat(), **asked}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise self._failed("ended") from error

    def answer(self) -> dict[str, Any]:
        """Wait for what the process did at the instant it was told.

        Raises: EdgeFailed.
        """
        if self.process.stdout is None:
            raise EdgeFailed(self.name, "has no pipes")
        line = self.process.stdout.readline()
        if not line:
            raise self._failed(f"ended with status {self.process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise EdgeFailed(f"inro.{self.name}", answer["error"], _MEND)
        return answer

    def stop(self) -> None:
        """Close its input, so that it ends by itself, and wait for that."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _failed(self, what: str) -> EdgeFailed:
        last = self.log.read_text("utf-8", errors="replace").strip().splitlines()[-3:]
        said = f"{what} {' | '.join(last)}".strip()
        return EdgeFailed(f"inro.{self.name}", said, _MEND)


def _pipe(secret: bytes | bytearray) -> int:
    # A pipe holds 64 KiB, far more than a secret, so writing before the child reads never blocks.
    reading, writing = os.pipe()
    os.write(writing, secret)
    os.close(writing)
    return reading
