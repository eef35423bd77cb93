"""Effects after an act: written with it or not at all, performed once, a failure kept (ADR 0011)."""

import pytest
from django_tasks_db.models import DBTaskResult

from inro.practice.events import EventKind
from inro.usecases.act import act
from inro.usecases.outbox import TASKS, NoPerformer, enqueue, perform_with, run_pending
from tests import given


@pytest.fixture
def performed():
    """What was performed; this process forgets how afterwards."""
    done: list[tuple[str, dict]] = []
    perform_with({name: lambda name=name, **rows: done.append((name, rows)) for name in TASKS})
    yield done
    perform_with(dict.fromkeys(TASKS, _nobody))


def _nobody(**rows: int) -> None:
    raise NoPerformer(str(rows))


def note(*, fail: bool = False) -> None:
    with act(actor=given.DESK, now=given.NOW) as doing:
        doing.record(EventKind.DATA_READ, subject="x")
        enqueue("publish_lists", case=7)
        if fail:
            raise ZeroDivisionError


def test_a_task_is_performed_once_with_its_row(db, performed):
    note()
    assert run_pending() == (1, 0)
    assert run_pending() == (0, 0)
    assert performed == [("publish_lists", {"case": 7})]


def test_an_act_undone_leaves_no_task(db, performed):
    with pytest.raises(ZeroDivisionError):
        note(fail=True)
    assert DBTaskResult.objects.count() == 0
    assert run_pending() == (0, 0)


def test_a_failed_effect_is_kept_and_the_next_goes_on(db, performed):
    def fail(**rows: int) -> None:
        raise OSError("no directory")

    perform_with({"publish_lists": fail})
    note()
    given.certified(given.accepted(given.office()))
    assert run_pending() == (1, 1)
    failed = DBTaskResult.objects.failed().get()
    assert failed.exception_class_path == "builtins.OSError"
    assert performed[0][0] == "issue_invoice_for"


def test_every_task_has_a_name_that_performs_it(db, performed):
    with act(actor=given.DESK, now=given.NOW) as doing:
        doing.record(EventKind.DATA_READ, subject="x")
        for name in TASKS:
            enqueue(name, **{"certificate" if "invoice" in name else "case": 1})
    assert run_pending() == (len(TASKS), 0)
    assert sorted(name for name, _ in performed) == sorted(TASKS)


def test_a_task_carries_ids_only(db):
    house = given.office()
    given.revoked(house, given.issued(house))
    for row in DBTaskResult.objects.all():
        assert all(isinstance(value, int) for value in row.args_kwargs["kwargs"].values())
        assert row.args_kwargs["args"] == []
