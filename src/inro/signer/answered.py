"""Which certificates are answered for, what is answered, and whose answer is the oldest (26)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import heappop, heappush

from inro.pki.ocsp_response import Revocation

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Answered:
    """One certificate; `written_at` is the thisUpdate of its oldest answer, NEVER before there is one."""

    serial: bytes
    not_after: datetime
    written_at: datetime
    revocation: Revocation | None = None


class Population:
    """All certificates that are answered for, by serial number and by age."""

    def __init__(self) -> None:
        self._by_serial: dict[bytes, Answered] = {}
        self._by_age: list[tuple[datetime, bytes]] = []

    def get(self, serial: bytes) -> Answered | None:
        """Return what is answered for a serial number (20 octets)."""
        return self._by_serial.get(serial)

    def add(self, one: Answered) -> None:
        """Take up a certificate."""
        self._by_serial[one.serial] = one
        heappush(self._by_age, (one.written_at, one.serial))

    def written(self, one: Answered, *, at: datetime) -> None:
        """Note that all answers for a certificate are new."""
        one.written_at = at
        heappush(self._by_age, (at, one.serial))

    def forget(self, one: Answered) -> None:
        """Answer for a certificate no more."""
        del self._by_serial[one.serial]

    def oldest(self) -> Answered | None:
        """Return whose answer is the oldest: first who never had one."""
        while self._by_age:
            at, serial = self._by_age[0]
            one = self._by_serial.get(serial)
            if one is not None and one.written_at == at:
                return one
            # Answered since, or forgotten.
            heappop(self._by_age)
        return None
