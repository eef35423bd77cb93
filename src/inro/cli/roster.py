"""`inro roster install`: what a ceremony signed goes on record, so that decisions verify against it (9.1)."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.installed import installed
from inro.configuration.installation import installation_from_environment
from inro.configuration.trust import read_signed_roster

app = typer.Typer(help="担当者名簿 / officers' roster", no_args_is_help=True)


@app.callback()
def roster() -> None:
    """担当者名簿 / officers' roster."""


@app.command()
def install(
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
) -> None:
    """鍵生成式の名簿を記録に入れる / put the roster in the ceremony's folder on record."""
    with installed("inro roster", home):
        # Imported here, because Django reads the installation when it is set up.
        from inro.usecases.actor import process
        from inro.usecases.roster import install_roster

        signed = read_signed_roster(installation_from_environment().trust)
        made = install_roster(
            document=signed.document,
            signature=signed.signature,
            public_key_info=signed.public_key_info,
            actor=process(f"operator-{os.getuid()}"),
            now=datetime.now(UTC),
        )
    print(f"名簿 / roster: {made.version} ({made.sha256[:16]}…)")
