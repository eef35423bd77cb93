"""The statements of the triggers that keep written rows, for each of the two databases."""

from collections.abc import Sequence
from dataclasses import dataclass

# The head only ever moves on.
SQLITE_HEAD = """
CREATE TRIGGER store_audithead_forward BEFORE UPDATE ON store_audithead
WHEN NEW.seq <= OLD.seq BEGIN SELECT RAISE(ABORT, 'store_audithead: the chain only grows'); END
"""
SQLITE_CHAIN = """
CREATE TRIGGER store_auditrow_next BEFORE INSERT ON store_auditrow
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM store_auditrow)
BEGIN SELECT RAISE(ABORT, 'store_auditrow: not the next row'); END
"""
POSTGRESQL_FUNCTIONS = """
CREATE FUNCTION store_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: a written row stays as written', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION store_audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <= OLD.seq THEN
    RAISE EXCEPTION 'store_audithead: the chain only grows'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION store_audit_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM store_auditrow) THEN
    RAISE EXCEPTION 'store_auditrow: not the next row'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A table that is never shortened; `columns` never change, empty means no column does."""

    table: str
    columns: Sequence[str] = ()


def kept_on_sqlite(tables: Sequence[Kept]) -> list[str]:
    """Return the statements that keep tables on SQLite."""
    made = []
    for kept in tables:
        message = f"SELECT RAISE(ABORT, '{kept.table}: a written row stays as written')"
        columns = f" OF {', '.join(kept.columns)}" if kept.columns else ""
        made += [
            f"CREATE TRIGGER {kept.table}_{name} BEFORE {event} ON {kept.table} BEGIN {message}; END"
            for name, event in (("no_update", f"UPDATE{columns}"), ("no_delete", "DELETE"))
        ]
    return made


def kept_on_postgresql(tables: Sequence[Kept]) -> list[str]:
    """Return the statements that keep tables on PostgreSQL."""
    made = []
    for kept in tables:
        columns = f" OF {', '.join(kept.columns)}" if kept.columns else ""
        for name, event, each in (
            ("no_update", f"UPDATE{columns}", "ROW"),
            ("no_delete", "DELETE", "ROW"),
            ("no_truncate", "TRUNCATE", "STATEMENT"),
        ):
            made.append(
                f"CREATE TRIGGER {kept.table}_{name} BEFORE {event} ON {kept.table} "
                f"FOR EACH {each} EXECUTE FUNCTION store_kept()"
            )
    return made
