"""A prober's round goes on record: the last of each, and in the log whenever the verdict changes (26.2)."""

from datetime import datetime

from inro.practice.events import EventKind
from inro.practice.probe import ProbeResult
from inro.store.models import Probe
from inro.usecases.act import act
from inro.usecases.actor import Actor


def record_probe(*, result: ProbeResult, actor: Actor, now: datetime) -> None:
    """Record a round over the last one of that prober; a later round than this one stays.

    Raises: DutyMissing for a person, RecordsUnwritable.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        row = Probe.objects.select_for_update().filter(pk=result.name).first()
        if row is not None and row.began_at > result.began_at:
            doing.nothing()
            return
        Probe.objects.update_or_create(
            pk=result.name,
            defaults={
                "began_at": result.began_at,
                "next_by": result.next_by,
                "result": result.as_record(),
            },
        )
        found = _verdict(result)
        if row is not None and _verdict(ProbeResult.from_record(row.result)) == found:
            doing.nothing()
        else:
            doing.record(EventKind.PROBE_CHANGED, subject=f"probe/{result.name}", findings=found)


def _verdict(result: ProbeResult) -> list[str]:
    """Return what of a round is worth a row in the log when it changes: what is wrong, and where."""
    if not result.checked:
        return ["nothing was asked"]
    return sorted({f"{one.problem.value} {one.address}" for one in result.findings})
