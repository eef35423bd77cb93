"""`inro serve`: pages over an installation, by default the demonstration's, at a loopback address.

The office is at the port named, the public site two above it; one above each are the repository's files.
"""

from pathlib import Path
from typing import Annotated

import typer

from inro.cli.processes import DEMO_HOME, become
from inro.cli.refusal import Words, refuse


def serve(
    home: Annotated[Path, typer.Option(help="設置の場所 / the installation's folder")] = DEMO_HOME,
    port: Annotated[int, typer.Option(min=1, max=65532, help="ポート番号 / port")] = 8000,
) -> None:
    """案件と経過の画面、二つ上のポートに利用申込みの画面 / cases, and two ports above the public site."""
    if not (home / "inro.toml").is_file():
        refuse(
            Words(f"{home} に設置がありません", f"there is no installation in {home}"),
            do="make demo  (or: inro serve --home FOLDER)",
        )
    become("web", ["--host", "127.0.0.1", "--port", str(port), "--public-port", str(port + 2)], home=home)
