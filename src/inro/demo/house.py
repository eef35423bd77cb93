"""The house in operation: directory and web server on loopback, and the edges as processes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inro.adapters.directory_access import directory_server
from inro.adapters.directory_server import make_server, serving
from inro.adapters.pin_handover import pin_pipe
from inro.configuration.installation import Installation
from inro.demo.installation import Demonstration
from inro.demo.place import NotADemonstration
from inro.demo.processes import Edge
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until

RESPONDER_CLOCK = "responder-clock"
STATIONS = ("station-1", "station-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Signer, stations, worker and OCSP signer, each waiting for the next instant."""

    signer: Edge
    stations: tuple[Edge, ...]
    worker: Edge
    ocsp: Edge

    def issue(self, now: datetime) -> dict[str, Any]:
        """Carry every order through station, signer, station again; return the signer's answer."""
        self._work_at_stations(now)
        answer = self.signer.work(now)
        self.ocsp.work(now)
        # Lists that were due on that day go out while the stations finish their cards.
        self.worker.tell(now)
        self._work_at_stations(now)
        self.worker.answer()
        return answer

    def _work_at_stations(self, now: datetime) -> None:
        # All stations work at once: orders are claimed by compare-and-set, so none is made twice.
        for station in self.stations:
            station.tell(now)
        for station in self.stations:
            station.answer()

    def renew_lists(self, now: datetime, *, anyway: bool = False) -> dict[str, Any]:
        """Let the signer make what lists are due and the worker publish them; return the signer's answer."""
        answer = self.signer.work(now, lists=anyway)
        self.ocsp.work(now)
        self.worker.work(now)
        return answer


@contextmanager
def directory_in_operation(installation: Installation) -> Iterator[None]:
    """Set up a demonstration's directory in its folder and run it there, as `inro serve` does again."""
    own = installation.directory
    if own is None:
        raise NotADemonstration(str(installation.home), "has no directory of its own")
    make_server(directory_server(installation.repository, own), folder=own.folder)
    with serving(own.folder, url=installation.repository.directory_url):
        yield


@contextmanager
def web_server(*, demonstration: Demonstration, port: int, now: datetime) -> Iterator[None]:
    """Run the responder over an installation's web tree, with its own key and the story's clock."""
    home = demonstration.installation.home
    log, clock = home / "responder.log", home / RESPONDER_CLOCK
    clock.write_text(now.isoformat(), "ascii")
    command = [sys.executable, "-m", "inro.responder", "--home", str(home), "--port", str(port)]
    with pin_pipe(demonstration.shares.pin("ocsp")) as descriptor, log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--pin-fd", str(descriptor), "--told-clock", str(clock)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=(descriptor,),
        )
    try:
        wait_until(lambda: listens(port), process, log)
        yield
    finally:
        end(process)


@contextmanager
def house_in_operation(demonstration: Demonstration) -> Iterator[House]:
    """Start signer, station and worker over a demonstration's installation, and end them at last."""
    home = demonstration.installation.home
    with ExitStack() as running:
        ca_pin, station_pin = demonstration.shares.pin("ca"), demonstration.shares.pin("station")
        signer = Edge.start(name="signer", arguments=(), home=home, secrets={"--pin-fd": ca_pin})
        running.callback(signer.stop)
        stations = []
        for name in STATIONS:
            station = Edge.start(
                name="station",
                arguments=("--name", name),
                home=home,
                secrets={"--pin-fd": station_pin, "--card-key-fd": demonstration.card_file_key},
            )
            running.callback(station.stop)
            stations.append(station)
        worker = Edge.start(name="worker", arguments=(), home=home, secrets={})
        running.callback(worker.stop)
        ocsp_pin = demonstration.shares.pin("ocsp")
        ocsp = Edge.start(name="signer.ocsp", arguments=(), home=home, secrets={"--pin-fd": ocsp_pin})
        running.callback(ocsp.stop)
        yield House(signer=signer, stations=tuple(stations), worker=worker, ocsp=ocsp)


def directory_address() -> str:
    """Return a free loopback address for the directory."""
    return f"ldap://{LOOPBACK}:{free_port()}"


def web_address() -> tuple[str, int]:
    """Return a free loopback address for the responder, and its port."""
    port = free_port()
    return f"http://{LOOPBACK}:{port}", port
