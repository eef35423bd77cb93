"""Effects after an act: written with it or not at all, performed until they succeed (ADR 0011)."""

import pytest
from django.tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from inro.pki.crl import ListDraft, ListKey, ListKind
from inro.ports.errors import DirectoryUnavailable
from inro.practice.events import EventKind
from inro.store.errors import Conflict
from inro.store.models import RevocationList
from inro.usecases.act import act
from inro.usecases.outbox import TASKS, NoPerformer, enqueue, perform_with, run_pending
from inro.usecases.publication import record_list, record_list_intent
from tests import given

CRL = ListKey(ListKind.CRL)


@pytest.fixture
def performed():
    """What was performed; this process forgets how afterwards."""
    done: list[tuple[str, dict]] = []
    perform_with({name: lambda name=name, **rows: done.append((name, rows)) for name in TASKS})
    yield done
    perform_with(dict.fromkeys(TASKS, _nobody))


def _nobody(**rows: int) -> None:
    raise NoPerformer(str(rows))


def note(*, list_id: int = 7, fail: bool = False) -> None:
    with act(actor=given.DESK, now=given.NOW) as doing:
        doing.record(EventKind.DATA_READ, subject="x")
        enqueue("publish_list", list_id=list_id)
        if fail:
            raise ZeroDivisionError


def ready() -> int:
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


def test_a_task_is_performed_once_with_its_row(db, performed):
    note()
    assert run_pending().done == 1
    assert run_pending().done == 0
    assert performed == [("publish_list", {"list_id": 7})]


def test_an_act_undone_leaves_no_task(db, performed):
    with pytest.raises(ZeroDivisionError):
        note(fail=True)
    assert DBTaskResult.objects.count() == 0
    assert run_pending().done == 0
    assert performed == []


def test_what_an_outside_part_failed_is_told_kept_and_done_later(db, performed):
    def fail_the_first(*, list_id: int) -> None:
        if list_id == 1:
            raise DirectoryUnavailable("directory", "it sleeps", "wake it")

    perform_with({"publish_list": fail_the_first})
    note(list_id=1)
    note(list_id=2)
    first = run_pending()
    assert first.done == 1
    assert [str(error) for error in first.waiting] == ["directory: it sleeps: wake it"]
    assert ready() == 1
    perform_with({"publish_list": lambda **rows: performed.append(("publish_list", rows))})
    assert run_pending().done == 1
    assert performed == [("publish_list", {"list_id": 1})]
    assert ready() == 0


def test_a_process_that_ends_in_an_effect_leaves_the_task(db, performed):
    def end(**rows: int) -> None:
        raise KeyboardInterrupt

    perform_with({"publish_list": end})
    note()
    with pytest.raises(KeyboardInterrupt):
        run_pending()
    assert ready() == 1


def test_a_process_that_was_told_nothing_performs_nothing(db):
    perform_with(dict.fromkeys(TASKS, _nobody))
    note()
    with pytest.raises(NoPerformer):
        run_pending()
    assert ready() == 1


def test_another_worker_that_was_first_leaves_nothing_to_do_but_stops_nothing(db, performed):
    def come_second(*, list_id: int) -> None:
        if list_id == 1:
            raise Conflict(what="list", detail="crl 1")
        performed.append(list_id)

    perform_with({"publish_list": come_second})
    note(list_id=1)
    note(list_id=2)
    first = run_pending()
    assert (first.done, len(first.waiting)) == (1, 1)
    assert performed == [2]
    assert ready() == 1


def sign_list(number: int = 1) -> None:
    draft = ListDraft(kind=ListKind.CRL, number=number, tbs=b"tbs", sample=b"sample", count=1)
    record_list_intent(
        draft=draft,
        this_update=given.NOW,
        next_update=given.NOW.replace(day=3),
        actor=given.SIGNER,
        now=given.NOW,
    )
    record_again(number)


def record_again(number: int) -> None:
    record_list(key=CRL, number=number, sha256="aa" * 32, size=3, actor=given.SIGNER, now=given.NOW)


def test_a_signed_list_leaves_the_task_to_publish_it(db, performed):
    sign_list()
    assert run_pending().done == 1
    assert performed == [("publish_list", {"list_id": RevocationList.objects.get().pk})]


def test_a_list_that_is_not_recorded_leaves_no_task(db, performed):
    sign_list()
    with pytest.raises(Conflict):
        record_again(1)
    assert DBTaskResult.objects.count() == 1


def test_a_task_carries_ids_only(db):
    note()
    for row in DBTaskResult.objects.all():
        assert all(isinstance(value, int) for value in row.args_kwargs["kwargs"].values())
        assert row.args_kwargs["args"] == []
