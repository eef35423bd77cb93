"""A night over up to 1,000,000 contracts, 1 % due, beside one UPDATE and the same audit rows (18.7).

On SQLite; on PostgreSQL: `python -m tests.servers.postgresql -- python -m benchmarks night_run`.
"""

import json
import resource
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median

from django.db import connection, transaction

from benchmarks.queue_world import make_cases
from benchmarks.rows import Row, limit_row, memory_row
from benchmarks.size import Size
from benchmarks.world import EDITION, NOW
from inro.practice.calendar import jst_date
from inro.practice.deadlines import Deadline, expiry_deadline, expiry_notice_deadlines
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.ledger import says
from inro.practice.obligations import Obligation
from inro.store.audit import AuditEntry, append
from inro.store.models import ObligationRow
from inro.store.plain_sql import rows, run, stored
from inro.usecases.actor import process
from inro.usecases.expiry import expire_certificates
from inro.usecases.followed import policy_of_process
from inro.usecases.night import mark_reached

CONTRACTS = (100_000, 1_000_000)
WORKER = process("worker-1")
_FIRST = 10_000_000
_EXPIRING = 10_000
_ROUNDS = 4
# Each round of ours and of the other takes a share of its own: one in a hundred contracts, due on one day.
_SHARE = 100
_LATER = 400


def measure(size: Size) -> Iterator[Row]:
    """Yield rows: deadlines marked beside the bare statements, growth, memory, certificates expired."""
    yield _expired(size)
    found = []
    for begin, contracts in zip((0, 2 * size.rounds(_ROUNDS)), map(size.of, CONTRACTS), strict=True):
        _make(contracts, due=begin)
        row = _marked(contracts, size, begin)
        found.append((contracts, row))
        yield row
    yield _growth(found)
    yield memory_row(
        figure="night_run",
        subject=f"{_where(found[-1][0])}: peak memory of the night's process",
        against="300 MB",
        ours_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        theirs_mb=300,
        bound=1.0,
        checked={"contracts": found[-1][0]},
    )


def _marked(contracts: int, size: Size, begin: int) -> Row:
    """Return the row of so many contracts; each round takes a day of its own."""
    ours: list[float] = []
    theirs: list[float] = []
    marked: list[int] = []
    for turn in range(size.rounds(_ROUNDS)):
        day = begin + 2 * turn
        for times, mark, now in ((theirs, _bare, _day(day)), (ours, _by_night, _day(day + 1))):
            started = _clock()
            marked.append(mark(now))
            times.append(_clock() - started)
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    due = marked[-1]
    return Row(
        figure="night_run",
        subject=f"{_where(contracts)}: {due:,} deadlines marked, each with its audit row",
        against="one indexed UPDATE and the same audit rows",
        unit="ms",
        ours=median(ours) * 1000,
        theirs=median(theirs) * 1000,
        ratio=median(ratios),
        ratio_least=min(ratios),
        ratio_most=max(ratios),
        rounds=len(ratios),
        bound=3.0,
        wall=median(ours) / due,
        checked={"marked": sorted(set(marked)), "contracts": contracts},
    )


def _by_night(now: datetime) -> int:
    return mark_reached(actor=WORKER, now=now)


def _bare(now: datetime) -> int:
    """Mark by one statement and append the audit rows it returns, in one transaction."""
    with transaction.atomic():
        reached = rows(
            "UPDATE store_obligationrow SET state = 'reached' WHERE state = 'open' AND reached_from <= %s "
            "RETURNING id, subject, kind, turn, due_on",
            [stored(now)],
        )
        append(
            [
                AuditEntry(
                    kind=EventKind.DEADLINE_PASSED,
                    subject=subject,
                    details={"obligation": row, "owed": kind, "turn": turn, "due_on": str(due_on)},
                )
                for row, subject, kind, turn, due_on in reached
            ],
            actor=WORKER.name,
            now=now,
        )
    return len(reached)


def _growth(found: list[tuple[int, Row]]) -> Row:
    """Return how a night's time grows, beside how the bare statements' own grows in the same minutes."""
    (fewer, before), (more, after) = found
    ours, theirs = after.ours / before.ours, after.theirs / before.theirs
    return Row(
        figure="night_run",
        subject=f"{_where(more)}: times as long as among {fewer:,}",
        against="the bare statements' own growth",
        unit="times",
        ours=ours,
        theirs=theirs,
        ratio=ours / theirs,
        ratio_least=ours / theirs,
        ratio_most=ours / theirs,
        rounds=1,
        # A tenth is what a clock strays by on a shared machine.
        bound=1.1,
        checked={"contracts": [fewer, more], "linear": more / fewer},
    )


def _expired(size: Size) -> Row:
    make_cases(range(1, 2 * size.of(_EXPIRING) + 1))
    now, begun = NOW + timedelta(days=2 * 365), _clock()
    expired = expire_certificates(actor=WORKER, now=now)
    each = (_clock() - begun) / expired
    return limit_row(
        figure="night_run",
        subject=f"{_where(expired)}: a certificate expired, its case followed by queue and ledger",
        against="5 ms a case",
        times=[each],
        limit=0.005,
        checked={"expired": expired, "entered": ObligationRow.objects.filter(kind="retention").count()},
    )


def _make(contracts: int, *, due: int) -> None:
    """Put contracts on record with two expiry notices and an end each, a hundredth due each day."""
    with transaction.atomic():
        begin = _FIRST + ObligationRow.objects.filter(application__gte=_FIRST, turn=1).count()
        run(*_applications(begin, _FIRST + contracts))
        for turn, deadline in enumerate(_deadlines(), start=1):
            run(*_obligations(turn, deadline, begin, due if turn == 1 else _LATER))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _applications(begin: int, end: int) -> tuple[str, list[object]]:
    numbers = "lpad(n::text, 15, '0')" if connection.vendor == "postgresql" else "printf('%%015d', n)"
    statement = (
        "INSERT INTO store_application (id, number, kind, state, edition, edition_sha256, period, "  # nosec B608
        "drafted_at) WITH RECURSIVE s(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM s WHERE n + 1 < %s) "
        f"SELECT n, 'N' || {numbers}, 'company_employee', 'received', %s, '', '1y', %s FROM s"
    )
    return statement, [begin, end, EDITION, stored(NOW)]


def _obligations(turn: int, deadline: Deadline, begin: int, ahead: int) -> tuple[str, list[object]]:
    said = says(Obligation(deadline=deadline, turn=turn))
    days = f"(id %% {_SHARE})"
    # Of one contract in a hundred on each day.
    at = (
        f"%s::timestamptz + ({days} + {ahead}) * interval '1 day'"
        if connection.vendor == "postgresql"
        else f"datetime(%s, '+' || ({days} + {ahead}) || ' days')"
    )
    statement = (
        "INSERT INTO store_obligationrow (subject, application_id, kind, turn, clause, due_on, "  # nosec B608
        "reached_from, deadline, state, opened_by, opened_subject, opened_at) "
        f"SELECT 'application/' || number, id, %s, %s, %s, %s, {at}, %s, 'open', "
        "'issuance.card_finished', 'application/' || number, %s FROM store_application WHERE id >= %s"
    )
    said_of = [deadline.kind.value, turn, deadline.clause, stored(said["due_on"]), stored(NOW)]
    return statement, [*said_of, json.dumps(said["deadline"]), stored(NOW), begin]


def _deadlines() -> Iterator[Deadline]:
    terms: Terms = policy_of_process().edition_on(jst_date(NOW)).terms
    first, second = expiry_notice_deadlines(not_after=NOW + timedelta(days=400), terms=terms)
    yield from (first, second, expiry_deadline(not_after=NOW + timedelta(days=400)))


def _clock() -> float:
    """Return seconds: where the database is a file, all of it is this process's own work."""
    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def _day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def _where(contracts: int) -> str:
    return f"{contracts:,} contracts on {'PostgreSQL' if connection.vendor == 'postgresql' else 'SQLite'}"
