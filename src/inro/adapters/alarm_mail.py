"""Alarms as plain mail through one server: STARTTLS, or without on this machine (26.2)."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from inro.ports.errors import PortError

_SECONDS = 20.0


class AlarmNotSent(PortError):
    """The mail server did not take an alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmMail:
    """A mail server, who sends and who is told."""

    host: str
    port: int
    tls: bool
    sender: str
    receivers: Sequence[str]

    def send(self, *, subject: str, text: str) -> None:
        """Send one alarm to everybody.

        Raises: AlarmNotSent.
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, ", ".join(self.receivers), subject
        message.set_content(text)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=_SECONDS) as server:
                if self.tls:
                    server.starttls(context=ssl.create_default_context())
                refused = server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise self._not_sent(str(error)) from error
        if refused:
            raise self._not_sent(f"refused for {', '.join(sorted(refused))}")

    def _not_sent(self, detail: str) -> AlarmNotSent:
        return AlarmNotSent(
            f"{self.host}:{self.port}", detail, "see [alarm] in inro.toml and the server's log"
        )
