"""An alarm by mail, a message of its own for each who is told, through the house's mail server (26.2)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from inro.ports.errors import AlarmNotSent
from inro.ports.mail import Outcome, Outgoing, Sending
from inro.practice.calendar import JST


def send_alarm(
    *, mail: Sending, sender: str, receivers: Sequence[str], subject: str, text: str, now: datetime
) -> None:
    """Send an alarm to everybody; who can be reached is told even where another can't.

    Raises: AlarmNotSent naming who was not reached, and why.
    """
    answers = {
        receiver: mail.send(_alarm(sender=sender, receiver=receiver, subject=subject, text=text, now=now))
        for receiver in receivers
    }
    failed = {who: said for who, said in answers.items() if said.outcome is not Outcome.ACCEPTED}
    if failed:
        raise AlarmNotSent(
            ", ".join(failed),
            "; ".join(dict.fromkeys(answer.said for answer in failed.values())),
            "see [mail] and [alarm] in inro.toml and the server's log",
        )


def _alarm(*, sender: str, receiver: str, subject: str, text: str, now: datetime) -> Outgoing:
    made_of = "\n".join((receiver, subject, text, now.isoformat()))
    key = f"<alarm.{hashlib.sha256(made_of.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"], message["To"], message["Subject"] = sender, receiver, subject
    message["Date"] = format_datetime(now.astimezone(JST))
    message["Message-ID"] = key
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, charset="utf-8", cte="base64")
    return Outgoing(key=key, recipient=receiver, content=message.as_bytes())
