"""The PIN mailer: the one paper a PIN is ever written on, as bytes and nowhere else (19.1-19.5, 12.5)."""

import string
from dataclasses import dataclass
from datetime import date

from inro.paper.codes import qr_svg, sheet_payload
from inro.paper.errors import MailerRefused
from inro.paper.parties import Addressee, Operator
from inro.paper.press import press_secret

PIN_CHARACTERS = frozenset(string.ascii_letters + string.digits)
PIN_LENGTHS = range(4, 17)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinMailer:
    """What identifies a mailer; the PIN is not part of it, so this may be logged and stored."""

    number: str
    recipient: Addressee
    card_serial: str
    application: str
    printed_on: date


def render_pin_mailer(*, mailer: PinMailer, operator: Operator, pin: str | bytearray) -> bytes:
    """Return the mailer as a two-sided PDF: address, PIN folded inside, duties; tint on the back of the PIN.

    The caller wipes `pin` and the bytes returned, and runs this in the process that ends with the card:
    the typesetter keeps what it set until then. It is never the one that other sheets are set by.

    Raises: MailerRefused without naming the PIN, GlyphMissing, FontMissing.
    """
    text = pin if isinstance(pin, str) else pin.decode("ascii", "replace")
    if len(text) not in PIN_LENGTHS or not PIN_CHARACTERS.issuperset(text):
        raise MailerRefused(sheet="mailer", field="pin")
    if not mailer.number:
        raise MailerRefused(sheet="mailer", field="number")
    return press_secret(
        "mailer",
        made_on=mailer.printed_on,
        data={
            "mailer": mailer,
            "operator": operator,
            "pin": [{"character": character, "kind": _kind(character)} for character in text],
            "qr": qr_svg(sheet_payload(kind="PM1", number=mailer.number)),
        },
    )


def _kind(character: str) -> str:
    if character in string.digits:
        return "数字"
    return "大文字" if character in string.ascii_uppercase else "小文字"
