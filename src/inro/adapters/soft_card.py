"""A virtual card in this process as a transport for APDUs; test and demonstration equipment (17.1)."""

from pathlib import Path
from typing import Self

from inro.ports.errors import CardRefused
from inro.virtual_card.card import VirtualCard
from inro.virtual_card.card_file import CardFile
from inro.virtual_card.errors import CardFileRefused


class SoftCard:
    """The card in a card file, in this process's own reader."""

    def __init__(self, card_file: CardFile, card: VirtualCard) -> None:
        self._file = card_file
        self._card = card

    @classmethod
    def open(cls, *, path: Path, file_key: bytes) -> Self:
        """Put the card of `path` into the reader.

        Raises: CardRefused.
        """
        try:
            card_file = CardFile.open(path=path, file_key=file_key)
        except CardFileRefused as refused:
            raise CardRefused("virtual card", str(refused)) from refused
        try:
            return cls(card_file, VirtualCard(card_file))
        except CardFileRefused as refused:
            card_file.close()
            raise CardRefused("virtual card", str(refused)) from refused

    def transmit(self, command: bytes | bytearray) -> bytes:
        """Send one command APDU.

        Raises: CardRefused when the card file cannot be written.
        """
        try:
            return self._card.transmit(bytes(command))
        except OSError as error:
            raise CardRefused("virtual card", f"its file cannot be written: {error.strerror}") from error

    def close(self) -> None:
        """Take the card out of the reader."""
        self._card.reset()
        self._file.close()

    def __enter__(self) -> Self:
        """Return the card."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the card out of the reader."""
        self.close()
