"""The office as a process of its own, over an installation of a test."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inro.adapters.end_with_parent import ending_with_this
from inro.configuration.installation import load_installation
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from tests.web.installation import environment


@contextmanager
def site(home: Path, name: str = "office", port: int | None = None) -> Iterator[str]:
    """Serve a site of `home` and yield its address."""
    port, log = port or free_port(), home / "web.log"
    # Elsewhere no responder stands beside the pages.
    ports = [port, port + 1] if load_installation(home).demonstration else [port]
    with log.open("wb") as output:
        process = subprocess.Popen(
            ending_with_this(
                [sys.executable, "-m", "inro.web", "--home", str(home), "--site", name, "--port", str(port)]
            ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment(),
        )
    try:
        wait_until(lambda: all(map(listens, ports)), process, log)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        end(process)
