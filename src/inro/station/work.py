"""One pass of the station: unfinished cards first, then new ones (17.1)."""

from dataclasses import dataclass
from datetime import datetime

from inro.ports.errors import CardRefused
from inro.station.child_process import PersonalisationFailed
from inro.station.issuance import Passed, check_blank_card, make_card, resume
from inro.station.room import Room
from inro.store.errors import StockEmpty
from inro.store.reads.issuance import held_orders, orders_wait, station_awaits_certificate
from inro.usecases.issuance_claim import claim_issuance_order
from inro.words.way_out import refusal_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one pass did: orders taken on, cards made and orders given back; what failed, in words."""

    resumed: int
    made: int
    failed: tuple[str, ...]
    given_back: int = 0


def work(*, room: Room, now: datetime, passed: Passed, making: bool = True) -> Done:
    """Take on every order this station holds, then, if `making`, make cards for those that wait.

    A card that fails ends the making of new ones in this pass: a reader or a batch that spoils cards should
    not spoil them all. A card that is not there to be finished ends nothing. Where no card can be begun, no
    order is claimed. A reader keeps its card until the signer has answered.

    Raises: PortError, StoreError.
    """
    held = held_orders(station=room.name)
    failed: list[str] = []
    for order in held:
        try:
            resume(order=order, room=room, now=now, passed=passed)
        except CardRefused as refusal:
            failed.append(refusal_line(f"order {order}", refusal))
    made = given_back = 0
    while making and orders_wait() and not _reader_is_kept(room):
        try:
            check_blank_card(room)
        except (CardRefused, StockEmpty) as refusal:
            failed.append(refusal_line("new cards", refusal))
            break
        claimed = claim_issuance_order(station=room.name, actor=room.actor, now=now)
        if claimed is None:
            break
        try:
            make_card(order=claimed, room=room, now=now, passed=passed)
            made += 1
        except (PersonalisationFailed, StockEmpty) as failure:
            failed.append(refusal_line(f"order {claimed}", failure))
            given_back += 1
            break
    return Done(resumed=len(held), made=made, failed=tuple(failed), given_back=given_back)


def _reader_is_kept(room: Room) -> bool:
    return room.reader is not None and station_awaits_certificate(room.name)
