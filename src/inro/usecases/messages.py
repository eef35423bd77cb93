"""A letter as the message that carries it: an e-mail with its sheets attached, or sheets for the fax (43).

Made once, when it is let go, and kept as it is sent: every try sends the same octets under one Message-ID.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from inro.paper.parties import Operator
from inro.paper.press import long_date
from inro.practice.calendar import JST
from inro.practice.letters import LetterRefused
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import Channel, NoticeKind
from inro.store.reads.letters import LetterRecord
from inro.usecases.sending import ReadyNotice

_MARK = "X-Inro-Notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends: the operator, its address, and its words for each kind of notice."""

    operator: Operator
    address: str
    words: Mapping[NoticeKind, NoticeWords]


def ready_notice(
    letter: LetterRecord, *, name: str, recipient: str, sender: Sender, now: datetime
) -> ReadyNotice:
    """Return a printed letter as the message that carries it to `recipient` by e-mail or fax.

    Raises: LetterRefused for a letter that was not printed, or a person who gave no contact for its way.
    """
    if letter.pdf is None or letter.pdf_sha256 is None:
        raise LetterRefused(field="letters", problem="not_printed")
    if not recipient:
        raise LetterRefused(field="channel", problem="no_contact")
    words = sender.words[letter.kind]
    key = message_id(letter.number, letter.pdf_sha256, sender)
    subject, text = words.filled(_values(letter, name, sender.operator))
    if letter.channel is Channel.EMAIL:
        message = composed(
            key=key, sender=sender, recipient=recipient, subject=subject, text=text, at=now, sheets=letter.pdf
        )
    else:
        message = letter.pdf
    return ReadyNotice(
        letter=letter.letter_id,
        application=letter.application_id,
        kind=letter.kind,
        clause=letter.clause,
        channel=letter.channel,
        recipient=recipient,
        title=subject,
        template=letter.kind.value,
        edition=words.edition.isoformat(),
        words_sha256=words.sha256,
        message_id=key,
        message=message,
    )


def message_id(number: str, sha256: str, sender: Sender) -> str:
    """Return the Message-ID of a notice: the same for the same letter, so it is let go once."""
    return f"<{number}.{sha256[:20]}@{sender.address.rpartition('@')[2]}>"


def composed(
    *, key: str, sender: Sender, recipient: str, subject: str, text: str, at: datetime, sheets: bytes | None
) -> bytes:
    """Return an e-mail as it is sent: pure ASCII, the same octets for the same letter and instant."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    operator = sender.operator
    message["From"] = Address(display_name=operator.name, addr_spec=sender.address)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = subject
    message["Date"] = format_datetime(at.astimezone(JST))
    message["Message-ID"] = key
    message["Auto-Submitted"] = "auto-generated"
    message[_MARK] = key.strip("<>")
    message.set_content(text, charset="utf-8", cte="base64")
    if sheets is not None:
        name = f"{key.strip('<').partition('.')[0]}.pdf"
        message.add_attachment(sheets, maintype="application", subtype="pdf", filename=name)
        message.set_boundary(f"=_{hashlib.sha256(key.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _values(letter: LetterRecord, name: str, operator: Operator) -> dict[str, str]:
    return {
        "name": name,
        "application": letter.application,
        "number": letter.number,
        "due_on": long_date(letter.due_on) if letter.due_on else "",
        "service": operator.service,
        "operator": operator.name,
        "telephone": operator.telephone,
        "website": operator.website,
    }
