"""A database of its own for a test that commits: threads, crashes, full disks, tampering by hand."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker
) -> Iterator[None]:
    """Make the database also where every test of the run copies it and none uses it as it is."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def fresh_database(django_db_setup, django_db_blocker, tmp_path: Path) -> Iterator[str]:
    """Give the default connection a migrated database of its own; what is committed ends with the test."""
    settings = connections.settings["default"]
    template = settings["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor == "sqlite":
            name = str(tmp_path / "fresh.sqlite3")
            shutil.copy(template, name)
            yield from _use(settings, name, template)
        else:
            name = f"fresh_{tmp_path.parent.name}_{tmp_path.name}".lower().replace("-", "_")[-60:]
            _elsewhere(settings, template, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            yield from _use(settings, name, template)
            _elsewhere(settings, template, f'DROP DATABASE "{name}" WITH (FORCE)')


def _use(settings, name: str, template: str) -> Iterator[str]:
    settings["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        settings["NAME"] = connection.settings_dict["NAME"] = template


def _elsewhere(settings, template: str, statement: str) -> None:
    # PostgreSQL copies a database only while nobody is connected to it.
    settings["NAME"] = connection.settings_dict["NAME"] = "postgres"
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
        settings["NAME"] = connection.settings_dict["NAME"] = template
