"""What a message in the reports' mailbox tells of one of ours: report, gateway's reply, or copy (RFC 3464).

A copy, as the house's server keeps one of every message it takes, tells that it took it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from inro.ports.mail import Outcome, Report

type Part = Message[Any, Any]

OURS = "X-Inro-Notice"
_OUTCOMES = {
    "delivered": Outcome.ACCEPTED,
    "relayed": Outcome.ACCEPTED,
    "expanded": Outcome.ACCEPTED,
    "failed": Outcome.REFUSED,
    "delayed": Outcome.PUT_OFF,
}
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_KEY = re.compile(r"<[^<>\s]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayWords:
    """What stands in the subject of a fax gateway's reply when a fax went out, and when it did not."""

    sent: str
    failed: str


def report_of(content: bytes, *, name: str, gateway: GatewayWords | None = None) -> Report | None:
    """Return what a message tells of one of ours, None where it tells nothing."""
    message = message_from_bytes(content, policy=policy.default)
    if message.get_content_type() == "multipart/report":
        return _delivery_report(message, name)
    if _header(message, OURS):
        key = _header(message, "Message-ID")
        return Report(name=name, key=key, outcome=Outcome.ACCEPTED, said="copy of the mail server")
    return _reply_of_gateway(message, name, gateway) if gateway is not None else None


def _delivery_report(message: Part, name: str) -> Report | None:
    status = _part(message, "message/delivery-status")
    payload = status.get_payload() if status is not None else []
    fields = [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
    told = [block for block in fields if _header(block, "Action").lower() in _OUTCOMES]
    key = _key(message, fields)
    if not told or not key:
        return None
    action = _header(told[0], "Action").lower()
    outcome = _OUTCOMES[action]
    return Report(
        name=name,
        key=key,
        outcome=outcome,
        said=" ".join([action, _header(told[0], "Status"), _header(told[0], "Diagnostic-Code")]).strip(),
        at=_sent_at(message) if outcome is Outcome.ACCEPTED else None,
    )


def _reply_of_gateway(message: Part, name: str, words: GatewayWords) -> Report | None:
    about = _KEY.search(f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}")
    subject = _header(message, "Subject")
    # What failed may be told in words that hold the others.
    for word, outcome in ((words.failed, Outcome.REFUSED), (words.sent, Outcome.ACCEPTED)):
        if about is not None and word in subject:
            return Report(name=name, key=about[0], outcome=outcome, said=subject, at=_sent_at(message))
    return None


def _key(message: Part, fields: list[Part]) -> str:
    """Return the Message-ID of what is reported on: from its headers, else as the envelope carried it."""
    for kind in ("message/rfc822", "text/rfc822-headers"):
        part = _part(message, kind)
        payload = part.get_payload() if part is not None else None
        returned = payload[0] if isinstance(payload, list) and payload else payload
        if isinstance(returned, str):
            returned = message_from_string(returned, policy=policy.default)
        key = _header(returned, "Message-ID") if isinstance(returned, Message) else ""
        if key:
            return key
    envelope = next((_header(block, "Original-Envelope-Id") for block in fields), "")
    plain = _XTEXT.sub(lambda found: chr(int(found[1], 16)), envelope)
    return f"<{plain}>" if plain else ""


def _part(message: Part, kind: str) -> Part | None:
    payload = message.get_payload()
    parts = payload if isinstance(payload, list) else []
    return next((one for one in parts if isinstance(one, Message) and one.get_content_type() == kind), None)


def _header(message: Part, name: str) -> str:
    return str(message.get(name, "")).strip()


def _sent_at(message: Part) -> datetime | None:
    try:
        at = parsedate_to_datetime(_header(message, "Date"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
