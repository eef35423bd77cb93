"""Whether the house is on time: its last night, its own deadlines, what must be done and is late (26.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inro.practice.calendar import jst_date
from inro.practice.ledger import OwedState
from inro.practice.probe import Probers
from inro.practice.publication import ON_BOTH_WITHIN, PublicationState
from inro.store.models import ObligationRow
from inro.store.reads.obligations import NightRecord, OwedLine, last_night, overdue_duties, platform_lines
from inro.store.reads.probe import ProbeRecord, probes
from inro.store.reads.revocation import ListRecord, newest_lists

_LONGEST_NIGHT = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How things stand at an instant; the platform's own deadlines are told apart from those of cases.

    `lists` are the newest of each kind, `probes` the last round of each prober, `probers` who must report.
    """

    at: datetime
    night: NightRecord | None
    platform: tuple[OwedLine, ...]
    lists: tuple[ListRecord, ...]
    probes: tuple[ProbeRecord, ...]
    probers: Probers
    overdue: int
    owed: int

    @property
    def late(self) -> tuple[OwedLine, ...]:
        """What of the platform's own is reached: a list not renewed, a night that did not happen."""
        return tuple(line for line in self.platform if line.reached_from <= self.at)

    @property
    def stopped(self) -> tuple[ListRecord, ...]:
        """Lists that may not be published."""
        return tuple(
            one
            for one in self.lists
            if one.stopped_for is not None and one.publication is not PublicationState.ON_BOTH
        )

    @property
    def waiting(self) -> tuple[ListRecord, ...]:
        """Lists that one half of the repository still lacks, longer than publication may take."""
        return tuple(
            one
            for one in self.lists
            if one.publication is not PublicationState.ON_BOTH
            and one.stopped_for is None
            and self.at - one.this_update > ON_BOTH_WITHIN
        )

    @property
    def alarming(self) -> tuple[ProbeRecord, ...]:
        """Probers that found something, or whose next round has not come."""
        return tuple(one for one in self.probes if not one.is_well)

    @property
    def missing(self) -> tuple[str, ...]:
        """Probers that never reported though there are lists to be seen."""
        return self.probers.missing({one.result.name for one in self.probes}) if self.lists else ()

    @property
    def silent(self) -> tuple[tuple[str, datetime | None], ...]:
        """Probers whose round has not come, each with its last one's time, None where it never reported."""
        overdue = [(one.result.name, one.result.began_at) for one in self.probes if one.is_overdue]
        return (*overdue, *((name, None) for name in self.missing))

    @property
    def is_late(self) -> bool:
        """Whether anything of the platform's own is late; no night, one without end, a list held back too.

        So is a list that reached one half of the repository only, a prober that finds something, is silent or
        never reported.
        """
        night = self.night
        if night is None or (night.ended_at is None and self.at - night.begun_at > _LONGEST_NIGHT):
            return True
        return bool(self.late or self.stopped or self.waiting or self.alarming or self.missing)

    def line(self) -> str:
        """Return all in one line for a monitor."""
        night = self.night.day.isoformat() if self.night is not None else "none"
        late = ",".join(line.subject.replace(" ", "_") for line in self.late) or "none"
        held = ",".join(f"{one.key.name}/{one.number}:{one.stopped_for}" for one in self.stopped) or "none"
        waiting = ",".join(f"{one.key.name}/{one.number}:{one.publication}" for one in self.waiting) or "none"
        missing = (f"{name.replace(' ', '_')}:missing" for name in self.missing)
        probed = ",".join((*(one.word for one in self.probes), *missing)) or "none"
        state = "late" if self.is_late else "ok"
        return (
            f"inro {state} night={night} late={late} held={held} waiting={waiting} probes={probed} "
            f"overdue={self.overdue} owed={self.owed}"
        )


def health(*, now: datetime, probers: Probers) -> Health:
    """Return how things stand at `now`, in a house that must hear from `probers`."""
    return Health(
        at=now,
        night=last_night(on=jst_date(now)),
        platform=platform_lines(),
        lists=newest_lists(),
        probes=probes(now=now),
        probers=probers,
        overdue=overdue_duties(now=now),
        owed=ObligationRow.objects.exclude(state=OwedState.DONE).count(),
    )
