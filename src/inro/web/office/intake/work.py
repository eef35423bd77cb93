"""What goes on at the desk unseen: files opened, pages stored, numbers sought, the scanner watched.

Each is one thread of the office process; they begin with it and end with it.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from django.db import DatabaseError, connections

from inro.paper.redaction import NumberSearch
from inro.paper.scan.errors import FileRefused, NumbersNotSought
from inro.paper.scan.limits import LIMITS
from inro.paper.scan.opening import pages_of
from inro.ports.errors import PortError, ScannedFileRefused
from inro.ports.scanner import Look, ScannedFile, complete
from inro.practice.intake import NumberInText, ScanSource
from inro.usecases.actor import Actor
from inro.web.office.intake.desk import OFFICE, Desk
from inro.web.office.intake.filing import Destination, keep_page
from inro.web.office.intake.saying import REFUSALS
from inro.web.office.intake.tray import Batch, Standing, TrayPage

_log = structlog.get_logger()
_LOOK_EVERY_S = 2.0
# A busy database or a full folder ends no thread: what was asked is asked again, or said on its page.
_GOES_ON = (*REFUSALS, DatabaseError, OSError)

type Job = Callable[[], None]


@dataclass(slots=True)
class Crew:
    """The desk's threads: one works off what it is told, one seeks numbers, one watches the scanner."""

    desk: Desk
    _jobs: "queue.Queue[Job | None]" = field(default_factory=queue.Queue)
    _sought: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _number_search: NumberSearch | None = None
    scanner_trouble: PortError | None = None

    def start(self) -> None:
        """Start the threads; they are ended by `end`, or with the process."""
        for name, loop in (("jobs", self._work), ("search", self._search), ("scanner", self._watch)):
            thread = threading.Thread(target=loop, name=f"intake-{name}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def end(self) -> None:
        """End the threads and wait for them; a page being searched is given up."""
        self._ended.set()
        self._sought.set()
        search = self._number_search
        if search is not None:
            search.break_off()
        self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=10)

    def take(self, *, files: list[bytes | Exception], source: ScanSource, actor: Actor) -> Batch:
        """Take files in as one batch; each is opened in its turn, or was refused before that.

        Raises: DutyMissing, StoreError.
        """
        batch = self.desk.begin(source=source, files=len(files), actor=actor)
        for data in files:
            self._jobs.put(lambda data=data: self._open(batch, data))  # type: ignore[misc]
        return batch

    def file(self, batch: Batch, page: TrayPage, *, to: Destination, actor: Actor) -> None:
        """Store a page that cannot show a number, in its turn; the desk's page says how it went.

        Raises: PageMoved.
        """
        claimed = self.desk.claim(batch, page.place, version=page.version)
        self._jobs.put(lambda: self._keep(batch, claimed, to, actor))

    def seek_numbers(self) -> None:
        """Say that pages may have come on which numbers are to be sought."""
        self._sought.set()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except _GOES_ON as refused:
                _log.error("intake.job_failed", reason=type(refused).__name__)
            finally:
                connections.close_all()

    def _open(self, batch: Batch, data: bytes | Exception) -> None:
        if isinstance(data, Exception):
            self.desk.opened(batch, data)
            return
        try:
            self.desk.lay_down(batch, pages_of(data, limits=LIMITS))
        except (FileRefused, PortError) as refusal:
            self.desk.opened(batch, refusal)
        else:
            self.desk.opened(batch)
        self.seek_numbers()

    def _keep(self, batch: Batch, page: TrayPage, to: Destination, actor: Actor) -> None:
        desk = self.desk
        try:
            keep_page(
                page=desk.picture(page), destination=to, store=desk.room.store, actor=actor, now=desk.clock()
            )
        except REFUSALS as trouble:
            desk.release(batch, page.place, trouble)
        else:
            desk.settle(batch, page.place, Standing.FILED)

    def _search(self) -> None:
        while not self._ended.is_set():
            found = self.desk.unsought()
            if found is None:
                self._sought.wait(timeout=_LOOK_EVERY_S)
                self._sought.clear()
                continue
            batch, page = found
            try:
                self._number_search = self._number_search or NumberSearch()
                proposal = self._number_search.propose_boxes(self.desk.picture(page))
            except (NumbersNotSought, PortError):
                proposal = None
                self._end_search()
            self.desk.propose(batch, page.place, proposal)
        self._end_search()

    def _end_search(self) -> None:
        if self._number_search is not None:
            self._number_search.end()
            self._number_search = None

    def _watch(self) -> None:
        earlier: Look = {}
        while not self._ended.wait(timeout=_LOOK_EVERY_S):
            try:
                self.desk.sweep()
                later = self.desk.room.scanner.look()
                whole = complete(earlier, later)
                # A pile is one batch: while a further file still grows, the scanner is not done.
                if whole and len(whole) == len(later):
                    self._take_scans(whole)
                    later = {}
                self.scanner_trouble = None
                earlier = later
            except _GOES_ON as trouble:
                self.scanner_trouble = trouble if isinstance(trouble, PortError) else None
                _log.error("intake.scanner_failed", reason=type(trouble).__name__)
            finally:
                connections.close_all()

    def _take_scans(self, scans: tuple[ScannedFile, ...]) -> None:
        files = [self._taken(scan) for scan in scans]
        self.take(files=files, source=ScanSource.SCANNER, actor=OFFICE)

    def _taken(self, scan: ScannedFile) -> bytes | Exception:
        scanner = self.desk.room.scanner
        try:
            if scan.name_to_show is None:
                scanner.refuse(scan)
                return NumberInText(field="file_name")
            return scanner.take(scan, most_octets=self.desk.room.most_octets)
        except ScannedFileRefused as refusal:
            # What cannot be read would come again at every look.
            scanner.refuse(scan)
            return refusal
