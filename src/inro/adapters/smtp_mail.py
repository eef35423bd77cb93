"""E-mail through the house's mail server: TLS, one try, and what is known of it (RFC 5321, 3207, 3461).

The message goes out octet by octet as it was made, its headers in order and pure ASCII, so that the house's
relay can sign it (DKIM, RFC 6376). A connection that breaks once the text is under way leaves the outcome
unknown: the server may have taken it.
"""

import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from inro.configuration.loopback import is_loopback
from inro.configuration.mail_places import MailPlaces
from inro.ports.mail import Answer, Outcome, Outgoing

_TIMEOUT_S = 60.0
_DO = "correct [mail] in inro.toml, or see the mail server"


class Tls(StrEnum):
    """How the connection is secured; `none` is for a relay on this machine."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where and how messages are handed over; `sender` is where failures are reported to.

    `password_from` is a file that holds the password alone; `trust` a file of certificates (PEM), None for
    the system's. `tells_success` asks for reports of success as well: they end a doubt.
    """

    host: str
    port: int
    tls: Tls
    sender: str
    user: str | None = None
    password_from: Path | None = None
    trust: Path | None = None
    timeout_s: float = _TIMEOUT_S
    tells_success: bool = True

    @classmethod
    def of(cls, places: MailPlaces, *, tells_success: bool) -> Self:
        """Return the server of a `[mail]` table."""
        return cls(
            host=places.host,
            port=places.port,
            tls=Tls(places.tls),
            sender=places.sender,
            user=places.user,
            password_from=places.password_file,
            trust=places.trust,
            tells_success=tells_success,
        )


class SmtpMail:
    """Hands one message at a time to the server, on a connection of its own."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def send(self, outgoing: Outgoing) -> Answer:
        """Send once and return what became of it."""
        if self._server.tls is Tls.NONE and not is_loopback(self._server.host):
            return _put_off(f"no TLS to {self._server.host}: {_DO}")
        try:
            connection = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            return _put_off(f"{self._server.host}: {_words(error)}: {_DO}")
        try:
            return self._handed_over(connection, outgoing)
        finally:
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.tls is Tls.IMPLICIT:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout_s, context=self._context()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
        try:
            self._secured(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _secured(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if self._server.tls is Tls.STARTTLS:
            connection.starttls(context=self._context())
            connection.ehlo()
        if self._server.user is not None and self._server.password_from is not None:
            password = self._server.password_from.read_text(encoding="utf-8").rstrip("\r\n")
            connection.login(self._server.user, password)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._server.trust)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _handed_over(self, connection: smtplib.SMTP, outgoing: Outgoing) -> Answer:
        try:
            early = self._addressed(connection, outgoing)
            if early is not None:
                return early
        except (OSError, smtplib.SMTPException) as error:
            # Nothing of the text was sent yet.
            return _put_off(_words(error))
        try:
            connection.send(_dotted(outgoing.content))
            code, said = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Answer(outcome=Outcome.UNKNOWN, said=_words(error))
        answer = _answer(code, said, otherwise=Outcome.UNKNOWN)
        if answer.outcome is Outcome.ACCEPTED:
            _leave(connection)
        return answer

    def _addressed(self, connection: smtplib.SMTP, outgoing: Outgoing) -> Answer | None:
        """Name sender and recipient and ask to begin; return an answer where that is the end of it."""
        with_reports = connection.has_extn("dsn")
        mailing = ["RET=HDRS", f"ENVID={_xtext(outgoing.key.strip('<>'))}"] if with_reports else []
        asked = "SUCCESS,FAILURE" if self._server.tells_success else "FAILURE"
        receiving = [f"NOTIFY={asked}"] if with_reports else []
        code, said = connection.mail(self._server.sender, mailing)
        if code != 250:
            # About us, not about the recipient: for the operator to mend.
            return _put_off(_reply(code, said))
        code, said = connection.rcpt(outgoing.recipient, receiving)
        if code not in (250, 251):
            return _answer(code, said, otherwise=Outcome.PUT_OFF)
        code, said = connection.docmd("DATA")
        return None if code == 354 else _answer(code, said, otherwise=Outcome.PUT_OFF)


def _answer(code: int, said: bytes, *, otherwise: Outcome) -> Answer:
    known = {2: Outcome.ACCEPTED, 4: Outcome.PUT_OFF, 5: Outcome.REFUSED}
    return Answer(outcome=known.get(code // 100, otherwise), said=_reply(code, said))


def _reply(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}"


def _put_off(words: str) -> Answer:
    return Answer(outcome=Outcome.PUT_OFF, said=words)


def _dotted(message: bytes) -> bytes:
    """Return a message as DATA has it: CRLF, leading points doubled, and the end (RFC 5321 4.5.2)."""
    lines = message.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n")
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines) + b".\r\n"


def _xtext(text: str) -> str:
    """Return text as a parameter carries it (RFC 3461 4)."""
    return "".join(c if "!" <= c <= "~" and c not in "+=" else f"+{ord(c):02X}" for c in text)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException) and isinstance(error.smtp_error, bytes):
        return _reply(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _leave(connection: smtplib.SMTP) -> None:
    """Say goodbye; a server that is gone by then has answered all the same."""
    try:
        connection.docmd("QUIT")
    except (OSError, smtplib.SMTPException):
        return
