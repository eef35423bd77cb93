"""The numbers people look at over 300,000 cases, beside what the screens promise for a page (screens 5).

On SQLite; on PostgreSQL: `python -m tests.servers.postgresql -- python -m benchmarks numbers`.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks.queue import settle
from benchmarks.queue_world import make_cases
from benchmarks.rows import Row, limit_row
from benchmarks.size import Size
from benchmarks.world import NOW
from inro.practice.calendar import add_months, jst_date
from inro.store.reads.figures import deficiency_points, expiries, issue_days, open_cases, receipt_days
from inro.usecases.queue import mend_queue
from inro.web.public.usual import usual_time

CASES = 300_000
PUBLIC_SECONDS, OFFICE_SECONDS = 0.150, 1.0
_ROUNDS = 5


def measure(size: Size) -> Iterator[Row]:
    """Yield a row for what the public status page counts, and one for each figure of the office."""
    cases = size.of(CASES)
    make_cases(range(1, cases + 1))
    mend_queue(now=NOW)
    settle()
    today = jst_date(NOW)
    year = {"first": today - timedelta(days=365), "after": today}
    months = [add_months(today.replace(day=1), place) for place in range(15)]
    yield _row("the usual time on the status page", PUBLIC_SECONDS, cases, lambda: usual_time(today=today))
    for subject, read in (
        ("days from form to certificate, a year", lambda: issue_days(**year)),
        ("days from posting to slip, a year", lambda: receipt_days(**year)),
        ("what letters told of, a year", lambda: deficiency_points(**year, most=15)),
        ("open cases by stage and age", lambda: open_cases(now=NOW)),
        ("certificates that end, 14 months", lambda: expiries(months=months)),
    ):
        yield _row(subject, OFFICE_SECONDS, cases, read)


def _row(subject: str, limit: float, cases: int, read: Callable[[], object]) -> Row:
    found = read()
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        read()
        times.append(time.perf_counter() - begun)
    return limit_row(
        figure="numbers",
        subject=f"{cases:,} cases: {subject}",
        against=f"{limit * 1000:,.0f} ms",
        times=times,
        limit=limit,
        checked={"found": bool(found)},
    )
