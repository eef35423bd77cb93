"""Where pages wait until a person has confirmed that no Individual Number shows (8.5)."""

from datetime import datetime
from typing import NewType, Protocol

QuarantineId = NewType("QuarantineId", str)


class Quarantine(Protocol):
    """Keeps pages in memory for a limited time; a crash loses them, and they are scanned again.

    A `group` is whatever belongs together, such as one scanned batch; it is kept in memory only.
    """

    def put(self, data: bytes, *, now: datetime, group: str) -> QuarantineId:
        """Keep a page until its time is over, under a name that tells nothing of it.

        Raises: QuarantineFull, QuarantineClosed.
        """
        ...

    def get(self, page: QuarantineId, *, now: datetime) -> bytes:
        """Return a page.

        Raises: NotInQuarantine when it was dropped, altered, or its time is over; QuarantineClosed.
        """
        ...

    def drop(self, page: QuarantineId) -> None:
        """Remove a page; what is gone already is gone."""
        ...

    def of_group(self, group: str, *, now: datetime) -> tuple[QuarantineId, ...]:
        """Return the pages of a group that are still here, in the order in which they came."""
        ...

    def sweep(self, now: datetime) -> tuple[QuarantineId, ...]:
        """Remove and return the pages whose time is over."""
        ...
