"""The log's writing side, its triggers, and the rule that nothing happens without its row (39.4, 40(7))."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from inro.practice.events import EventKind
from inro.store.audit import AuditEntry, append, chain_end
from inro.store.audit_verify import verify_chain
from inro.store.errors import Conflict, RecordsUnwritable, Unrecorded
from inro.store.models import Application, AuditHead, AuditRow, Counter
from inro.store.plain_sql import rows
from inro.store.triggers import statements, trigger_names
from inro.usecases.act import act
from inro.usecases.outbox import enqueue
from tests import given


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def present_triggers() -> set[str]:
    """The names of all triggers of the database."""
    listed = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    return {name for (name,) in rows(listed[connection.vendor], [])}


def count_then(then: Callable[[], object]) -> None:
    """An act that counts once, records it, and goes on with `then`."""
    with act(actor=given.DESK, now=given.NOW) as doing:
        Counter.objects.create(series="X", year=2026, value=1)
        doing.record(EventKind.DATA_READ, subject="x")
        then()


def read_independently():
    connection.ensure_connection()
    return verify_chain(connection.connection)


def test_the_independent_reader_accepts_what_the_writer_wrote(db):
    given.issued(given.office())
    read = read_independently()
    assert read.sound
    assert (read.rows, read.head) == (chain_end().seq, chain_end().hash)


def test_text_of_every_kind_hashes_as_it_is_read(db):
    details = {"b": [1, True, None, "髙𠮷邉󠄀"], "a": {"z": 0, "é": "\u2028"}}
    append([AuditEntry(kind=EventKind.DATA_READ, subject="x", details=details)], actor="p-1", now=given.NOW)
    assert read_independently().sound
    assert AuditRow.objects.get(seq=1).details == '{"a":{"z":0,"é":"\u2028"},"b":[1,true,null,"髙𠮷邉󠄀"]}'


def test_no_personal_data_reaches_the_log(db):
    house = given.office()
    given.revoked(house, given.issued(house))
    written = "\n".join(AuditRow.objects.values_list("details", flat=True))
    for word in ("高橋", "髙橋", "TAKAHASHI", "印籠商事", "丸の内", given.CONTENT.subscriber_id):
        assert word not in written


STATEMENTS = [
    "UPDATE store_auditrow SET actor = 'x' WHERE seq = 1",
    "DELETE FROM store_auditrow WHERE seq = 1",
    "DELETE FROM store_audithead",
    "UPDATE store_audithead SET seq = 1 WHERE id = 1",
    "UPDATE store_serialnumber SET order_id = NULL",
    "DELETE FROM store_serialnumber",
    "UPDATE store_subscriberkey SET spki_sha256 = 'x'",
    "DELETE FROM store_subscriberkey",
    "DELETE FROM store_erasure",
    "UPDATE store_signingintent SET tbs_sha256 = 'x'",
    "DELETE FROM store_certificate",
    "UPDATE store_certificate SET not_after = issued_at",
    "UPDATE store_decision SET verdict = 'accept'",
    "DELETE FROM store_revokedentry",
    "UPDATE store_revokedentry SET reason_code = 1",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_written_rows_stay_as_written(db, statement):
    house = given.office()
    given.revoked(house, given.issued(house))
    before = chain_end()
    with pytest.raises(IntegrityError, match=r"stays as written|only grows"), transaction.atomic():
        execute(statement)
    assert chain_end() == before
    assert read_independently().sound


def test_every_kept_table_has_its_triggers_and_no_other_is_there(db):
    """A migration that makes a SQLite table anew drops its triggers: this test is where that shows."""
    assert present_triggers() == {name for name, _ in trigger_names(connection.vendor)}


def test_triggers_are_made_anew_as_they_were(db):
    before = present_triggers()
    table = "" if connection.vendor == "sqlite" else " ON store_erasure"
    execute(f"DROP TRIGGER store_erasure_no_delete{table}")
    for statement in statements(connection.vendor):
        execute(statement)
    assert present_triggers() == before
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        execute("UPDATE store_audithead SET seq = seq")


def test_truncate_is_refused_where_it_exists(db):
    if connection.vendor == "sqlite":
        return  # SQLite knows no TRUNCATE.
    with pytest.raises(IntegrityError, match="stays as written"), transaction.atomic():
        execute("TRUNCATE store_auditrow")


@pytest.mark.parametrize("seq", [0, 1, 3, 99])
def test_only_the_next_row_can_be_inserted(db, seq):
    append([AuditEntry(kind=EventKind.DATA_READ, subject="x")], actor="p-1", now=given.NOW)
    row = AuditRow.objects.get(seq=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditRow.objects.create(
            seq=seq,
            at=row.at,
            kind=row.kind,
            actor="x",
            subject="x",
            details="{}",
            previous="1" * 64,
            hash="2" * 64,
        )
    assert AuditRow.objects.count() == 1


def test_replace_does_not_pass_by_the_triggers(db):
    if connection.vendor != "sqlite":
        return  # REPLACE is SQLite's.
    given.accepted(given.office())
    for table in ("store_auditrow", "store_decision"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_an_act_that_fails_leaves_neither_row_nor_audit_row(db):
    with pytest.raises(ZeroDivisionError):
        count_then(lambda: 1 / 0)
    assert Counter.objects.count() == AuditRow.objects.count() == 0


def test_an_act_that_records_nothing_is_undone(db):
    with pytest.raises(Unrecorded), act(actor=given.DESK, now=given.NOW):
        Counter.objects.create(series="X", year=2026, value=1)
    assert Counter.objects.count() == 0


def test_an_act_inside_another_is_refused(fresh_database):
    with pytest.raises(RuntimeError):
        count_then(given.drafted)
    assert AuditRow.objects.count() == 0


def test_a_constraint_becomes_a_conflict_that_quotes_no_row(db):
    with pytest.raises(Conflict) as conflict:
        count_then(lambda: Counter.objects.create(series="X", year=2026, value=2))
    assert "DETAIL" not in str(conflict.value)
    assert Counter.objects.count() == 0


def test_a_task_outside_an_act_is_refused(fresh_database):
    with pytest.raises(Unrecorded):
        enqueue("publish_list", list_id=1)


def make_read_only(name: str) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")


def test_on_a_read_only_database_nothing_happens(fresh_database):
    application = given.drafted()
    before = chain_end()
    make_read_only(fresh_database)
    with pytest.raises(RecordsUnwritable) as refusal:
        given.receive_application(
            application=application, received_at=given.NOW, actor=given.EXAMINER, now=given.NOW
        )
    assert refusal.value.do
    assert Application.objects.get().state == "drafted"
    assert chain_end() == before


def test_when_only_the_log_cannot_be_written_nothing_happens(fresh_database):
    """The log alone refuses: on PostgreSQL by lack of right, on SQLite by a trigger that stands for it."""
    application = given.drafted()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER full BEFORE INSERT ON store_auditrow "
                "BEGIN SELECT RAISE(FAIL, 'disk full'); END"
            )
        else:
            cursor.execute("CREATE ROLE office")
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO office")
            cursor.execute("REVOKE INSERT ON store_auditrow FROM office")
            cursor.execute("SET ROLE office")
    with pytest.raises((RecordsUnwritable, Conflict)):
        given.receive_application(
            application=application, received_at=given.NOW, actor=given.EXAMINER, now=given.NOW
        )
    assert Application.objects.get().state == "drafted"
    assert AuditRow.objects.count() == AuditHead.objects.get().seq == 1


def test_on_a_full_disk_nothing_happens(fresh_database):
    if connection.vendor != "sqlite":
        return  # A full disk cannot be made for a server in a test; the read-only one stands for it.
    given.drafted()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(RecordsUnwritable, match="full"):
        _ = [given.drafted() for _ in range(10_000)]
    assert Application.objects.count() == AuditRow.objects.count() == chain_end().seq > 1
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    given.drafted()
    assert read_independently().sound


def test_the_file_itself_write_protected_refuses_clearly(fresh_database, tmp_path: Path):
    if connection.vendor != "sqlite":
        return  # Only SQLite is a file of ours.
    given.drafted()
    connection.close()
    with sqlite3.connect(f"file:{fresh_database}?mode=ro", uri=True) as reader:
        assert verify_chain(reader).sound
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("DELETE FROM store_counter")
    reader.close()


def test_a_lost_database_is_said_as_such(fresh_database):
    connection.close()
    connection.settings_dict["NAME"] = "/nowhere/at/all/x"
    try:
        with pytest.raises(RecordsUnwritable) as refusal:
            given.drafted()
    finally:
        connection.settings_dict["NAME"] = fresh_database
    assert refusal.value.do
