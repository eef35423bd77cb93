"""Processes of the house that may be killed: at a step of their walk, or from outside at any moment.

Each is forked from one that has done nothing but import what every edge imports; settings, records, tokens,
journal and keys it opens by itself, through the `main` of `python -m inro.<edge>`.
"""

import importlib
import json
import multiprocessing
import os
import select
import signal
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from inro.adapters.instants import answer
from tests.servers.families import children_of

PATIENCE_S = 300.0
_IMPORTED = (
    "django.db.models",
    "inro.adapters.ca_token",
    "inro.adapters.pcsc_card",
    "inro.adapters.subscriber_token",
    "inro.configuration.policy",
    "inro.configuration.process",
    "inro.pki.assemble",
    "inro.pki.hand_over",
    "inro.pki.lint",
    "inro.signer.journal",
    "inro.virtual_card.card",
    "rich.traceback",
)
type Death = tuple[str, int]
"""At which step a process kills itself, and the how-manieth time it comes there."""

for _name in _IMPORTED:
    importlib.import_module(_name)
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


@dataclass(slots=True, kw_only=True)
class Mortal:
    """One running process; `steps` are those it has told, `children` its children when it died of a step."""

    edge: str
    process: BaseProcess
    told: Connection
    answers: Connection
    steps: list[str] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    _heard: bytes = b""

    def tell(self, now: datetime, **asked: Any) -> None:
        """Tell it an instant to work at; a process that is dead already hears nothing."""
        try:
            os.write(self.told.fileno(), json.dumps({"now": now.isoformat(), **asked}).encode() + b"\n")
        except BrokenPipeError:
            return

    def hear(self) -> dict[str, Any] | None:
        """Return its next answer, or None if it ended without one."""
        while True:
            line = self._line()
            if line is None:
                return None
            content: dict[str, Any] = json.loads(line)
            if "step" not in content:
                return content
            self.steps.append(content["step"])
            self.children = content["children"]

    def work(self, now: datetime, **asked: Any) -> dict[str, Any] | None:
        """Let it work at an instant; return its answer, or None if it died."""
        self.tell(now, **asked)
        return self.hear()

    def kill(self) -> None:
        """Kill it as `kill -9` does."""
        self.process.kill()

    def end(self) -> int | None:
        """Close its input and return its exit status once it has ended: -9 if it was killed."""
        self.told.close()
        self.process.join(PATIENCE_S)
        self.answers.close()
        return self.process.exitcode

    def _line(self) -> bytes | None:
        while b"\n" not in self._heard:
            if not select.select([self.answers.fileno()], [], [], PATIENCE_S)[0]:
                self.kill()
                raise TimeoutError(f"{self.edge} said nothing for {PATIENCE_S} s after {self.steps[-1:]}")
            octets = os.read(self.answers.fileno(), 65536)
            if not octets:
                return None
            self._heard += octets
        line, _, self._heard = self._heard.partition(b"\n")
        return line


def start(*, edge: str, home: Path, secrets: Mapping[str, bytes], dies_at: Death | None = None) -> Mortal:
    """Start signer or station, stepped; each secret goes through a pipe named by its option."""
    told_out, told_in = multiprocessing.Pipe(duplex=False)
    answers_out, answers_in = multiprocessing.Pipe(duplex=False)
    pipes = {option: multiprocessing.Pipe(duplex=False) for option in secrets}
    (home / "logs").mkdir(exist_ok=True)
    process = _context.Process(
        target=_live,
        args=(edge, home, {option: out for option, (out, _) in pipes.items()}, told_out, answers_in, dies_at),
        daemon=True,
    )
    process.start()
    for option, (out, into) in pipes.items():
        os.write(into.fileno(), secrets[option])
        out.close()
        into.close()
    told_out.close()
    answers_in.close()
    return Mortal(edge=edge, process=process, told=told_in, answers=answers_out)


def _live(
    edge: str,
    home: Path,
    secrets: Mapping[str, Connection],
    told: Connection,
    answers: Connection,
    dies_at: Death | None,
) -> None:
    """Be that edge from its `main` on."""
    with (home / "logs" / f"{edge}.log").open("ab") as log:
        os.dup2(log.fileno(), 2)
    os.dup2(told.fileno(), 0)
    os.dup2(answers.fileno(), 1)
    told.close()
    answers.close()
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ["INRO_HOME"] = str(home)
    arguments = ["--stepped"]
    for option, pipe in secrets.items():
        # The edge closes what it is given.
        arguments += [option, str(os.dup(pipe.fileno()))]
        pipe.close()
    edge_main = importlib.import_module(f"inro.{edge}.__main__").main
    sys.exit(edge_main(arguments, passed=_mortal(dies_at)))


def _mortal(dies_at: Death | None) -> Callable[[str], None]:
    seen: Counter[str] = Counter()

    def passed(step: str) -> None:
        seen[step] += 1
        answer({"step": step, "children": children_of(os.getpid())})
        if dies_at == (step, seen[step]):
            os.kill(os.getpid(), signal.SIGKILL)

    return passed
