"""Opens the card of a job where it lies: a card file or a reader (17.1)."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from inro.adapters.card_commands import IsoAppletCard
from inro.adapters.pcsc_card import PcscCard
from inro.adapters.soft_card import SoftCard
from inro.ports.card import Card
from inro.ports.errors import CardRefused, NoBlankCard, OtherCard
from inro.station.job import CardPlace, ReaderPlace, VirtualCardPlace
from inro.store.states import Medium

_INSERT_BLANK = (
    "take out what is there and put a blank card in; see inro doctor where the reader is not found"
)
_INSERT = "put that card into the reader and leave it there until its certificate is on it"


@contextmanager
def open_card(place: CardPlace, *, card_file_key: bytes | None) -> Iterator[Card]:
    """Yield the card; a virtual one's private key stays sealed in it as long as no PIN is given.

    Raises: CardRefused.
    """
    if not isinstance(place, VirtualCardPlace):
        with PcscCard.open(place.reader) as transport:
            if transport.is_virtual is not (place.medium is Medium.VIRTUAL):
                raise CardRefused("card", f"is not {place.medium}, as the reader's card should be")
            yield IsoAppletCard(transport)
        return
    if card_file_key is None:
        raise CardRefused("virtual card", "no key for card files", "name one in inro.toml, or use real cards")
    with SoftCard.open(path=place.path, file_key=card_file_key) as soft:
        yield IsoAppletCard(soft)


def require_blank_card(place: ReaderPlace) -> None:
    """Make sure that a blank card lies in the reader, before one is counted on.

    Raises: NoBlankCard.
    """
    try:
        with open_card(place, card_file_key=None) as card:
            card.require_blank()
    except CardRefused as refusal:
        raise NoBlankCard(place.reader, str(refusal), _INSERT_BLANK) from refusal


@contextmanager
def open_made_card(place: CardPlace, *, serial: str, card_file_key: bytes | None) -> Iterator[Card]:
    """Yield the card that was made under that serial, and no other one that lies there (17.1).

    Raises: OtherCard where it does not lie there, before anything is written; CardRefused.
    """
    with ExitStack() as held:
        try:
            card = held.enter_context(open_card(place, card_file_key=card_file_key))
            found = card.serial()
        except CardRefused as refusal:
            raise OtherCard(serial, str(refusal), _INSERT) from refusal
        if found != serial:
            raise OtherCard(serial, found, _INSERT)
        yield card
