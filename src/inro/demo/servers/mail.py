"""A mail server for one demonstration: it takes every message on a loopback port, and delivers none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox

from inro.demo.servers.free_port import LOOPBACK


@contextmanager
def mail_server(*, folder: Path, port: int) -> Iterator[None]:
    """Take messages while the caller works, each a file of a Maildir in `folder`, for people to open."""
    # It has a name, lest it ask others for this machine's; a machine that is busy starts it later.
    controller = Controller(
        Mailbox(folder), hostname=LOOPBACK, port=port, server_hostname="localhost", ready_timeout=120
    )
    controller.start()
    try:
        yield
    finally:
        controller.stop()
