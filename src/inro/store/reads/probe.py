"""What the probers found last (4(6), 26.2)."""

from dataclasses import dataclass
from datetime import datetime

from inro.practice.probe import ProbeResult
from inro.store.models import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRecord:
    """The last round of one prober, as it stands at an instant."""

    result: ProbeResult
    at: datetime

    @property
    def is_overdue(self) -> bool:
        """Whether the next round should have been recorded by now."""
        return self.result.next_by <= self.at

    @property
    def word(self) -> str:
        """Its name and how it stands, for a monitor."""
        found = "overdue" if self.is_overdue else "ok" if self.is_well else str(len(self.result.findings))
        return f"{self.result.name.replace(' ', '_')}:{found}"

    @property
    def is_well(self) -> bool:
        """Whether it came in time and found nothing wrong."""
        return self.result.is_well and not self.is_overdue


def probes(*, now: datetime) -> tuple[ProbeRecord, ...]:
    """Return the last round of every prober, by name."""
    return tuple(
        ProbeRecord(result=ProbeResult.from_record(row.result), at=now)
        for row in Probe.objects.order_by("name")
    )
