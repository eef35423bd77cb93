"""A connection that ends when its time is over, however slowly the other side keeps talking (4(6))."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from inro.ports.fetching import Bounds, FetchFailed, Place
from inro.practice.probe import Problem


@contextmanager
def bounded_connection(place: Place, bounds: Bounds, *, address: str) -> Iterator[socket.socket]:
    """Connect; yield the socket, which is shut once the bounds' seconds are over.

    What the system says of it becomes a FetchFailed. Raises: FetchFailed.
    """
    ends_at = time.monotonic() + bounds.seconds
    late = threading.Event()
    try:
        with (
            socket.create_connection((place.host, place.port), timeout=bounds.seconds) as connection,
            # TLS takes the socket over; a second handle on the connection stays ours.
            connection.dup() as held,
        ):
            left = max(ends_at - time.monotonic(), 0.0)
            watch = threading.Timer(left, _end, (held, late))
            watch.daemon = True
            watch.start()
            try:
                yield connection
            finally:
                watch.cancel()
            if late.is_set():
                # What was read to its end may have been ended from here.
                raise FetchFailed(Problem.TOO_SLOW, address, f"{bounds.seconds:g} s")
    except FetchFailed as failed:
        # A connection shut from here looks to its reader like one that the other side cut.
        if late.is_set() and failed.problem is not Problem.TOO_SLOW:
            raise FetchFailed(Problem.TOO_SLOW, address, f"{bounds.seconds:g} s") from failed
        raise
    except TimeoutError as error:
        raise FetchFailed(Problem.TOO_SLOW, address, f"{bounds.seconds:g} s") from error
    except OSError as error:
        problem = Problem.TOO_SLOW if late.is_set() else Problem.UNREACHABLE
        raise FetchFailed(problem, address, error.strerror or str(error)) from error


def _end(connection: socket.socket, late: threading.Event) -> None:
    late.set()
    # The other side may have ended it in the same moment.
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
