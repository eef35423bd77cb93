"""One pass of the station: unfinished cards first, then new ones (17.1)."""

from dataclasses import dataclass
from datetime import datetime

from inro.ports.errors import CardRefused
from inro.station.child_process import PersonalisationFailed
from inro.station.issuance import Passed, make_card, resume
from inro.station.room import Room
from inro.store.reads.issuance import held_orders
from inro.usecases.issuance_claim import claim_issuance_order
from inro.words.way_out import refusal_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one pass did: orders taken on, cards made, and what failed in words for the operator."""

    resumed: int
    made: int
    failed: tuple[str, ...]


def work(*, room: Room, now: datetime, passed: Passed) -> Done:
    """Take on every order this station holds, then make cards for those that wait.

    A card that fails ends the making of new ones in this pass: a reader or a batch that spoils cards should
    not spoil them all.

    Raises: PortError, StoreError.
    """
    held = held_orders(station=room.name)
    failed: list[str] = []
    for order in held:
        try:
            resume(order=order, room=room, now=now, passed=passed)
        except CardRefused as refusal:
            failed.append(refusal_line(f"order {order}", refusal))
    made = 0
    while not failed:
        claimed = claim_issuance_order(station=room.name, actor=room.actor, now=now)
        if claimed is None:
            break
        try:
            make_card(order=claimed, room=room, now=now, passed=passed)
            made += 1
        except PersonalisationFailed as failure:
            failed.append(f"order {claimed}: {failure}")
    return Done(resumed=len(held), made=made, failed=tuple(failed))
