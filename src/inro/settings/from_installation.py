"""What of the settings an installation decides."""

from typing import Any

from inro.configuration.installation import Installation, SqliteDatabase
from inro.settings.databases import postgresql, sqlite


def databases(installation: Installation) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES for an installation."""
    chosen = installation.database
    if isinstance(chosen, SqliteDatabase):
        return {"default": sqlite(chosen.path)}
    return {"default": postgresql(host=chosen.host, port=chosen.port, name=chosen.name, user=chosen.user)}
