"""`inro demo`: the story of fictional applicants, told by a process of its own."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.processes import DEMO_HOME, become
from inro.cli.refusal import Words, refuse


def demo(
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="物語の初日 / the story's first day (JST)"),
    ] = None,
    home: Annotated[Path, typer.Option(help="作る場所 / where it is made")] = DEMO_HOME,
) -> None:
    """申込みから失効までの実演 / from the form to revocation."""
    arguments = ["--home", str(home)]
    if day is not None:
        arguments += ["--date", _iso_date(day)]
    become("demo", arguments)


def _iso_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        refuse(
            Words(f"日付として読めません: {text}", f"not a date: {text}"),
            do="inro demo --date 2026-12-01",
            status=2,
        )
