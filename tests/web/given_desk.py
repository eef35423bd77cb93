"""An intake desk with a real token, a real quarantine in memory and a store on disk."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from inro.adapters.end_with_parent import ending_with_this
from inro.adapters.pin_handover import pin_pipe
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from inro.web.office.intake.tray import Batch
from inro.web.office.intake.work import Crew
from tests import given
from tests.adapters.tokens import make_document_token, pin
from tests.servers.families import until
from tests.web.installation import environment, installation


@dataclass(slots=True)
class Clock:
    """The desk's clock, told what it shows."""

    now: datetime = given.NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDesk:
    """A desk in this process, and a visitor who sits at it as the intake clerk."""

    home: Path
    visitor: Client
    clock: Clock
    crew: Crew

    def take(self, *files: bytes, names: tuple[str, ...] = ()) -> Batch:
        """Upload files and wait until they are opened."""
        named = names or tuple(f"scan-{place}" for place in range(len(files)))
        posted = [SimpleUploadedFile(name, data) for name, data in zip(named, files, strict=True)]
        answer = self.visitor.post("/intake/batches/", {"files": posted})
        assert answer.status_code == 302, answer.content.decode()
        return self.settled(answer.url.split("/")[3])

    def settled(self, number: str) -> Batch:
        """Wait until nothing of a batch is being opened or stored."""
        return self.until(number, lambda batch: not batch.opening and not batch.being_filed)

    def until(self, number: str, wanted: Callable[[Batch], bool]) -> Batch:
        """Wait until something is so of a batch."""

        def now() -> Batch:
            batch = self.crew.desk.batch(number)
            assert batch is not None
            return batch

        until(lambda: wanted(now()), lambda: f"batch {number} does not settle")
        return now()

    def post(self, path: str, **fields: Any) -> HttpResponse:
        """Send a form."""
        return self.visitor.post(path, fields)

    def file_forms(self, batch: Batch, **fields: str) -> HttpResponse:
        """Confirm the forms of a batch."""
        asked = {"arrived_on": "R8.12.1", "way": "post", "shelf": "A-1"} | fields
        answer = self.visitor.post(f"/intake/batches/{batch.number}/forms/", asked)
        self.settled(batch.number)
        return answer

    def register(self, batch: Batch, number: str, **fields: str) -> HttpResponse:
        """Register the papers of a case in a new envelope and store their pages."""
        asked = {"envelope": "new", "arrived_on": "2026/12/01", "way": "post", "note": ""} | fields
        answer = self.visitor.post(f"/intake/batches/{batch.number}/cases/{number}/", asked)
        self.settled(batch.number)
        return answer


RECORD_FIELDS = {
    "original-resident_record": "original",
    "issuer-resident_record": "架空市長",
    "issued_on-resident_record": "令和8年11月2日",
    "shelf-resident_record": "A-1",
}


@contextmanager
def desk_installation(home: Path) -> Iterator[Path]:
    """Write an installation with a documents' token; its folders in memory go with it."""
    memory = f"/dev/shm/inro-test-{secrets.token_hex(8)}"
    made = installation(home, memory=memory)
    make_document_token(made / "room" / "documents")
    (made / "documents").mkdir(mode=0o700)
    try:
        yield made
    finally:
        shutil.rmtree(memory, ignore_errors=True)


def start_office(home: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the office with its PIN and wait until it listens."""
    log = home / "web.log"
    with log.open("ab") as output, pin_pipe(pin()) as descriptor:
        process = subprocess.Popen(
            ending_with_this(
                [
                    *(sys.executable, "-m", "inro.web", "--home", str(home), "--site", "office"),
                    *("--port", str(port), "--pin-fd", str(descriptor)),
                ]
            ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment(),
            pass_fds=(descriptor,),
        )
    wait_until(lambda: listens(port) and listens(port + 1), process, log)
    return process


@contextmanager
def served_desk(home: Path) -> Iterator[str]:
    """Serve the office of an installation and yield its address."""
    port = free_port()
    process = start_office(home, port)
    try:
        yield f"http://{LOOPBACK}:{port}"
    finally:
        end(process)
