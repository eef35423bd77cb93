"""What the owner of the database can do: triggers out of the way, any row changed, nothing written down."""

from typing import Any

from django.db import connection


def tamper(statement: str, *values: Any) -> None:
    """Run a statement as the database's owner, for whom no trigger and no history exists."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (trigger,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{trigger}"')
        else:
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, list(values))
        if connection.vendor != "sqlite":
            cursor.execute("SET session_replication_role = origin")
        assert cursor.rowcount != 0, "nothing was tampered with"
