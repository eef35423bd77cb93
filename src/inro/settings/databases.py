"""How the two databases are opened: durable writes, one writer at a time on SQLite, no lost constraint."""

from pathlib import Path
from typing import Any

# FULL, because a decision that was answered must outlive a power cut; recursive triggers, because
# REPLACE would otherwise delete a kept row without asking its trigger.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;"
)


def sqlite(path: Path) -> dict[str, Any]:
    """Return Django's settings of an SQLite database; every transaction takes the write lock at once."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_PRAGMAS},
    }


def postgresql(*, host: str, port: int, name: str, user: str) -> dict[str, Any]:
    """Return Django's settings of a PostgreSQL database; the password, if any, comes from `PGPASSFILE`."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": host,
        "PORT": str(port),
        "NAME": name,
        "USER": user,
        "OPTIONS": {"connect_timeout": 10, "client_encoding": "UTF8"},
    }
