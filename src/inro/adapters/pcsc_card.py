"""A card in a PC/SC reader as a transport for APDUs, found by reader name or card serial (17.1)."""

from typing import Any, Self

from smartcard import scard

from inro.adapters.card_commands import IsoAppletCard
from inro.ports.errors import CardRefused
from inro.virtual_card.card import ANSWER_TO_RESET

_DO = "is pcscd running, and the card in the reader?"


class PcscCard:
    """One card held exclusively in one reader until closed, so that nobody else speaks in between."""

    def __init__(self, *, context: Any, card: Any, protocol: int, reader: str) -> None:
        self._context = context
        self._card = card
        self._protocol = protocol
        self.reader = reader

    @classmethod
    def open(cls, reader: str) -> Self:
        """Connect to the card in the reader of that name.

        Raises: CardRefused.
        """
        context = _establish()
        result, card, protocol = scard.SCardConnect(
            context,
            reader,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if result != scard.SCARD_S_SUCCESS:
            scard.SCardReleaseContext(context)
            raise _refused(f"reader {reader}", result)
        return cls(context=context, card=card, protocol=protocol, reader=reader)

    @property
    def is_virtual(self) -> bool:
        """Whether the card says by its answer to reset that it is software.

        Raises: CardRefused.
        """
        result, _reader, _state, _protocol, answer = scard.SCardStatus(self._card)
        if result != scard.SCARD_S_SUCCESS:
            raise _refused(f"reader {self.reader}", result)
        return bytes(octet & 0xFF for octet in answer) == ANSWER_TO_RESET

    def transmit(self, command: bytes | bytearray) -> bytes:
        """Send one command APDU.

        Raises: CardRefused.
        """
        protocol = scard.SCARD_PCI_T0 if self._protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        result, answer = scard.SCardTransmit(self._card, protocol, list(command))
        if result != scard.SCARD_S_SUCCESS:
            raise _refused(f"reader {self.reader}", result)
        return bytes(octet & 0xFF for octet in answer)

    def close(self) -> None:
        """Let the card go, unpowered, so that nothing stays unlocked."""
        scard.SCardDisconnect(self._card, scard.SCARD_UNPOWER_CARD)
        scard.SCardReleaseContext(self._context)

    def __enter__(self) -> Self:
        """Return the card."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the card go."""
        self.close()


def list_readers() -> tuple[str, ...]:
    """Return the names of all readers.

    Raises: CardRefused when pcscd does not answer.
    """
    context = _establish()
    try:
        result, readers = scard.SCardListReaders(context, [])
    finally:
        scard.SCardReleaseContext(context)
    if result == scard.SCARD_E_NO_READERS_AVAILABLE:
        return ()
    if result != scard.SCARD_S_SUCCESS:
        raise _refused("readers", result)
    return tuple(readers)


def find_card(serial: str) -> PcscCard:
    """Connect to the personalised card of that serial, in whichever reader it is.

    Raises: CardRefused when no reader holds it.
    """
    for reader in list_readers():
        try:
            card = PcscCard.open(reader)
        except CardRefused:
            continue
        try:
            if IsoAppletCard(card).serial() == serial:
                return card
        except CardRefused:
            pass
        card.close()
    raise CardRefused("card", f"{serial} is in no reader", "put the card into a reader")


def _establish() -> Any:
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    if result != scard.SCARD_S_SUCCESS:
        raise _refused("PC/SC", result)
    return context


def _refused(what: str, result: int) -> CardRefused:
    return CardRefused(what, scard.SCardGetErrorMessage(result).strip(), _DO)
