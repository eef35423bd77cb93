"""The one desk of the office process, with its crew; without the documents' token there is none."""

import atexit
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from inro.ports.errors import PinRefused, PortError
from inro.usecases.document import erase_unowned, unowned
from inro.web.office import clock
from inro.web.office.documents import DocumentRoom, documents
from inro.web.office.intake.desk import Desk
from inro.web.office.intake.work import Crew


@dataclass(slots=True)
class _Opened:
    crew: Crew | None = None
    closed_for: PortError | None = None
    guard: threading.Lock = field(default_factory=threading.Lock)


_opened = _Opened()


class DeskClosed(PortError):
    """The intake desk is not open in this process; `detail` says why."""


def open_desk() -> None:
    """Open the documents' room and the desk; what keeps it closed is told to whoever comes (8.5)."""
    try:
        start_desk(documents(), clock=clock.now)
    except PortError as trouble:
        _opened.closed_for = trouble
    else:
        atexit.register(close_desk)


def start_desk(room: DocumentRoom, *, clock: Callable[[], datetime]) -> None:
    """Start a desk over a room: what an earlier process left is swept, what it lost is told.

    Raises: DocumentStoreUnavailable, StoreError.
    """
    with _opened.guard:
        # Nothing is being filed yet, so what no row owns was left by a crash or a disposal.
        erase_unowned(room.place, addresses=unowned(room.place))
        desk = Desk(room=room, clock=clock)
        desk.tell_what_was_lost()
        _opened.crew = Crew(desk=desk)
        _opened.crew.start()


def close_desk() -> None:
    """End the crew; the quarantine goes with the room."""
    with _opened.guard:
        if _opened.crew is not None:
            _opened.crew.end()
            _opened.crew = None


def crew() -> Crew:
    """Return the desk's crew.

    Raises: DeskClosed.
    """
    if _opened.crew is None:
        closed = _opened.closed_for or PinRefused("documents token", "not opened", "start the office again")
        raise DeskClosed(closed.what, closed.detail, closed.do)
    return _opened.crew
