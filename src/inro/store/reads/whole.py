"""Every row of every table, for whoever keeps the records after the house is gone (11, 40(4))."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

_AT_ONCE = 1_000


@contextmanager
def at_one_instant() -> Iterator[None]:
    """Let every read inside see the records as they stand now, whoever writes meanwhile."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def table_names() -> tuple[str, ...]:
    """Return the names of the tables that hold records."""
    return tuple(sorted(_tables()))


def table_rows(table: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table in the order they were made, as JSON values; octets in base64."""
    model = _tables()[table]
    columns = [field.attname for field in model._meta.concrete_fields]
    for row in model._default_manager.order_by("pk").values(*columns).iterator(_AT_ONCE):
        yield {name: _plain(value) for name, value in row.items()}


def _tables() -> Mapping[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_app_config("store").get_models()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode("ascii")
    return value
