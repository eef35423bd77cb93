"""The worker's day: lists into the repository, tasks performed, one pass after another."""

from datetime import UTC, datetime
from typing import Any

import structlog

from inro.adapters.instants import answer, moments
from inro.adapters.platform_files import PlatformFiles
from inro.adapters.stopping import told_why
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import installation_from_environment
from inro.pki.issuer import IssuerRefused
from inro.ports.errors import PortError
from inro.practice.errors import Refused
from inro.store.availability import records_needed
from inro.store.errors import StoreError
from inro.worker.wiring import mailing_of, publisher_of
from inro.worker.work import Done, work

PAUSE_S = 2.0
_STOPS = (Refused, PortError, StoreError, ConfigurationRefused, IssuerRefused, OSError)
_log = structlog.get_logger("worker")


def run(*, stepped: bool) -> int:
    """Work at every moment; return 0 at the end, 1 when it must stop.

    An outside part that fails is told and tried again in the next pass: what was done is on record, and a
    list that could not be published leaves the old one in force.
    """
    try:
        installation = installation_from_environment()
        told: list[datetime] = []
        mailing = mailing_of(installation, clock=lambda: told[-1] if stepped else datetime.now(UTC))
        publisher, platform = publisher_of(installation), PlatformFiles(places=installation.platform)
        for moment in moments(
            stepped=stepped,
            allowed=installation.demonstration,
            clock=lambda: datetime.now(UTC),
            pause=PAUSE_S,
        ):
            told[:] = [moment.now]
            with records_needed():
                done = work(
                    publisher=publisher,
                    platform=platform.facts,
                    now=moment.now,
                    mailing=mailing,
                )
            for error in done.waiting:
                _log.error("waiting", error=type(error).__name__, detail=str(error))
            if stepped:
                answer(_told(done))
    except _STOPS as error:
        return told_why(error, process="worker", stepped=stepped)
    return 0


def _told(done: Done) -> dict[str, Any]:
    told: dict[str, Any] = {
        "lists": [f"{one.kind}/{one.number}" for one in done.lists],
        "expired": done.night.expired,
    }
    if done.waiting:
        told["error"] = "; ".join(f"{type(error).__name__}: {error}" for error in done.waiting)
    return told
