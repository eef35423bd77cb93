"""Effects that follow an act: tasks written in its transaction, performed after it (ADR 0011).

A task is a name and row ids. What performs it is told at start by the process that can: the worker. Tasks
carry no clock: a performer knows the time as its own process does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.tasks import Task, task
from django.tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from inro.ports.errors import PortError
from inro.store.errors import Conflict, Unrecorded

type Performer = Callable[..., None]

_performers: dict[str, Performer] = {}


class NoPerformer(LookupError):
    """This process was not told how to perform the task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """What became of the tasks that were ready: how many are done, and why the others wait."""

    done: int
    waiting: tuple[PortError | Conflict, ...]


def perform_with(performers: Mapping[str, Performer]) -> None:
    """Say how tasks are performed in this process; each performer takes the task's row ids by name."""
    _performers.update(performers)


@task
def publish_list(*, list_id: int) -> None:
    """Bring a signed list into both halves of the repository (4(6), 26.1)."""
    _perform("publish_list", list_id=list_id)


@task
def send_notice(*, notice_id: int) -> None:
    """Try to send a released notice by e-mail or fax (43)."""
    _perform("send_notice", notice_id=notice_id)


@task
def publish_text(*, text: int) -> None:
    """Bring a text of an edition into the web half of the repository (10)."""
    _perform("publish_text", text=text)


TASKS: dict[str, Task[..., None]] = {
    "publish_list": publish_list,
    "publish_text": publish_text,
    "send_notice": send_notice,
}


def enqueue(name: str, **rows: int) -> None:
    """Write a task in the transaction of the act that it follows.

    Raises: Unrecorded outside a transaction, where the task could be seen without its act or the reverse.
    """
    if not transaction.get_connection().in_atomic_block:
        raise Unrecorded(what="task", detail=name, do="enqueue inside an act")
    TASKS[name].enqueue(**rows)


def run_pending() -> Performed:
    """Perform every task that is ready, oldest first.

    A task whose outside part fails, or whose record another worker wrote first, stays ready for the next run.
    One is marked done only after its effect, so
    a process that ends in between leaves it to be performed again: effects are made so that this changes
    nothing.

    Raises: NoPerformer, and what a performer raises besides PortError and Conflict.
    """
    done = 0
    waiting: list[PortError | Conflict] = []
    for result in DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("enqueued_at", "id"):
        try:
            _call(result)
        except (PortError, Conflict) as error:
            waiting.append(error)
            continue
        result.set_successful(None)
        done += 1
    return Performed(done=done, waiting=tuple(waiting))


def _call(result: Any) -> None:
    result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])


def _perform(name: str, **rows: int) -> None:
    if name not in _performers:
        raise NoPerformer(name)
    _performers[name](**rows)
