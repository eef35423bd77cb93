"""A mailbox at an IMAP server in which reports of deliveries arrive, over TLS (RFC 3501)."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inro.adapters.delivery_reports import GatewayWords, report_of
from inro.configuration.loopback import is_loopback
from inro.ports.errors import MailboxUnavailable
from inro.ports.mail import Report

_TIMEOUT_S = 60.0
_DO = "correct [mail.reports] in inro.toml, or see the mail server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One mailbox; `password_from` is a file that holds the password alone, `trust` certificates (PEM)."""

    host: str
    port: int
    user: str
    password_from: Path
    folder: str = "INBOX"
    tls: bool = True
    trust: Path | None = None


class ImapReports:
    """`ports.mail.Reports` over a mailbox; what is no report is flagged there for a person to read."""

    def __init__(self, mailbox: Mailbox, *, gateway: GatewayWords | None = None) -> None:
        self._mailbox = mailbox
        self._gateway = gateway

    def waiting(self) -> Iterator[Report]:
        """Return the reports that were not put away yet, oldest first.

        Raises: MailboxUnavailable.
        """
        found = []
        with self._open() as connection:
            _, answer = connection.uid("SEARCH", "UNSEEN")
            for uid in answer[0].split() if answer and answer[0] else []:
                name = uid.decode("ascii")
                _, parts = connection.uid("FETCH", name, "(BODY.PEEK[])")
                content = next((part[1] for part in parts if isinstance(part, tuple)), b"")
                report = report_of(content, name=name, gateway=self._gateway)
                if report is None:
                    connection.uid("STORE", name, "+FLAGS", r"(\Seen \Flagged)")
                else:
                    found.append(report)
        yield from found

    def put_away(self, report: Report) -> None:
        """Mark a report as read.

        Raises: MailboxUnavailable.
        """
        with self._open() as connection:
            connection.uid("STORE", report.name, "+FLAGS", r"(\Seen)")

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        where = f"{self._mailbox.host}:{self._mailbox.port}"
        try:
            connection = self._connected()
            try:
                password = self._mailbox.password_from.read_text(encoding="utf-8").rstrip("\r\n")
                connection.login(self._mailbox.user, password)
                status, _ = connection.select(self._mailbox.folder)
                if status != "OK":
                    raise MailboxUnavailable(where, f"no folder {self._mailbox.folder}", _DO)
                yield connection
            finally:
                connection.logout()
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxUnavailable(where, str(error) or type(error).__name__, _DO) from error

    def _connected(self) -> imaplib.IMAP4:
        box = self._mailbox
        if box.tls:
            context = ssl.create_default_context(cafile=box.trust)
            return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=_TIMEOUT_S)
        if not is_loopback(box.host):
            raise MailboxUnavailable(f"{box.host}:{box.port}", "a password does not travel in the clear", _DO)
        return imaplib.IMAP4(box.host, box.port, timeout=_TIMEOUT_S)
