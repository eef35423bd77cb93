"""An intake desk with a real token, a real quarantine in memory and a store on disk."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inro.adapters.pin_handover import pin_pipe
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from tests.adapters.tokens import make_document_token, pin
from tests.web.installation import environment, installation


@contextmanager
def desk_installation(home: Path) -> Iterator[Path]:
    """Write an installation with a documents' token; its folders in memory go with it."""
    memory = f"/dev/shm/inro-test-{secrets.token_hex(8)}"
    made = installation(home, memory=memory)
    make_document_token(made / "room" / "documents")
    (made / "documents").chmod(0o700)
    try:
        yield made
    finally:
        shutil.rmtree(memory, ignore_errors=True)


def start_office(home: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the office with its PIN and wait until it listens."""
    log = home / "web.log"
    with log.open("ab") as output, pin_pipe(pin()) as descriptor:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "inro.web", "--home", str(home), "--site", "office"),
                *("--port", str(port), "--pin-fd", str(descriptor)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment(),
            pass_fds=(descriptor,),
        )
    wait_until(lambda: listens(port) and listens(port + 1), process, log)
    return process


@contextmanager
def served_desk(home: Path) -> Iterator[str]:
    """Serve the office of an installation and yield its address."""
    port = free_port()
    process = start_office(home, port)
    try:
        yield f"http://{LOOPBACK}:{port}"
    finally:
        end(process)
