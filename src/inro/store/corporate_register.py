"""The table of published Corporate Numbers: filled beside the one in use, then exchanged for it (8.2).

A load that fails or is killed leaves the old table whole. The ORM does not know this table (ADR 18).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import batched
from operator import attrgetter
from typing import Any

from django.db import IntegrityError, connection, transaction

from inro.japanese.number_publication import PublishedEntry, RowFault, RowRefused
from inro.japanese.organization_name import reduce_name
from inro.store.models import CorporateRegisterLoad
from inro.store.plain_sql import first_row, insert, run, select

TABLE = "store_publishedcorporation"
_FRESH, _FORMER = f"{TABLE}_fresh", f"{TABLE}_former"
# An index takes no more of a long name on either database.
KEY_LENGTH = 100
# SQLite has one writer: what else the house records gets its turn between two of these.
_BATCH = 10_000
_SQLITE = {"line": "integer PRIMARY KEY", "key": "text", "bool": "bool"}
_POSTGRESQL = {"line": "bigint NOT NULL", "key": 'text COLLATE "C"', "bool": "boolean"}
_COLUMNS = {
    "number": "{key} NOT NULL CHECK (length(number) = 13)",
    "process": "text NOT NULL",
    "updated_on": "date NOT NULL",
    "changed_on": "date NOT NULL",
    "name": "text NOT NULL",
    "kind": "text NOT NULL",
    "prefecture": "text NOT NULL",
    "city": "text NOT NULL",
    "street": "text NOT NULL",
    "post_code": "text NOT NULL",
    "abroad": "text NOT NULL",
    "closed_on": "date",
    "close_cause": "text NOT NULL",
    "successor": "text NOT NULL",
    "furigana": "text NOT NULL",
    "hidden": "{bool} NOT NULL",
}
# What an entry is made of, and the columns that hold it; `line` is its line in the file.
ENTRY_COLUMNS = tuple(_COLUMNS)
_ALL_COLUMNS = {"line": "{line}", "search_key": "{key} NOT NULL", **_COLUMNS}
_stated = attrgetter(*ENTRY_COLUMNS)
_TWICE = f"SELECT max(line) FROM {_FRESH} GROUP BY number HAVING count(*) > 1 ORDER BY 1 LIMIT 1"  # nosec B608

type _Values = tuple[Any, ...]


def create_register_table(table: str = TABLE) -> None:
    """Create an empty table of published numbers, still without indexes."""
    types = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    columns = ", ".join(f"{column} {declared.format(**types)}" for column, declared in _ALL_COLUMNS.items())
    run(f"CREATE TABLE {table} ({columns})", [])


def index_register_table(table: str = TABLE, *, generation: int = 0) -> None:
    """Create a table's indexes; two tables that stand side by side are of different generations.

    Raises: IntegrityError if a number is in the table twice.
    """
    for statement in (
        f"CREATE UNIQUE INDEX published_number_{generation} ON {table} (number)",
        f"CREATE INDEX published_search_key_{generation} ON {table} (search_key)",
    ):
        # Each by itself: SQLite's other writers wait no longer than one takes.
        with transaction.atomic():
            run(statement, [])


@contextmanager
def fresh_register(entries: Iterable[PublishedEntry]) -> Iterator[int]:
    """Fill a table beside the one in use and yield how many rows it has; in the end it goes.

    What is not the latest of a number, or was taken back, is left out. The caller exchanges the tables
    inside.

    Raises: RowRefused for a number that comes twice, and what `entries` raises.
    """
    _drop_remains()
    try:
        create_register_table(_FRESH)
        _fill(_standing(entries))
        try:
            index_register_table(_FRESH, generation=_generation() + 1)
        except IntegrityError as error:
            raise _twice() from error
        yield _count()
    finally:
        _drop_remains()


def exchange_register(*, published_on: date, sha256: str, rows: int, now: datetime) -> None:
    """Put the fresh table in place of the one in use, inside the caller's act."""
    generation = _generation() + 1
    run(f"ALTER TABLE {TABLE} RENAME TO {_FORMER}", [])
    run(f"ALTER TABLE {_FRESH} RENAME TO {TABLE}", [])
    CorporateRegisterLoad.objects.update_or_create(
        id=1,
        defaults={
            "generation": generation,
            "published_on": published_on,
            "sha256": sha256,
            "rows": rows,
            "loaded_at": now,
        },
    )


def search_key(name: str) -> str:
    """Return what a name is found by, whatever its width, spaces and shortened company form."""
    return reduce_name(name)[:KEY_LENGTH]


def _drop_remains() -> None:
    # Of a load that was killed, or of this one: a former table is dropped only after its exchange is kept.
    for table in (_FRESH, _FORMER):
        run(f"DROP TABLE IF EXISTS {table}", [])


def _generation() -> int:
    found = CorporateRegisterLoad.objects.filter(id=1).values_list("generation", flat=True).first()
    return found or 0


def _count() -> int:
    found = first_row(select(("count(*)",), _FRESH), [])
    return int(found[0]) if found else 0


def _twice() -> RowRefused:
    found = first_row(_TWICE, [])
    return RowRefused(
        line=int(found[0]) if found else 0, column="corporateNumber", fault=RowFault.NUMBER_TWICE
    )


def _standing(entries: Iterable[PublishedEntry]) -> Iterator[_Values]:
    for line, entry in enumerate(entries, start=1):
        if entry.stands:
            yield line, search_key(entry.name), *_stated(entry)


def _fill(values: Iterator[_Values]) -> None:
    columns = tuple(_ALL_COLUMNS)
    if connection.vendor == "postgresql":
        statement = f"COPY {_FRESH} ({', '.join(columns)}) FROM STDIN"
        with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in values:
                copy.write_row(row)
        return
    statement = insert(_FRESH, columns)
    for batch in batched(values, _BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, batch)
