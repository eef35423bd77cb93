"""A database that a process may only read: the database itself refuses every write."""

from typing import Any


def read_only(databases: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES so that each connection refuses writes."""
    return {name: _closed(chosen) for name, chosen in databases.items()}


def _closed(chosen: dict[str, Any]) -> dict[str, Any]:
    options = dict(chosen.get("OPTIONS", {}))
    if chosen["ENGINE"].endswith("sqlite3"):
        options["init_command"] = f"{options.get('init_command', '')} PRAGMA query_only=ON;".strip()
    else:
        options["options"] = f"{options.get('options', '')} -c default_transaction_read_only=on".strip()
    return chosen | {"OPTIONS": options}
