"""One figure in a process of its own: `python -m benchmarks.figure NAME SIZE [ARGUMENT=NUMBER]`.

So memory is the figure's alone, and each has its own database and token.
"""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks.rows import Row
from benchmarks.size import Size
from benchmarks.world import open_database

ROOT = Path(__file__).parents[1]
ENTRIES = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure by its script's name; `arguments` are the script's own."""

    name: str
    arguments: tuple[tuple[str, int], ...] = ()


class FigureFailed(Exception):
    """A figure's process ended badly; what it wrote is on the terminal."""

    def __init__(self, *, name: str, status: int) -> None:
        super().__init__(name, status)
        self.name = name
        self.status = status


def figures(*, with_django_ca: bool) -> tuple[Figure, ...]:
    """Return all figures in the order in which they are measured."""
    return (
        Figure(name="signatures"),
        Figure(name="certificates", arguments=(("with_django_ca", int(with_django_ca)),)),
        Figure(name="names"),
        Figure(name="forms"),
        Figure(name="scans"),
        Figure(name="redaction"),
        Figure(name="documents"),
        Figure(name="corporate_numbers"),
        Figure(name="queue"),
        Figure(name="mail"),
        Figure(name="numbers"),
        Figure(name="night_run"),
        Figure(name="past_applications"),
        Figure(name="campaign"),
        Figure(name="hostile"),
        Figure(name="examination"),
        Figure(name="mass_revocation"),
        Figure(name="revocation_to_publication"),
        Figure(name="ocsp"),
        Figure(name="ocsp_live"),
        Figure(name="hostile_http"),
        Figure(name="list_growth"),
        Figure(name="ldap_publication"),
        *(Figure(name="lists", arguments=(("entries", entries),)) for entries in ENTRIES),
    )


@contextmanager
def empty_record() -> Iterator[Path]:
    """Lend a file with the tables of an installation and nothing in them, to be copied for each figure."""
    with tempfile.TemporaryDirectory(prefix="inro-bench-") as folder:
        record = Path(folder) / "record.sqlite3"
        environment = os.environ | _environment(record)
        subprocess.run([sys.executable, "-m", "benchmarks.figure"], cwd=ROOT, env=environment, check=True)
        yield record


def _environment(record: Path) -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "INRO_BENCH_DATABASE": str(record)}


def measured(figure: Figure, *, fraction: float, empty: Path) -> Iterator[Row]:
    """Yield a figure's rows as its process measures them, its record a copy of `empty`.

    Raises: FigureFailed.
    """
    with tempfile.TemporaryDirectory(prefix="inro-bench-") as folder:
        record = Path(folder) / "record.sqlite3"
        if empty.exists():  # Beside a database server there is no file.
            shutil.copy(empty, record)
        environment = os.environ | _environment(record) | {"TMPDIR": folder}
        command = [sys.executable, "-m", "benchmarks.figure", figure.name, str(fraction)]
        command += [f"{name}={value}" for name, value in figure.arguments]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                yield Row.from_line(line)
        if process.returncode:
            raise FigureFailed(name=figure.name, status=process.returncode)


def main() -> None:
    """Measure the figure that the arguments name; without any, make the tables of its record alone."""
    open_database()
    if sys.argv[1:]:
        _measure(*sys.argv[1:])
    # Closed, a file is whole by itself and can be copied.
    connection.close()


def _measure(name: str, fraction: str, *rest: str) -> None:
    options: dict[str, Any] = {key: int(value) for key, _, value in (text.partition("=") for text in rest)}
    # Scripts import models, which Django allows only now.
    script = importlib.import_module(f"benchmarks.{name}")
    for row in script.measure(Size(float(fraction)), **options):
        print(row.to_line(), flush=True)


if __name__ == "__main__":
    main()
