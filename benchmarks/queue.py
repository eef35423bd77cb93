"""Lists, searches and case pages over 100,000 and 300,000 cases, beside what the screens promise (screens 5).

On SQLite; on PostgreSQL: `python -m tests.servers.postgresql -- python -m benchmarks queue`.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from benchmarks.queue_world import company_number, lot, make_cases, number_of
from benchmarks.rows import Row, limit_row
from benchmarks.size import Size
from benchmarks.world import NOW
from inro.configuration.installation import load_installation
from inro.practice.duties import Duty
from inro.settings import desk, pages
from inro.store.reads.search import found_cases
from inro.usecases.queue import mend_queue, queue_differences
from inro.web.office.house import OfficeHouse
from tests.web.installation import installation

CASES = (100_000, 300_000)
LIST_SECONDS, SEARCH_SECONDS, CASE_SECONDS = 0.150, 0.100, 0.150
MOST_QUERIES = 12
_ROUNDS = 5
_LISTS = (
    "",
    "?view=over",
    "?view=soon",
    "?view=free",
    "?view=mine",
    "?view=all",
    "?view=all&order=newest",
    "?view=work&order=came",
    "?stage=received",
    "?stage=deficient",
    "?stage=valid",
    "?stage=expired&order=newest",
    "?view=all&after=2027-10-31~50000",
    "?view=work&after=9999-12-31~90000",
)
# Names that many have, that few have, that nobody has; of one character, in kana, with a company form.
_NAMES = ("高橋", "勅使河原　愛", "林", "ﾀｶﾊｼ", "㈱架空電機", "不在者", "ズズ", "架空建設株式会社")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clerk:
    person: str = "p-exam"
    name: str = "審査　係"
    duties: frozenset[Duty] = frozenset({Duty.EXAMINATION, Duty.REVOCATION_EXAMINATION, Duty.NOTICE})


def measure(size: Size) -> Iterator[Row]:
    """Yield rows for a smaller and a larger record: its queue, a list, a search, a case page."""
    with tempfile.TemporaryDirectory() as folder:
        _serve_office(Path(folder))
        yield from _measured(size)


def _measured(size: Size) -> Iterator[Row]:
    made = 0
    for cases in map(size.of, CASES):
        make_cases(range(made + 1, cases + 1))
        yield _mended(cases, cases - made)
        made = cases
        settle()
        yield _lists(cases)
        yield _searches(cases)
        yield from _case_pages(cases)


def _serve_office(home: Path) -> None:
    """Let this process show the office's pages, over a demonstration's installation in `home`."""
    for chosen in (pages, desk):
        _take_over(chosen)
    settings.HOUSE = OfficeHouse(installation=load_installation(installation(home)), policy=settings.POLICY)
    settings.ROOT_URLCONF = "inro.web.office.urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SITE = None


def _take_over(module: ModuleType) -> None:
    for name in filter(str.isupper, dir(module)):
        setattr(settings, name, getattr(module, name))


def settle() -> None:
    """Do what a server that runs for years does by itself."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _mended(cases: int, new: int) -> Row:
    begun = time.perf_counter()
    mended = mend_queue(now=NOW)
    each = (time.perf_counter() - begun) / cases
    return limit_row(
        figure="queue",
        subject=f"{_where(cases)}: a case recomputed and compared, {new:,} of them written",
        against="5 ms a case",
        times=[each],
        limit=0.005,
        checked={"mended": mended, "new": new, "differ": sum(1 for _ in _sample_of_differences(cases))},
    )


def _sample_of_differences(cases: int) -> Iterator[object]:
    # Comparing all again would take as long as mending.
    return iter(()) if cases > 10_000 else queue_differences(now=NOW)


def _lists(cases: int) -> Row:
    from inro.web.office.queue.asked import query_of
    from inro.web.office.queue.lists import list_page

    queries, lines = [], []

    def page(address: str) -> None:
        request = _request(address)
        with CaptureQueriesContext(connection) as asked:
            answer = list_page(request, query_of(request.GET), errors=[])
        queries.append(len(asked))
        lines.append(answer.content.count(b'scope="row"'))

    return limit_row(
        figure="queue",
        subject=f"{_where(cases)}: a page of the list, rendered",
        against="promise: 150 ms",
        times=_timed(page, _LISTS),
        limit=LIST_SECONDS,
        checked={"most_queries": max(queries), "most_lines": max(lines), "empty": min(lines)},
    )


def _searches(cases: int) -> Row:
    place = next(one for one in range(cases // 2, cases) if lot(one) == "valid")
    typed = (
        *_NAMES,
        number_of(place),
        number_of(place)[:-2],
        company_number(place),
        f"{17_000_000_000 + place}",
        f"{place:020d}".encode().hex(),
    )
    found: dict[str, int] = {}

    def search(text: str) -> None:
        found[text] = len(found_cases(text))

    times = _timed(search, typed)
    return limit_row(
        figure="queue",
        subject=f"{_where(cases)}: a search",
        against="promise: 100 ms",
        times=times,
        limit=SEARCH_SECONDS,
        checked={
            "names": sum(1 for name in _NAMES if found[name]),
            "numbers": [found[text] for text in typed[len(_NAMES) :]],
        },
    )


def _case_pages(cases: int) -> Iterator[Row]:
    from inro.web.office.queue.case_page import case_page

    valid = [number_of(place) for place in range(1, cases) if lot(place) == "valid"]
    numbers = valid[: 100 if cases > 10_000 else 4]

    def page(number: str) -> HttpResponse:
        return case_page(_request(f"/cases/{number}/"), number, errors=[])

    for subject in ("read for the first time that day, so recorded", "read before that day"):
        times = _timed(page, numbers, rounds=1, clock=time.perf_counter)
        yield limit_row(
            figure="queue",
            subject=f"{_where(cases)}: a case page, {subject}",
            against="promise: 150 ms",
            times=times,
            limit=CASE_SECONDS,
            checked={"status": page(numbers[0]).status_code},
        )


def _request(address: str) -> Any:
    request = RequestFactory().get(address)
    request.clerk = _Clerk()  # type: ignore[attr-defined]
    return request


def _timed(
    work: Callable[[str], object],
    given: Sequence[str],
    *,
    rounds: int = _ROUNDS,
    clock: Callable[[], float] | None = None,
) -> list[float]:
    """Return what each took: where the database is a file, all of it is this process's own time."""
    clock = clock or (time.process_time if connection.vendor == "sqlite" else time.perf_counter)
    times = []
    work(given[-1])  # What is done once in a process is done before.
    for _ in range(rounds):
        for one in given:
            begun = clock()
            work(one)
            times.append(clock() - begun)
    return times


def _where(cases: int) -> str:
    return f"{cases:,} cases on {'PostgreSQL' if connection.vendor == 'postgresql' else 'SQLite'}"
