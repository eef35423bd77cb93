"""`inro queue verify`, `inro queue mend`: each case's row in the queue recomputed and compared (40(7))."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.installed import installed

app = typer.Typer(help="案件の一覧 / the queue of cases", no_args_is_help=True)


@app.callback()
def queue() -> None:
    """案件の一覧 / the queue of cases."""


_HOME = typer.Option(help="設置の場所 / the installation's folder")


@app.command()
def verify(home: Annotated[Path | None, _HOME] = None) -> None:
    """期限と検索キーを計算し直して比べる / recompute due days and search keys; status 1 if any differs."""
    with installed("inro queue", home):
        # The models can be imported only once Django knows the installation.
        from inro.usecases.queue import queue_differences

        found = [
            f"× {one.number}: {one.field} {one.kept} → {one.wanted}"
            for one in queue_differences(now=datetime.now(UTC))
        ]
    for line in found or ["○ すべて一致します / nothing differs"]:
        typer.echo(line)
    if found:
        typer.echo("直すには / to mend: inro queue mend")
        raise SystemExit(1)


@app.command()
def mend(home: Annotated[Path | None, _HOME] = None) -> None:
    """違うものを書き直す（約款や暦を変えた後） / write anew what differs, as after new terms or calendar."""
    with installed("inro queue", home):
        # The models can be imported only once Django knows the installation.
        from inro.usecases.queue import mend_queue

        mended = mend_queue(now=datetime.now(UTC))
    typer.echo(f"直した案件 / cases mended: {mended}")
