"""Plain SQL where the ORM's own work would outweigh the database's: the signer's walk, the log."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import Model

type Values = Sequence[Any]


def select(columns: Sequence[str], source: str) -> str:
    """Return a SELECT of `columns` from `source`, both written in the code, never values."""
    return f"SELECT {', '.join(columns)} FROM {source}"  # nosec B608


def insert(table: str, columns: Sequence[str]) -> str:
    """Return an INSERT of one row of `columns` into `table`, both written in the code."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"  # nosec B608


def rows(statement: str, values: Values) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT; parameters are `%s`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def first_row(statement: str, values: Values) -> tuple[Any, ...] | None:
    """Return the only row of a SELECT, or None."""
    found = rows(statement, values)
    return found[0] if found else None


def run(statement: str, values: Values) -> int:
    """Run a statement that changes rows and return how many it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def run_for_each(statement: str, values: Iterable[Values]) -> None:
    """Run a statement once for each of several lists of values."""
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))


def insert_row(model: type[Model], **columns: Any) -> int:
    """Insert a row by its column names and return its id; every column without a default is given."""
    statement = f"{insert(model._meta.db_table, tuple(columns))} RETURNING id"
    return int(rows(statement, [stored(value) for value in columns.values()])[0][0])


def for_update(statement: str) -> str:
    """Return a SELECT that locks its rows; on SQLite, which has no such lock, the transaction is one."""
    return f"{statement} FOR UPDATE" if connection.features.has_select_for_update else statement


def claimed(
    table: str, change: str, chosen: str, values: Values, columns: Sequence[str], *, most: int
) -> list[tuple[Any, ...]]:
    """Change the rows that a SELECT of ids chooses, at most so many, and return their `columns` by id.

    Of several workers each gets others: on PostgreSQL a row that another has locked is left to it, on SQLite
    the transaction is the lock. All statements are written in the code; `id` is the first column.
    """
    lock = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    statement = (
        f"WITH chosen AS ({chosen} LIMIT %s{lock}) {change} "  # nosec B608
        f"WHERE {table}.id IN (SELECT id FROM chosen) RETURNING {', '.join(columns)}"
    )
    return sorted(rows(statement, [*map(stored, values), most]))


def stored(value: Any) -> Any:
    """Return a value as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, Enum):
        return value.value
    return json.dumps(value) if isinstance(value, list | dict) else value


def instant(value: datetime) -> datetime:
    """Return a selected instant, which SQLite gives without its zone, in UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def optional_instant(value: datetime | None) -> datetime | None:
    """Return a selected instant in UTC, or None."""
    return None if value is None else instant(value)


def json_of(text: str | None) -> Any:
    """Return what a selected JSON column holds, or None."""
    return None if text is None else json.loads(text)


def octets(value: bytes | memoryview | None) -> bytes | None:
    """Return what a selected binary column holds, or None."""
    return None if value is None else bytes(value)
