"""Running the command line as an operator would."""

import subprocess
import sys
from pathlib import Path

INRO = Path(sys.executable).parent / "inro"


def inro(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run `inro` in a folder, with next to nothing in its environment."""
    return run([str(INRO), *arguments], cwd=cwd, **environment)


def python(script: str, *, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a few lines in a process of their own."""
    return run([sys.executable, "-c", script], cwd=cwd, **environment)


def run(command: list[str], *, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command without input; its output is text."""
    return subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
