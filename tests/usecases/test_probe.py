"""A prober's rounds on record: the last of each, a row in the log when the verdict changes (26.2, 40(7))."""

from datetime import UTC, datetime, timedelta

import pytest

from inro.practice.duties import Duty
from inro.practice.probe import ProbeFinding, ProbeResult, Problem
from inro.store.models import AuditRow
from inro.store.reads.probe import probes
from inro.usecases.actor import Actor, DutyMissing, process
from inro.usecases.probe import record_probe

AT = datetime(2026, 12, 1, 3, tzinfo=UTC)
STALE = ProbeFinding(problem=Problem.NOT_RENEWED, address="http://repository.inro.example/crl.crl")
PROBER = process("probe")


def found(*findings: ProbeFinding, at: datetime = AT, name: str = "outside-1") -> ProbeResult:
    return ProbeResult(
        name=name, began_at=at, next_by=at + timedelta(minutes=45), checked=9, findings=findings
    )


def recorded(*results: ProbeResult) -> None:
    for result in results:
        record_probe(result=result, actor=PROBER, now=result.began_at)


def changes() -> list[str]:
    """Return what the log says of probers, in its order."""
    return list(
        AuditRow.objects.filter(kind="probe.changed").order_by("seq").values_list("subject", flat=True)
    )


def minutes(count: int) -> datetime:
    return AT + timedelta(minutes=count)


def test_the_last_round_of_each_prober_is_kept_and_the_log_has_changes_only(db):
    recorded(found(), found(at=minutes(15)), found(STALE, at=minutes(30)), found(STALE, at=minutes(45)))
    recorded(found(name="outside-2"))
    assert changes() == ["probe/outside-1", "probe/outside-1", "probe/outside-2"]
    first, second = probes(now=minutes(46))
    assert (first.result, first.is_well) == (found(STALE, at=minutes(45)), False)
    assert (first.word, second.word) == ("outside-1:1", "outside-2:overdue")
    recorded(found(at=minutes(60)))
    assert probes(now=minutes(61))[0].is_well
    assert len(changes()) == 4


def test_a_round_that_arrives_late_takes_no_later_one_back(db):
    recorded(found(STALE, at=minutes(30)), found())
    assert probes(now=minutes(31))[0].result == found(STALE, at=minutes(30))
    assert len(changes()) == 1


def test_a_prober_that_is_silent_or_asked_nothing_is_not_well(db):
    recorded(found())
    assert [one.is_well for one in probes(now=minutes(44))] == [True]
    assert [one.is_well for one in probes(now=minutes(45))] == [False]
    nothing = ProbeResult(name="outside-1", began_at=minutes(50), next_by=minutes(95), checked=0, findings=())
    recorded(nothing)
    assert [one.is_well for one in probes(now=minutes(51))] == [False]


def test_no_person_records_a_round(db):
    person = Actor(name="mori", duties=frozenset({Duty.SYSTEM_ADMINISTRATION}))
    with pytest.raises(DutyMissing):
        record_probe(result=found(), actor=person, now=AT)
    assert probes(now=AT) == ()
