"""A subscriber at home: opens the mailer, reads the PIN, signs a document by the card (12.6, 18, 19, 20)."""

import re
from datetime import datetime
from pathlib import Path

import pypdfium2

from inro.adapters.card_commands import IsoAppletCard
from inro.adapters.soft_card import SoftCard
from inro.pki.cms import signed_document
from inro.ports.errors import CardRefused


def pin_of(mailer: Path) -> bytearray:
    """Return the PIN that a printed mailer shows, read off its page as its addressee would.

    Raises: CardRefused if the page shows none.
    """
    document = pypdfium2.PdfDocument(mailer.read_bytes())
    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    # The mailer shows each place, its character, and what the character is called.
    shown = re.findall(r"\d\s+(\d)\s+数字", text)
    if not shown:
        raise CardRefused(mailer.name, "shows no PIN", "look at the page")
    return bytearray("".join(shown), "ascii")


def sign_document(
    *, card_file: Path, card_file_key: bytes, pin: bytearray, document: bytes, signed_at: datetime
) -> bytes:
    """Return a CMS signature (DER) around `document` by the card's key (20).

    Raises: CardRefused, PinRefused, CardLocked.
    """
    with SoftCard.open(path=card_file, file_key=card_file_key) as transport:
        card = IsoAppletCard(transport)
        certificate = card.read_certificate()
        return signed_document(
            document=document,
            certificate=certificate,
            sign=lambda data: card.sign(pin, data),
            signed_at=signed_at,
        )
