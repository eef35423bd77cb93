"""The desk of the office process: batches in memory, their pages in the quarantine, one lock over both (8.5).

Pages change only here. What a crash takes is told at the next start: those batches are scanned again.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from inro.paper.redaction import Proposal
from inro.paper.scan.page import Page
from inro.paper.scan.preview import thumbnail
from inro.paper.scan.sorting import sort_pages
from inro.ports.errors import PortError
from inro.practice.enclosures import PaperKind
from inro.practice.intake import DiscardReason, ScanSource, TrayReason
from inro.store.errors import StoreError
from inro.store.reads.application import known_numbers
from inro.store.reads.intake import open_batches
from inro.usecases.actor import Actor, process
from inro.usecases.intake import discard_page, end_batch, take_batch, take_scanned_batch
from inro.web.office.documents import DocumentRoom
from inro.web.office.intake.pictures import turned_boxes, turned_page
from inro.web.office.intake.tray import Batch, Search, Standing, TrayPage, placed

OFFICE = process("office")


class PageMoved(PortError):
    """A page is no longer as it was shown: turned, filed, discarded or lost meanwhile."""


class Desk:
    """The batches on the desk; every method may be called from any thread of the process."""

    def __init__(self, *, room: DocumentRoom, clock: Callable[[], datetime]) -> None:
        self.room = room
        self.clock = clock
        self._batches: dict[str, Batch] = {}
        self._lock = threading.RLock()

    def tell_what_was_lost(self) -> None:
        """Record of batches that an earlier process left unfinished that they must be scanned again."""
        for line in open_batches():
            end_batch(batch=line.batch_id, pages=None, lost=None, actor=OFFICE, now=self.clock())

    def begin(self, *, source: ScanSource, files: int, actor: Actor) -> Batch:
        """Put a batch of files still to be opened on the desk.

        Raises: DutyMissing, StoreError.
        """
        now = self.clock()
        take = take_scanned_batch if source is ScanSource.SCANNER else take_batch
        batch_id = take(actor=actor, now=now)
        line = next(line for line in open_batches() if line.batch_id == batch_id)
        made = Batch(
            batch_id=batch_id,
            number=line.number,
            source=source,
            taken_at=now,
            taken_by=actor.name,
            files=files,
            opening=files,
        )
        with self._lock:
            self._batches[made.number] = made
        return made

    def batches(self) -> list[Batch]:
        """Return the batches on the desk, newest first."""
        with self._lock:
            return list(reversed(self._batches.values()))

    def batch(self, number: str) -> Batch | None:
        """Return a batch on the desk, or None."""
        with self._lock:
            return self._batches.get(number)

    def page(self, number: str, place: int) -> TrayPage | None:
        """Return a page on the desk, or None."""
        batch = self.batch(number)
        with self._lock:
            return batch.pages[place - 1] if batch and 1 <= place <= len(batch.pages) else None

    def lay_down(self, batch: Batch, pages: Iterable[Page]) -> None:
        """Put a file's pages into the quarantine, all of them or, where one is refused, none.

        Raises: FileRefused, QuarantineFull.
        """
        laid: list[TrayPage] = []
        try:
            for page in pages:
                held = self.room.quarantine.put(page.image, now=self.clock(), group=batch.number)
                laid.append(
                    TrayPage(
                        place=0,
                        held=held,
                        thumbnail=thumbnail(page),
                        width=page.width,
                        height=page.height,
                        dpi=page.dpi,
                        codes=page.codes,
                    )
                )
        except BaseException:
            for page_laid in laid:
                self.room.quarantine.drop(page_laid.held)
            raise
        with self._lock:
            start = len(batch.pages) + 1
            batch.pages += [replace(page, place=place) for place, page in enumerate(laid, start=start)]

    def opened(self, batch: Batch, refusal: Exception | None = None) -> None:
        """Note that one file of a batch is done with; after the last one its pages are sorted."""
        with self._lock:
            if refusal is not None:
                batch.refused.append((batch.files - batch.opening + 1, refusal))
            if batch.opening > 1:
                batch.opening -= 1
                return
            found = sort_pages([page.codes for page in batch.pages])
        known = known_numbers({getattr(one, "number", "") for one in found})
        with self._lock:
            batch.pages = [
                placed(page, one, known=known) for page, one in zip(batch.pages, found, strict=True)
            ]
            batch.opening = 0
        self.end_if_done(batch)

    def assign(self, batch: Batch, places: Sequence[int], *, number: str, kind: PaperKind) -> None:
        """Put pages under a case and a kind of paper."""
        self._each(batch, places, number=number, kind=kind, by_code=False, is_separator=False, reason=None)

    def back_to_tray(self, batch: Batch, places: Sequence[int], *, reason: TrayReason) -> None:
        """Take pages from their case again."""
        self._each(batch, places, number="", kind=None, by_code=False, filing=False, reason=reason)

    def discard(self, batch: Batch, places: Sequence[int], *, reason: DiscardReason, actor: Actor) -> None:
        """Throw pages away, each on record.

        Raises: DutyMissing, StoreError.
        """
        for page in self._waiting(batch, places):
            discard_page(batch=batch.batch_id, page=page.place, reason=reason, actor=actor, now=self.clock())
            self.settle(batch, page.place, Standing.DISCARDED)

    def turn(self, batch: Batch, places: Sequence[int], *, quarter_turns: int) -> None:
        """Turn pages clockwise, with the boxes proposed on them.

        Raises: NotInQuarantine, QuarantineFull.
        """
        for page in self._waiting(batch, places):
            self._turn(batch, page, quarter_turns)

    def picture(self, page: TrayPage) -> Page:
        """Return a waiting page's picture.

        Raises: NotInQuarantine.
        """
        image = self.room.quarantine.get(page.held, now=self.clock())
        return Page(image=image, width=page.width, height=page.height, dpi=page.dpi)

    def propose(self, batch: Batch, place: int, proposal: Proposal | None) -> None:
        """Note what the search found, None where it failed; a page that does not stand upright is turned."""
        with self._lock:
            page = batch.pages[place - 1]
            if not page.waits:
                return
            if proposal is None:
                batch.pages[place - 1] = replace(page, search=Search.FAILED)
                return
            batch.pages[place - 1] = found = replace(page, search=Search.DONE, boxes=proposal.boxes)
        if proposal.quarter_turns:
            self._turn(batch, found, proposal.quarter_turns)

    def unsought(self) -> tuple[Batch, TrayPage] | None:
        """Return the next page to look for numbers on, now marked as being looked at, or None."""
        with self._lock:
            for batch in self._batches.values():
                for page in batch.pages:
                    if page.is_assigned and page.may_show_number and page.search is Search.NOT_ASKED:
                        self._change(batch, page.place, search=Search.RUNNING)
                        return batch, page
        return None

    def claim(self, batch: Batch, place: int, *, version: int) -> TrayPage:
        """Return a page to be stored, marked so that nobody else stores or turns it meanwhile.

        Raises: PageMoved.
        """
        with self._lock:
            page = batch.pages[place - 1]
            if not page.is_assigned or page.filing or page.version != version:
                raise PageMoved("page", f"{batch.number}/{place} has changed", "look at it again")
            return self._change(batch, place, filing=True, trouble=None)

    def release(self, batch: Batch, place: int, trouble: Exception) -> None:
        """Say of a claimed page what kept it from being stored."""
        self._change(batch, place, filing=False, trouble=trouble)

    def settle(self, batch: Batch, place: int, standing: Standing) -> None:
        """Say what became of a page and drop it from the quarantine."""
        page = self._change(batch, place, standing=standing, filing=False, boxes=(), thumbnail=b"")
        self.room.quarantine.drop(page.held)
        self.end_if_done(batch)

    def sweep(self) -> None:
        """Mark the pages whose time is over as lost, and end the batches of which none waits."""
        over = frozenset(self.room.quarantine.sweep(self.clock()))
        for batch in self.batches() if over else ():
            for page in batch.waiting:
                if page.held in over:
                    self.settle(batch, page.place, Standing.LOST)
        for batch in self.batches():
            self.end_if_done(batch)

    def end_if_done(self, batch: Batch) -> None:
        """Record the end of a batch of which no page waits, once."""
        with self._lock:
            if batch.ending or not batch.is_done:
                return
            batch.ending = True
        counts = {"pages": len(batch.pages), "lost": batch.lost}
        try:
            end_batch(batch=batch.batch_id, actor=OFFICE, now=self.clock(), **counts)
        except StoreError:
            # The next look of the scanner's thread tries again.
            batch.ending = False
            raise
        batch.ended = True

    def _turn(self, batch: Batch, page: TrayPage, quarter_turns: int) -> None:
        made = turned_page(self.picture(page), quarter_turns)
        held = self.room.quarantine.put(made.image, now=self.clock(), group=batch.number)
        with self._lock:
            current = batch.pages[page.place - 1]
            if not current.waits or current.filing or current.held != page.held:
                self.room.quarantine.drop(held)
                return
            self._change(
                batch,
                page.place,
                held=held,
                thumbnail=thumbnail(made),
                width=made.width,
                height=made.height,
                version=current.version + 1,
                boxes=turned_boxes(
                    current.boxes, width=page.width, height=page.height, quarter_turns=quarter_turns
                ),
            )
        self.room.quarantine.drop(page.held)

    def _waiting(self, batch: Batch, places: Sequence[int]) -> list[TrayPage]:
        with self._lock:
            return [page for page in batch.waiting if page.place in places and not page.filing]

    def _each(self, batch: Batch, places: Sequence[int], **to: Any) -> None:
        with self._lock:
            for page in batch.waiting:
                if page.place in places:
                    self._change(batch, page.place, **to)

    def _change(self, batch: Batch, place: int, **to: Any) -> TrayPage:
        with self._lock:
            batch.pages[place - 1] = changed = replace(batch.pages[place - 1], **to)
            return changed
