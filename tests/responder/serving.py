"""A responder of a test, as a process of its own on a free loopback port."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inro.adapters.end_with_parent import ending_with_this
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until


@contextmanager
def responder(folder: Path, log: Path) -> Iterator[str]:
    """Serve `folder` and yield the address."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            ending_with_this(
                [sys.executable, "-m", "inro.responder", "--folder", str(folder), "--port", str(port)]
            ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        wait_until(lambda: listens(port), process, log)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        end(process)
