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
    controller = Controller(Mailbox(folder), hostname=LOOPBACK, port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
