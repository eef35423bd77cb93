"""`python -m inro.web`: serves the pages of one site; in a demonstration the repository's files beside it.

With `--public-port` it serves the office, and the public site as a process of its own beside it.
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

from inro.adapters.custodian_shares import recover_pin
from inro.adapters.directory_server import serving
from inro.adapters.end_with_parent import ending_with_this, forks_end_when_told
from inro.adapters.locked_memory import forbid_dumps
from inro.adapters.pin_handover import PIN_REFUSED_STATUS, read_pin
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import Installation, load_installation
from inro.configuration.key_file import read_key
from inro.ports.errors import PinRefused, PortError
from inro.words.way_out import refusal_line

_APPLICATIONS = {"office": "inro.web.office.wsgi:application", "public": "inro.web.wsgi:application"}
SITES = tuple(_APPLICATIONS)


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; 2 where the installation or the address does not allow it."""
    given = _parser().parse_args(arguments)
    home = Path(given.home or ".")
    try:
        installation = load_installation(home)
        keys = {"office": installation.office.key, "public": installation.public_key}
        read_key(keys[given.site], key=f"{given.site}.key")
    except ConfigurationRefused as refusal:
        print(refusal_line("inro web", refusal), file=sys.stderr)
        return 2
    problem = _problem(site=given.site, host=given.host)
    if given.site == "public" and given.pin_fd is not None:
        problem = "the public site opens no token: give --pin-fd to the office's"
    if problem:
        print(f"web: {problem}", file=sys.stderr)
        return 2
    if given.site == "office":
        try:
            _keep_pin(installation, given.pin_fd)
        except PortError as refusal:
            print(refusal_line("inro web", refusal), file=sys.stderr)
            return PIN_REFUSED_STATUS if isinstance(refusal, PinRefused) else 1
    os.environ |= {"INRO_HOME": str(home), "DJANGO_SETTINGS_MODULE": f"inro.settings.{given.site}"}
    try:
        _serve_with_its_own(installation, given, home)
    except PortError as refusal:
        print(refusal_line("inro web", refusal), file=sys.stderr)
        return 1
    return 0


def _serve_with_its_own(installation: Installation, given: argparse.Namespace, home: Path) -> None:
    with (
        _directory(installation, is_begun=given.public_port is not None),
        _public_site(home, host=given.host, port=given.public_port),
        _responder(installation, host=given.host, port=given.port + 1),
    ):
        os.environ["INRO_OFFICE_ADDRESS"] = f"http://localhost:{given.port}"
        print(_told(given.site, _seen_at(installation, given.site, given.host, given.port)), flush=True)
        _serve(_APPLICATIONS[given.site], host=given.host, port=given.port)


def _seen_at(installation: Installation, site: str, host: str, port: int) -> str:
    """Return where a browser sees the site; passkeys know this machine by its name, not by a number."""
    if site == "office" and not installation.demonstration:
        return installation.office.address or f"http://localhost:{port}"
    return f"http://{host}:{port}"


def _told(site: str, address: str) -> str:
    words = {
        "office": "案件と経過 / cases",
        "public": "利用申込み・状況・リポジトリ / apply, status, repository",
    }
    return f"{address}/   {words[site]}"


def _keep_pin(installation: Installation, descriptor: int | None) -> None:
    """Keep the PIN that came through a pipe or, in a demonstration, from its custodians."""
    # Imported here, so that the public site's process never loads what opens documents.
    from inro.web.office.documents import keep_pin

    forbid_dumps()
    if descriptor is not None:
        keep_pin(places=installation.documents, pin=read_pin(descriptor))
    elif installation.office.custodians is not None:
        keep_pin(places=installation.documents, pin=_pin_of_custodians(installation.office.custodians))


def _pin_of_custodians(folder: Path) -> bytearray:
    """Return the documents' PIN from the sheets that a demonstration's custodians left."""
    try:
        shares = (folder / "documents").read_text("utf-8").splitlines()
    except OSError as error:
        raise PinRefused("documents token", f"no shares in {folder}", "run inro demo again") from error
    return recover_pin(lambda number: shares[number - 1])


def _problem(*, site: str, host: str) -> str:
    if site == "public":
        return ""
    if host != "localhost" and not ip_address(host).is_loopback:
        return f"{host} is not a loopback address: the office is served on this machine; put TLS before it"
    return ""


@contextmanager
def _directory(installation: Installation, *, is_begun: bool) -> Iterator[None]:
    """Run a demonstration's directory server beside its office; elsewhere the system runs it."""
    own = installation.directory
    if own is None or not installation.demonstration or not is_begun:
        yield
        return
    with serving(own.folder, url=installation.repository.directory_url):
        yield


@contextmanager
def _responder(installation: Installation, *, host: str, port: int) -> Iterator[None]:
    """Run a demonstration's responder beside the pages that link to it; elsewhere it has its own host."""
    if not installation.demonstration:
        yield
        return
    folder = installation.repository.web_root
    command = [sys.executable, "-m", "inro.responder", "--folder", str(folder), "--host", host]
    process = _beside([*command, "--port", str(port)])
    os.environ["INRO_REPOSITORY_ADDRESS"] = f"http://{host}:{port}"
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _public_site(home: Path, *, host: str, port: int | None) -> Iterator[None]:
    if port is None:
        yield
        return
    command = [sys.executable, "-m", "inro.web", "--home", str(home), "--site", "public", "--host", host]
    process = _beside([*command, "--port", str(port)])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _beside(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(ending_with_this(command), stdin=subprocess.DEVNULL)


def _serve(application: str, *, host: str, port: int) -> None:
    # By fork the kept PIN reaches the serving process without being an argument or a file.
    multiprocessing.set_start_method("fork")
    # Told to end while it still loads the pages, it would serve on, and the server wait for it for ever.
    forks_end_when_told()
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_enabled=False,
    )
    server.serve()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="inro serve", description=__doc__)
    parser.add_argument("--home", type=Path, default=os.environ.get("INRO_HOME"), help="the installation")
    parser.add_argument("--site", choices=SITES, default="office")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--public-port", type=int, help="serve the public site there too, with the office")
    parser.add_argument("--pin-fd", type=int, help="descriptor that gives the documents' token's PIN")
    return parser


if __name__ == "__main__":
    sys.exit(main())
