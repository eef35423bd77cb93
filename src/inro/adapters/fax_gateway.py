"""Fax through a gateway that takes e-mails: number@domain, the sheets attached; its reply confirms (43)."""

from email.message import EmailMessage
from email.policy import SMTP

from inro.ports.mail import Answer, Outcome, Outgoing, Sending

_DIGITS = frozenset("0123456789")


class FaxGateway:
    """`ports.fax.Fax` over e-mail: what the mail server took is queued, the gateway's reply confirms."""

    def __init__(self, *, mail: Sending, sender: str, domain: str) -> None:
        self._mail = mail
        self._sender = sender
        self._domain = domain

    def send(self, outgoing: Outgoing) -> Answer:
        """Hand the sheets to the gateway once."""
        number = "".join(digit for digit in outgoing.recipient if digit in _DIGITS)
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = f"{number}@{self._domain}"
        message["Subject"] = outgoing.key
        message["Message-ID"] = outgoing.key
        message.set_content("", cte="7bit")
        message.add_attachment(outgoing.content, maintype="application", subtype="pdf", filename="fax.pdf")
        mailed = Outgoing(key=outgoing.key, recipient=str(message["To"]), content=message.as_bytes())
        answer = self._mail.send(mailed)
        if answer.outcome is Outcome.ACCEPTED:
            return Answer(outcome=Outcome.QUEUED, said=answer.said)
        return answer
