"""The signer's day: one room, one pass after another, until it is stopped or must stop."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain

import structlog

from inro.adapters.instants import answer, moments
from inro.adapters.locked_memory import forbid_dumps
from inro.adapters.pin_handover import read_pin
from inro.adapters.stopping import told_why
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import installation_from_environment
from inro.pki.assemble import AssemblyRefused
from inro.ports.errors import PortError
from inro.practice.errors import Refused
from inro.signer.wiring import opened_room
from inro.signer.work import work
from inro.store.availability import records_needed
from inro.store.errors import StoreError

PAUSE_S = 2.0
_STOPS = (Refused, PortError, StoreError, ConfigurationRefused, AssemblyRefused, OSError)
_log = structlog.get_logger("signer")


def run(*, pin_descriptor: int, stepped: bool, passed: Callable[[str], None] | None) -> int:
    """Open the room and work at every moment; return 0 at the end, 77 for a refused PIN, 1 otherwise.

    Nothing is caught but what the house itself raises: it is told and the process ends, for a signer that
    went on after a disagreement would sign what nobody can answer for.
    """
    forbid_dumps()
    try:
        installation = installation_from_environment()
        pin = read_pin(pin_descriptor)
        when = moments(
            stepped=stepped,
            allowed=installation.demonstration,
            clock=lambda: datetime.now(UTC),
            pause=PAUSE_S,
        )
        first = next(when, None)
        if first is None:
            return 0
        with records_needed(), opened_room(installation=installation, pin=pin, now=first.now) as room:
            for moment in chain((first,), when):
                done = work(
                    room=room,
                    now=moment.now,
                    passed=passed or (lambda step: _log.info("step", step=step)),
                    lists_anyway=bool(moment.asked.get("lists")),
                )
                if stepped:
                    answer(asdict(done))
    except _STOPS as error:
        return told_why(error, process="signer", stepped=stepped)
    return 0
