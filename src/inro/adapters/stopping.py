"""How a process that must stop says why: in its log, to who started it, to who tells it the time."""

import sys

import structlog

from inro.adapters.instants import answer
from inro.adapters.pin_handover import PIN_REFUSED_STATUS
from inro.ports.errors import PinRefused
from inro.words.way_out import refusal_line


def told_why(error: Exception, *, process: str, stepped: bool) -> int:
    """Say why `inro <process>` stops; return its exit status, 77 for a refused PIN, 1 for anything else."""
    structlog.get_logger(process).error("stopped", error=type(error).__name__, detail=str(error))
    print(refusal_line(f"inro {process}", error), file=sys.stderr)
    if stepped:
        answer({"error": f"{type(error).__name__}: {error}"})
    return PIN_REFUSED_STATUS if isinstance(error, PinRefused) else 1
