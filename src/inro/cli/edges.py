"""`inro signer` and the other daily processes: started as they are, with the installation's folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.processes import become, installation_home

EDGES = {
    "signer": "署名プロセス / the only process logged in to the CA key",
    "station": "カード発行卓 / the card desk",
    "worker": "期限・通知・公開 / deadlines, notices, publication",
    "responder": "CRL・CA証明書の配布 / read-only distribution",
    "ceremony": "鍵生成式（オフライン） / offline key ceremony",
    "probe": "外からの確認：CRL・OCSP・CA証明書 / look from outside at lists, answers, certificates",
}
# A ceremony makes the first files of an installation; a prober may stand where there is none.
_WITHOUT_HOME = frozenset({"ceremony", "probe"})
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def add_to(app: typer.Typer) -> None:
    """Add one command per process; what follows its name goes to the process unread."""
    for edge, words in EDGES.items():
        app.command(edge, help=words, context_settings=PASS_ON, add_help_option=False)(_start(edge))


def _start(edge: str) -> Callable[..., None]:
    def start(
        context: typer.Context,
        home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
    ) -> None:
        needs_home = edge not in _WITHOUT_HOME and "--help" not in context.args
        folder = installation_home(home) if needs_home else home
        become(edge, context.args, home=folder)

    return start
