"""`python -m inro.responder`: serves one web tree on a loopback or public address until it is ended."""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import load_installation
from inro.responder.application import Responder
from inro.words.way_out import refusal_line


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; 2 where the folder is not there."""
    given = _parser().parse_args(arguments)
    try:
        folder = given.folder or load_installation(Path(given.home or ".")).repository.web_root
    except ConfigurationRefused as refusal:
        print(refusal_line("inro responder", refusal), file=sys.stderr)
        return 2
    if not folder.is_dir():
        print(
            f"responder: {folder} is no folder: publish a list first, or name it with --folder",
            file=sys.stderr,
        )
        return 2
    asyncio.run(_serve(folder=folder, host=given.host, port=given.port))
    return 0


async def _serve(*, folder: Path, host: str, port: int) -> None:
    server = Server(
        Responder(folder),
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for ended_by in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ended_by, server.stop)
    await server.serve()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="inro responder", description=__doc__)
    parser.add_argument("--home", type=Path, default=os.environ.get("INRO_HOME"), help="the installation")
    parser.add_argument("--folder", type=Path, help="the web tree itself, instead of the installation's")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    return parser


if __name__ == "__main__":
    sys.exit(main())
