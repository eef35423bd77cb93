"""A hundred thousand past applications imported, beside the least work, and in how much memory (8.11)."""

import csv
import io
import resource
import tempfile
from dataclasses import asdict
from itertools import batched
from pathlib import Path

from django.db import connection, transaction

from benchmarks.cost import compare, cost_of
from benchmarks.rows import Row, memory_row, row_of
from benchmarks.size import Size
from benchmarks.world import EDITION, NOW, POLICY
from inro.adapters.past_application_file import open_past_applications
from inro.configuration.policy import load_policy
from inro.japanese.gate import passes_gate
from inro.japanese.past_application_columns import COLUMNS, LineFinding
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty
from inro.store.models import PastApplication
from inro.store.plain_sql import insert, run
from inro.usecases.actor import Actor
from inro.usecases.past_applications import ImportSummary, import_past_applications
from tests import past

LINES = 100_000
MOST_MB = 250
_BARE = "bare_past"
_CLERK = Actor(name="p-records", duties=frozenset({Duty.RECORDS}))
_AT_ONCE = 500


def measure(size: Size) -> list[Row]:
    """Return a row for the import beside the least work, and one for its memory."""
    count = size.of(LINES)
    terms = load_policy(POLICY).editions[EDITION].terms
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "past.csv"
        _write(file, count)
        summaries: list[ImportSummary] = []

        def imported() -> None:
            with open_past_applications(file, today=jst_date(NOW), told=lambda _octets: None) as opened:
                summary = import_past_applications(
                    lines=opened.lines,
                    file_sha256=opened.sha256,
                    terms=terms,
                    complain=_complain,
                    told_before=lambda _line: None,
                    actor=_CLERK,
                    now=NOW,
                )
            summaries.append(summary)

        against = "limit: csv.reader, JIS X 0208, executemany"
        # Once only: a line is imported once.
        comparison = compare(
            ours=lambda: cost_of(imported, count=count),
            others={against: lambda: cost_of(lambda: _least(file), count=count)},
            rounds=1,
        )[against]
    checked = asdict(summaries[0]) | {"rows": PastApplication.objects.count()}
    return [
        row_of(
            comparison,
            figure="past_applications",
            subject=f"{count:,} past applications read, checked, imported",
            against=against,
            per="line",
            checked=checked,
        ),
        memory_row(
            figure="past_applications",
            subject=f"{count:,} past applications imported, the whole process",
            against=f"{MOST_MB} MB",
            ours_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            theirs_mb=MOST_MB,
            bound=1.0,
            checked=checked,
        ),
    ]


def _write(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow([COLUMNS[name].japanese for name in past.COMPANY])
        writer.writerows(past.row(number=f"DC-{place:07d}").values() for place in range(count))


def _complain(finding: LineFinding) -> None:
    raise AssertionError(finding)


def _least(file: Path) -> None:
    """Do what any program must: read, split, look at every character, insert."""
    columns = tuple(f"c{place}" for place in range(len(past.COMPANY)))
    run(f"CREATE TABLE {_BARE} ({', '.join(f'{column} text' for column in columns)})", [])
    lines = csv.reader(io.TextIOWrapper(file.open("rb"), encoding="utf-8", newline=""))
    with transaction.atomic(), connection.cursor() as cursor:
        for batch in batched(lines, _AT_ONCE):
            for fields in batch:
                for text in fields:
                    passes_gate(text)
            cursor.executemany(insert(_BARE, columns), batch)
    run(f"DROP TABLE {_BARE}", [])
