"""The frame of every act: one transaction, its audit rows last, nothing without them (39.4, 40(7))."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, InternalError, OperationalError, transaction

from inro.practice.events import EventKind
from inro.store.audit import AuditEntry, append
from inro.store.errors import Conflict, RecordsUnwritable, Unrecorded
from inro.usecases.actor import Actor
from inro.usecases.followed import followed_cases
from inro.usecases.obligation import follow_apart, follow_ledger, follow_lists
from inro.usecases.queue import follow_queue


class Doing:
    """What an act has to say to the audit log; rows are written in the order they were recorded."""

    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []
        self.changed_nothing = False

    def record(self, kind: EventKind, *, subject: str, **details: Any) -> None:
        """Note one audit row: ids and hashes only."""
        self.entries.append(AuditEntry(kind=kind, subject=subject, details=details))

    def nothing(self) -> None:
        """Say that no row is owed: nothing was to be done, or an applicant's own notes alone changed."""
        self.changed_nothing = True


@contextmanager
def act(*, actor: Actor, now: datetime) -> Iterator[Doing]:
    """Open an act's transaction; at its end queue and ledger follow, the log's rows are appended, it commits.

    Raises: Conflict when a constraint holds against it, RecordsUnwritable when the database takes no
    writes, Unrecorded when nothing was recorded. In each case nothing was done.
    """
    try:
        # Durable: an act inside another act's transaction could be undone after it was answered.
        with transaction.atomic(durable=True):
            doing = Doing()
            yield doing
            if doing.entries:
                _follow(doing.entries, now=now)
                append(doing.entries, actor=actor.name, now=now)
            elif not doing.changed_nothing:
                raise Unrecorded(what="act", detail=actor.name)
    except IntegrityError as error:
        raise Conflict(what="constraint", detail=_constraint(error)) from error
    except (OperationalError, InternalError, DatabaseError) as error:
        raise RecordsUnwritable(
            what="database",
            detail=_constraint(error),
            do="free the disk, make the database writable or start it, then repeat the act",
        ) from error


def _follow(entries: list[AuditEntry], *, now: datetime) -> None:
    """Bring queue and ledger in line with what was just done, each case read once for both."""
    for cases in followed_cases(entries):
        follow_queue(cases, now=now)
        follow_ledger(cases, now=now)
    follow_lists(entries, now=now)
    follow_apart(entries, now=now)


def _constraint(error: DatabaseError) -> str:
    # PostgreSQL names the constraint; its message would quote the row, which may hold personal data.
    named = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if named:
        return str(named)
    return str(error).splitlines()[0].split("DETAIL")[0] if str(error) else type(error).__name__
