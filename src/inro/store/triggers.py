"""Triggers that keep written rows as written, for SQLite and PostgreSQL (39.4, 40(4)).

A migration that alters a table on SQLite makes it anew, without its triggers; one that adds a kept table or
column brings others. So every migration of the tables ends with `keep_rows`, which makes all of them anew:
of the tables that are there by then, as a later migration brings its own.
"""

from collections.abc import Iterator, Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.kept import KEPT, Kept

# The head only ever moves on.
_SQLITE_HEAD = """
CREATE TRIGGER store_audithead_forward BEFORE UPDATE ON store_audithead
WHEN NEW.seq <= OLD.seq BEGIN SELECT RAISE(ABORT, 'store_audithead: the chain only grows'); END
"""
_SQLITE_CHAIN = """
CREATE TRIGGER store_auditrow_next BEFORE INSERT ON store_auditrow
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM store_auditrow)
BEGIN SELECT RAISE(ABORT, 'store_auditrow: not the next row'); END
"""
_POSTGRESQL_FUNCTIONS = """
CREATE OR REPLACE FUNCTION store_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: a written row stays as written', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION store_audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <= OLD.seq THEN
    RAISE EXCEPTION 'store_audithead: the chain only grows'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION store_audit_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM store_auditrow) THEN
    RAISE EXCEPTION 'store_auditrow: not the next row'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
_HEAD, _CHAIN = ("store_audithead_forward", "store_audithead"), ("store_auditrow_next", "store_auditrow")


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make all triggers anew: the last operation of every migration of the tables."""
    connection = schema_editor.connection
    there = connection.introspection.table_names()
    for statement in statements(connection.vendor, [kept for kept in KEPT if kept.table in there]):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


def statements(vendor: str, tables: Sequence[Kept] = KEPT) -> Iterator[str]:
    """Yield the statements that make all triggers anew on `sqlite` or `postgresql`."""
    on_sqlite = vendor == "sqlite"
    if not on_sqlite:
        yield _POSTGRESQL_FUNCTIONS
    for name, table in trigger_names(vendor, tables):
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if on_sqlite else f" ON {table}")
    yield from _sqlite(tables) if on_sqlite else _postgresql(tables)


def trigger_names(vendor: str, tables: Sequence[Kept] = KEPT) -> Iterator[tuple[str, str]]:
    """Yield each trigger's name and the table it is on."""
    yield from (_HEAD, _CHAIN)
    events = ("no_update", "no_delete") if vendor == "sqlite" else ("no_update", "no_delete", "no_truncate")
    yield from ((f"{kept.table}_{event}", kept.table) for kept in tables for event in events)


def _sqlite(tables: Sequence[Kept]) -> Iterator[str]:
    yield from (_SQLITE_HEAD, _SQLITE_CHAIN)
    for kept in tables:
        message = f"SELECT RAISE(ABORT, '{kept.table}: a written row stays as written')"
        for name, event in (("no_update", _update_of(kept)), ("no_delete", "DELETE")):
            yield f"CREATE TRIGGER {kept.table}_{name} BEFORE {event} ON {kept.table} BEGIN {message}; END"


def _postgresql(tables: Sequence[Kept]) -> Iterator[str]:
    yield (
        "CREATE TRIGGER store_audithead_forward BEFORE UPDATE ON store_audithead "
        "FOR EACH ROW EXECUTE FUNCTION store_audit_forward()"
    )
    yield (
        "CREATE TRIGGER store_auditrow_next BEFORE INSERT ON store_auditrow "
        "FOR EACH ROW EXECUTE FUNCTION store_audit_next()"
    )
    for kept in tables:
        for name, event, each in (
            ("no_update", _update_of(kept), "ROW"),
            ("no_delete", "DELETE", "ROW"),
            ("no_truncate", "TRUNCATE", "STATEMENT"),
        ):
            yield (
                f"CREATE TRIGGER {kept.table}_{name} BEFORE {event} ON {kept.table} "
                f"FOR EACH {each} EXECUTE FUNCTION store_kept()"
            )


def _update_of(kept: Kept) -> str:
    return f"UPDATE OF {', '.join(kept.columns)}" if kept.columns else "UPDATE"
