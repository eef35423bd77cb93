"""Starting the other edges: one folder of the house is one process."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from inro.cli.refusal import Words, refuse

DEMO_HOME = Path("var/demo")


def become(edge: str, arguments: Sequence[str], *, home: Path | None = None) -> NoReturn:
    """Replace this process by `python -m inro.<edge>`: signals and exit status are the edge's own."""
    environment = os.environ | ({"INRO_HOME": str(home.absolute())} if home else {})
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", f"inro.{edge}", *arguments], environment)


def run(edge: str, arguments: Sequence[str]) -> int:
    """Run `python -m inro.<edge>` beside this process; return its exit status."""
    return subprocess.run([sys.executable, "-m", f"inro.{edge}", *arguments], check=False).returncode


def installation_home(given: Path | None) -> Path:
    """Return the installation's folder: as given, else `INRO_HOME`; refuse when there is none."""
    home = given or (Path(os.environ["INRO_HOME"]) if os.environ.get("INRO_HOME") else None)
    if home is None:
        refuse(
            Words("どの設置か分かりません", "no installation is named"),
            do="inro … --home FOLDER  (or: export INRO_HOME=FOLDER)",
        )
    if not (home / "inro.toml").is_file():
        refuse(
            Words(f"{home} に inro.toml がありません", f"there is no inro.toml in {home}"),
            do="name the folder of an installation, or make one for trying out: make demo",
        )
    return home
