"""Fourteen items by keyboard alone, and two clerks on one case, as the tests do it, at full size (9.1).

In small the browser is left out.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.rows import Row, count_row
from benchmarks.size import Size

ROOT = Path(__file__).parents[1]
INTERLEAVINGS = 500
MOST_KEYSTROKES = 40
_CLERKS = "tests/usecases/test_two_clerks.py"
_HANDS = "tests/web/test_examination_browser.py"


def measure(size: Size) -> list[Row]:
    """Return a row for interleavings of two clerks and, at full size, one for keystrokes."""
    return [_clerks(size), *([_keystrokes()] if size.full else [])]


def _clerks(size: Size) -> Row:
    wanted = size.of(INTERLEAVINGS)
    held = _tested(_CLERKS, INRO_EXAMPLES=str(wanted))
    return count_row(
        figure="examination",
        subject="interleavings of two clerks on one case: one wins, the other is told, all in the audit log",
        against="every one",
        unit="interleavings",
        found=wanted if held else 0,
        wanted=wanted,
        checked={"interleavings": wanted, "held": held},
    )


def _keystrokes() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "keystrokes"
        held = _tested(_HANDS, INRO_KEYSTROKES=str(file))
        pressed = int(file.read_text()) if held else 0
    ratio = pressed / MOST_KEYSTROKES if held else float("inf")
    return Row(
        figure="examination",
        subject="14 items judged by keyboard alone, one mended, and concluded",
        against=f"promise: {MOST_KEYSTROKES} keystrokes",
        unit="keystrokes",
        ours=pressed,
        theirs=MOST_KEYSTROKES,
        ratio=ratio,
        ratio_least=ratio,
        ratio_most=ratio,
        rounds=1,
        bound=1.0,
        checked={"keystrokes": pressed, "held": held},
    )


def _tested(module: str, **asked: str) -> bool:
    # The tests have settings of their own.
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("DJANGO_", "INRO_BENCH"))}
    command = [sys.executable, "-m", "pytest", "-q", module]
    done = subprocess.run(
        command, cwd=ROOT, env=kept | asked, check=False, stdout=sys.stderr, stdin=subprocess.DEVNULL
    )
    return done.returncode == 0
