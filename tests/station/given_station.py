"""What tests of the card desk start from: a token, a blank card, a job."""

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2

from inro.adapters.pkcs11_core import initialise_token
from inro.adapters.token_address import TokenAddress, configure_soft_token
from inro.paper.parties import Addressee, Operator
from inro.ports.card import CardLabel
from inro.station.job import FolderPrinter, MailerJob, PersonalisationJob, VirtualCardPlace
from inro.virtual_card.card_file import make_blank_card

TOKEN_PIN = b"station-pin-for-tests"
SERIAL = "0011223344556677"
MAILER = "M26-000001-C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A card desk in a folder of its own."""

    folder: Path
    file_key: bytes
    job: PersonalisationJob

    @property
    def card_file(self) -> Path:
        """The card on the desk."""
        return self.folder / "cards" / f"{SERIAL}.card"

    @property
    def mailer(self) -> Path:
        """Where the printed mailer appears."""
        return self.folder / "paper" / f"pin-mailer-{MAILER}.pdf"


def given_desk(folder: Path) -> Desk:
    """Make a desk: a SoftHSM token, a blank virtual card, a printer into a folder."""
    (folder / "cards").mkdir()
    file_key = os.urandom(32)
    card = folder / "cards" / f"{SERIAL}.card"
    make_blank_card(path=card, file_key=file_key)
    configure_soft_token(folder / "hsm")
    token = initialise_token(
        address=TokenAddress(folder=folder / "hsm", label="station"),
        so_pin=bytearray(b"so-pin-for-tests"),
        pin=bytearray(TOKEN_PIN),
    )
    job = PersonalisationJob(
        label=CardLabel(serial=SERIAL, label="Card 1"),
        card=VirtualCardPlace(path=card),
        token=token,
        printer=FolderPrinter(folder=folder / "paper"),
        mailer=_mailer_job(),
        require_locked_memory=False,
    )
    return Desk(folder=folder, file_key=file_key, job=job)


def printed_pin(mailer: Path) -> bytearray:
    """Read the PIN off a mailer as its recipient does: each place, its character, what it is called."""
    document = pypdfium2.PdfDocument(mailer)
    words = document[0].get_textpage().get_text_range()
    document.close()
    return bytearray("".join(re.findall(r"\d\s+(\d)\s+数字", words)), "ascii")


def _mailer_job() -> MailerJob:
    return MailerJob(
        recipient=Addressee(name="架空 太郎", postal_code="100-0001", address=("東京都千代田区千代田1-1",)),
        operator=Operator(
            name="架空認証株式会社",
            service="架空電子入札証明書",
            postal_code="100-0001",
            address="東京都千代田区千代田1-1",
            telephone="03-0000-0000",
            email="desk@example.jp",
            demonstration=True,
        ),
        application="A26-000001",
        printed_on=date(2026, 12, 1),
    )
