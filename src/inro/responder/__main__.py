"""`python -m inro.responder`: serves one web tree on a loopback or public address until it is ended."""

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from inro.adapters.locked_memory import forbid_dumps, wipe
from inro.adapters.ocsp_token import OcspToken
from inro.adapters.ocsp_tree import FOLDER
from inro.adapters.pin_handover import PIN_REFUSED_STATUS, read_pin
from inro.adapters.token_address import read_address
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import FILE, Installation, load_installation
from inro.configuration.policy import load_policy
from inro.configuration.trust import read_trust
from inro.pki.issuer import issuer_of
from inro.ports.errors import PinRefused, PortError
from inro.responder.application import Responder
from inro.responder.live import Live, LiveKey
from inro.words.way_out import refusal_line

# Who sends its headers a letter at a time is let go of; no question or list needs long ones.
_HEADERS_WITHIN_MS = 10_000
_MOST_HEADER_OCTETS = 16 << 10
# The server stops accepting at this many open connections; idle ones cost a few kilobytes each.
_MOST_CONNECTIONS = 16_384
_BACKLOG = 4_096


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; 2 where the folder is not there, 77 for a refused PIN."""
    given = _parser().parse_args(arguments)
    try:
        # With a folder and no key nothing of an installation is needed.
        installation = None if given.folder else load_installation(Path(given.home or "."))
        folder = given.folder or (installation.repository.web_root if installation else Path())
        if not folder.is_dir():
            print(
                f"responder: {folder} is no folder: publish a list first, or name it with --folder",
                file=sys.stderr,
            )
            return 2
        with _key(installation, folder, given.pin_fd) as key:
            clock = _clock(installation, given.told_clock)
            uvloop.run(_serve(Responder(folder, live=Live(key) if key else None, clock=clock), given))
    except (ConfigurationRefused, PortError) as refusal:
        print(refusal_line("inro responder", refusal), file=sys.stderr)
        return PIN_REFUSED_STATUS if isinstance(refusal, PinRefused) else 2
    return 0


@contextmanager
def _key(
    installation: Installation | None, folder: Path, pin_descriptor: int | None
) -> Iterator[LiveKey | None]:
    """Lend the responder's key where a PIN comes for it: without one only what lies ready is answered.

    Raises: ConfigurationRefused, PinRefused, PortError.
    """
    if pin_descriptor is None:
        yield None
        return
    if installation is None or installation.ocsp is None:
        problem, do = (
            "has no [ocsp]",
            "name the folder of the OCSP token there, and --home instead of --folder",
        )
        raise ConfigurationRefused(file=Path(FILE), problem=problem, do=do)
    forbid_dumps()
    pin = read_pin(pin_descriptor)
    try:
        token = OcspToken.open(read_address(installation.ocsp.token), pin)
    finally:
        wipe(pin)
    with token:
        yield LiveKey(
            token=token,
            issuer=issuer_of(read_trust(installation.trust / "ca.der")),
            profile=load_policy(installation.policy).ocsp_profile,
            folder=folder / FOLDER,
        )


def _clock(installation: Installation | None, told: Path | None) -> Callable[[], float]:
    """Return the clock by which answers are in force: in a demonstration that of its story, from a file.

    Raises: ConfigurationRefused.
    """
    if told is None:
        return time.time
    if installation is None or not installation.demonstration:
        problem, do = "a told clock is for demonstrations only", "start without --told-clock"
        raise ConfigurationRefused(file=told, problem=problem, do=do)
    return lambda: datetime.fromisoformat(told.read_text("ascii")).timestamp()


async def _serve(responder: Responder, given: argparse.Namespace) -> None:
    server = Server(
        responder,
        address=given.host,
        port=given.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=_HEADERS_WITHIN_MS, max_buffer_size=_MOST_HEADER_OCTETS
        ),
        backlog=_BACKLOG,
        backpressure=_MOST_CONNECTIONS,
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
    parser.add_argument("--pin-fd", type=int, help="descriptor that gives the OCSP token's PIN: signs live")
    parser.add_argument("--told-clock", type=Path, help="file of the story's instant (demonstration)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    return parser


if __name__ == "__main__":
    sys.exit(main())
