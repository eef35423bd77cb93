"""Whether the house is on time: its last night, its own deadlines, what must be done and is late (26.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inro.practice.calendar import jst_date
from inro.practice.ledger import OwedState
from inro.store.models import ObligationRow
from inro.store.reads.obligations import NightRecord, OwedLine, last_night, overdue_duties, platform_lines
from inro.store.reads.revocation import ListRecord, unpublished_lists

_LONGEST_NIGHT = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How things stand at an instant; the platform's own deadlines are told apart from those of cases.

    `stopped` are lists that may not be published.
    """

    at: datetime
    night: NightRecord | None
    platform: tuple[OwedLine, ...]
    stopped: tuple[ListRecord, ...]
    overdue: int
    owed: int

    @property
    def late(self) -> tuple[OwedLine, ...]:
        """What of the platform's own is reached: a list not renewed, a night that did not happen."""
        return tuple(line for line in self.platform if line.reached_from <= self.at)

    @property
    def is_late(self) -> bool:
        """Whether anything of the platform's own is late; no night, one without end, a list held back too."""
        night = self.night
        if night is None or (night.ended_at is None and self.at - night.begun_at > _LONGEST_NIGHT):
            return True
        return bool(self.late or self.stopped)

    def line(self) -> str:
        """Return all in one line for a monitor."""
        night = self.night.day.isoformat() if self.night is not None else "none"
        late = ",".join(line.subject.replace(" ", "_") for line in self.late) or "none"
        held = ",".join(f"{one.key.name}/{one.number}:{one.stopped_for}" for one in self.stopped) or "none"
        state = "late" if self.is_late else "ok"
        return f"inro {state} night={night} late={late} held={held} overdue={self.overdue} owed={self.owed}"


def health(*, now: datetime) -> Health:
    """Return how things stand at `now`."""
    return Health(
        at=now,
        night=last_night(on=jst_date(now)),
        platform=platform_lines(),
        stopped=tuple(record for record in unpublished_lists() if record.stopped_for is not None),
        overdue=overdue_duties(now=now),
        owed=ObligationRow.objects.exclude(state=OwedState.DONE).count(),
    )
