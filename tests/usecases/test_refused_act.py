"""Who asks for what is not theirs is on record, and fills no log (40(7))."""

from datetime import timedelta

from inro.practice.acts import Act
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.store.models import AuditRow
from inro.usecases.actor import Actor, process
from inro.usecases.refused_act import RECORDED_EVERY, record_refused_act
from tests import given

MORI = Actor(name="mori", duties=frozenset({Duty.INTAKE}))

OFFICE = process("office")


def refusals() -> list[tuple[str, str]]:
    rows = AuditRow.objects.filter(kind=EventKind.ACT_REFUSED).order_by("seq")
    return list(rows.values_list("actor", "subject"))


def test_a_refused_act_is_recorded_once_an_hour_for_each_person_and_act(db):
    for minutes in (0, 1, 59):
        record_refused_act(
            refused=Act.VIEW_AUDIT, person=MORI, actor=OFFICE, now=given.NOW + timedelta(minutes=minutes)
        )
    assert refusals() == [("office", "refusal/mori/view_audit")]
    record_refused_act(refused=Act.APPOINT_STAFF, person=MORI, actor=OFFICE, now=given.NOW)
    record_refused_act(refused=Act.VIEW_AUDIT, person=MORI, actor=OFFICE, now=given.NOW + RECORDED_EVERY)
    assert len(refusals()) == 3
