"""A real SMTP server on loopback that can be told to fail, delay and drop, and keeps what it truly took."""

import asyncio
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Mood(StrEnum):
    """What the server does with one message, each time it is offered."""

    TAKE = "take"
    DELAY = "delay"
    PUT_OFF = "put_off"
    REFUSE_RECIPIENT = "refuse_recipient"
    REFUSE_TEXT = "refuse_text"
    DROP_BEFORE = "drop_before"
    DROP_UNTAKEN = "drop_untaken"
    DROP_TAKEN = "drop_taken"


@dataclass(slots=True)
class Chaos:
    """The server's conscience: `mood` says what it does, `taken` what it truly took, by Message-ID."""

    mood: Callable[[str], Mood]
    copies: Path | None = None
    taken: Counter[str] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    messages: dict[str, bytes] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        # The recipient names the message before its text is there.
        match self.mood(address):
            case Mood.PUT_OFF:
                return "451 4.3.0 try again later"
            case Mood.REFUSE_RECIPIENT:
                return "550 5.1.1 no such mailbox"
            case Mood.DROP_BEFORE:
                _drop(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a text, or not, or leave without a word."""
        content = bytes(envelope.content or b"")
        key = str(message_from_bytes(content)["Message-ID"])
        self.offered[key] += 1
        mood = self.mood(envelope.rcpt_tos[0])
        if mood is Mood.REFUSE_TEXT:
            return "554 5.6.0 not taken"
        if mood is Mood.DROP_UNTAKEN:
            _drop(server)
            return "250 never heard"
        self.taken[key] += 1
        self.messages[key] = content
        if self.copies is not None:
            name = f"{len(self.messages)}.{key.strip('<>').partition('@')[0]}"
            (self.copies / "new" / name).write_bytes(content)
        if mood is Mood.DROP_TAKEN:
            _drop(server)
        if mood is Mood.DELAY:
            time.sleep(0.01)
        return "250 2.0.0 taken"


def _drop(server: SMTP) -> None:
    if server.transport is not None:
        server.transport.abort()


@contextmanager
def mail_server(chaos: Chaos, *, ssl_context: ssl.SSLContext | None = None, **how: Any) -> Iterator[int]:
    """Serve until the end of the block, `ssl_context` for implicit TLS; yield the port."""
    loop = asyncio.new_event_loop()

    spoken: list[SMTP] = []

    def protocol() -> SMTP:
        spoken.append(SMTP(chaos, hostname="mail.example", loop=loop, **how))
        return spoken[-1]

    serving = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0, ssl=ssl_context))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield serving.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(serving.close)
        loop.call_soon_threadsafe(_end, loop, spoken)
        thread.join()
        loop.close()


def _end(loop: asyncio.AbstractEventLoop, spoken: list[SMTP]) -> None:
    for one in spoken:
        if one.transport is not None:
            one.transport.abort()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.call_later(0.05, loop.stop)


def password(user: str, secret: str) -> Callable[..., AuthResult]:
    """Return an authenticator that knows one user."""

    def known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and data == LoginPassword(user.encode(), secret.encode())
        return AuthResult(success=right, handled=False)

    return known


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return the server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def maildir(folder: Path) -> Path:
    """Make an empty Maildir."""
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    return folder
