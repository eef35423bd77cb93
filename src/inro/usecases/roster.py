"""Which roster of officers is in force (9.1, 40(7))."""

from datetime import datetime

from inro.practice.events import EventKind
from inro.store.models import InstalledRoster
from inro.usecases.act import act
from inro.usecases.actor import Actor


def record_roster(*, version: int, sha256: str, actor: Actor, now: datetime) -> None:
    """Record a roster that a ceremony signed.

    Raises: DutyMissing, Conflict when this version is on record already.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        InstalledRoster.objects.create(version=version, sha256=sha256, installed_at=now)
        doing.record(EventKind.ROSTER_INSTALLED, subject=f"roster/{version}", sha256=sha256)
