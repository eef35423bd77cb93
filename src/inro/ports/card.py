"""An IC card as the station sees it (17.1, 19.5), over a transport that carries APDUs."""

from dataclasses import dataclass
from typing import Protocol


class CardTransport(Protocol):
    """One card in one reader: APDU bytes in, response bytes with SW1 SW2 out (ISO/IEC 7816-4)."""

    def transmit(self, command: bytes | bytearray) -> bytes:
        """Send one command APDU.

        Raises: CardRefused.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLabel:
    """What a card is called: `serial` 16 hexadecimal digits, `label` at most 32 characters."""

    serial: str
    label: str


class Card(Protocol):
    """A card under personalisation; the acts come in the order of the issuance walk."""

    def require_blank(self) -> None:
        """Make sure that nothing was ever written onto the card.

        Raises: CardRefused.
        """
        ...

    def initialise(self, label: CardLabel, pin: bytearray, certificate_room: int) -> int:
        """Write the card's structure and PIN, reserve room for the certificate; return tries read back.

        Raises: CardRefused.
        """
        ...

    def store_key(self, private_key: bytearray) -> None:
        """Put an RSA private key (PKCS#8 DER) onto the card; it never comes out again (5.2).

        Raises: CardRefused.
        """
        ...

    def sign(self, pin: bytearray, data: bytes) -> bytes:
        """Let the card sign `data` (RSASSA-PKCS1-v1_5, SHA-256) after the PIN.

        Raises: PinRefused, CardLocked, CardRefused.
        """
        ...

    def write_certificate(self, certificate: bytes) -> None:
        """Put the certificate (DER) into the room reserved; needs no PIN.

        Raises: CardRefused.
        """
        ...

    def read_certificate(self) -> bytes:
        """Return the certificate on the card (DER).

        Raises: CardRefused.
        """
        ...

    def serial(self) -> str:
        """Return the serial written at personalisation, 16 hexadecimal digits in small letters.

        Raises: CardRefused when the card is blank or foreign.
        """
        ...

    def tries_left(self) -> int:
        """Return how many wrong PINs the card still takes (19.5).

        Raises: CardRefused.
        """
        ...
