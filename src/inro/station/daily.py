"""The station's day: one room, one pass after another, until it is stopped or must stop."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import structlog

from inro.adapters.instants import answer, moments
from inro.adapters.locked_memory import forbid_dumps
from inro.adapters.pin_handover import read_pin
from inro.adapters.stopping import told_why
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import installation_from_environment
from inro.ports.errors import PortError
from inro.practice.errors import Refused
from inro.station.issuance import Passed
from inro.station.room import Room
from inro.station.wiring import opened_room
from inro.station.work import Done, work
from inro.store.availability import records_needed
from inro.store.errors import StoreError

PAUSE_S = 2.0
# How long no order is claimed after one had to be given back: each try leaves rows in the audit log.
REST = timedelta(minutes=1)
_STOPS = (Refused, PortError, StoreError, ConfigurationRefused, OSError)
_log = structlog.get_logger("station")


@dataclass(slots=True, kw_only=True)
class Passes:
    """One pass after another: what failed is told and tried again, and told anew only when it changes."""

    room: Room
    passed: Passed
    rest: timedelta
    told: tuple[str, ...] = ()
    rested: datetime | None = None

    def work(self, *, now: datetime) -> Done:
        """Make one pass; after an order was given back none is claimed for `rest`.

        Raises: PortError, StoreError.
        """
        making = self.rested is None or now >= self.rested
        done = work(room=self.room, now=now, passed=self.passed, making=making)
        for failure in done.failed:
            if failure not in self.told:
                _log.error("failed", detail=failure)
        self.told = done.failed
        if done.given_back:
            self.rested = now + self.rest
        return done


def run(
    *,
    pin_descriptor: int,
    card_key_descriptor: int | None,
    name: str | None,
    stepped: bool,
    passed: Callable[[str], None] | None,
) -> int:
    """Open the room and work at every moment; return 0 at the end, 77 for a refused PIN, 1 otherwise."""
    forbid_dumps()
    try:
        installation = installation_from_environment()
        pin = read_pin(pin_descriptor)
        card_key = bytes(read_pin(card_key_descriptor)) if card_key_descriptor is not None else None
        with (
            records_needed(),
            opened_room(installation=installation, pin=pin, card_file_key=card_key, name=name) as room,
        ):
            passes = Passes(
                room=room,
                passed=passed or (lambda step: _log.info("step", step=step)),
                rest=timedelta(0) if stepped else REST,
            )
            for moment in moments(
                stepped=stepped,
                allowed=installation.demonstration,
                clock=lambda: datetime.now(UTC),
                pause=PAUSE_S,
            ):
                done = passes.work(now=moment.now)
                if stepped:
                    answer(asdict(done))
    except _STOPS as error:
        return told_why(error, process="station", stepped=stepped)
    return 0
