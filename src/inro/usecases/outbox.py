"""Effects that follow an act: tasks written in its transaction, performed after it (ADR 0011).

A task is a name and row ids. What performs it is told at start by the process that can: the worker, or the
demonstration. Tasks carry no clock: a performer knows the time as its own process does.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.tasks import Task, task
from django.tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from inro.store.errors import Unrecorded

type Performer = Callable[..., None]

_log = logging.getLogger(__name__)
_performers: dict[str, Performer] = {}


class NoPerformer(LookupError):
    """This process was not told how to perform the task."""


def perform_with(performers: Mapping[str, Performer]) -> None:
    """Say how tasks are performed in this process; each performer takes the task's row ids by name."""
    _performers.update(performers)


def _perform(name: str, **rows: int) -> None:
    if name not in _performers:
        raise NoPerformer(name)
    _performers[name](**rows)


@task(queue_name="publication")
def publish_lists(*, case: int) -> None:
    """Have the lists made and published after a revocation (26.1)."""
    _perform("publish_lists", case=case)


@task
def notify_revocation(*, case: int) -> None:
    """Tell subscriber or organization of a revocation (22.2)."""
    _perform("notify_revocation", case=case)


@task
def issue_invoice_for(*, certificate: int) -> None:
    """Invoice an issued certificate (35.1)."""
    _perform("issue_invoice_for", certificate=certificate)


TASKS: dict[str, Task[..., None]] = {
    "publish_lists": publish_lists,
    "notify_revocation": notify_revocation,
    "issue_invoice_for": issue_invoice_for,
}


def enqueue(name: str, **rows: int) -> None:
    """Write a task in the transaction of the act that it follows.

    Raises: Unrecorded outside a transaction, where the task could be seen without its act or the reverse.
    """
    if not transaction.get_connection().in_atomic_block:
        raise Unrecorded(what="task", detail=name, do="enqueue inside an act")
    TASKS[name].enqueue(**rows)


def run_pending() -> tuple[int, int]:
    """Perform every task that is ready, oldest first, each once; return how many succeeded and failed.

    For a process that drives the clock itself; in a running installation the worker's own loop does this.
    """
    succeeded = failed = 0
    for result in DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("enqueued_at", "id"):
        if _run(result):
            succeeded += 1
        else:
            failed += 1
    return succeeded, failed


def _run(result: Any) -> bool:
    claimed = DBTaskResult.objects.filter(pk=result.pk, status=TaskResultStatus.READY).update(
        status=TaskResultStatus.RUNNING
    )
    if claimed != 1:
        return True  # Another worker was first.
    try:
        result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
    except Exception as error:  # noqa: BLE001 - the worker's loop: a failed effect must not stop the next
        _log.error("task %s failed: %s", result.task_path, type(error).__name__)
        result.set_failed(error)
        return False
    result.set_successful(None)
    return True
