"""The independent reader finds and names every kind of damage to the log (39.4, 40(7))."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import rfc8785
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st

from inro.store.audit_verify import Damage, verify_chain

COLUMNS = ("seq", "at", "kind", "actor", "subject", "details", "previous", "hash")
START = datetime(2026, 12, 1, tzinfo=UTC)


def hash_of(row: dict) -> str:
    hashed = {name: row[name] for name in COLUMNS if name != "hash"}
    return hashlib.sha256(
        rfc8785.dumps(hashed | {"details": json.loads(row["details"]), "version": 1})
    ).hexdigest()


def chain(length: int) -> list[dict]:
    """A log as it is written."""
    rows, previous = [], "0" * 64
    for seq in range(1, length + 1):
        row = {
            "seq": seq,
            "at": (START + timedelta(seconds=seq)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "kind": "application.received",
            "actor": "p-1",
            "subject": f"application/{seq}",
            "details": "{}",
            "previous": previous,
        }
        row["hash"] = previous = hash_of(row)
        rows.append(row)
    return rows


def verdict(rows: list[dict], *, head: tuple[int, str], anchors=(), stored_anchors=()):
    """Read rows as they stand in a database without triggers: what somebody with a disk editor leaves."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE store_auditrow ({', '.join(COLUMNS)})")
        connection.execute("CREATE TABLE store_audithead (id, seq, hash)")
        connection.execute("CREATE TABLE store_auditanchor (seq, hash)")
        connection.executemany(
            f"INSERT INTO store_auditrow VALUES ({', '.join('?' * len(COLUMNS))})",
            [[row[name] for name in COLUMNS] for row in rows],
        )
        connection.execute("INSERT INTO store_audithead VALUES (1, ?, ?)", head)
        connection.executemany("INSERT INTO store_auditanchor VALUES (?, ?)", stored_anchors)
        return verify_chain(connection, anchors=anchors)


def end(rows: list[dict]) -> tuple[int, str]:
    return rows[-1]["seq"], rows[-1]["hash"]


def found(rows: list[dict], head: tuple[int, str]) -> list[tuple[Damage, int]]:
    return [(finding.damage, finding.seq) for finding in verdict(rows, head=head).findings]


def closed_up(rows: list[dict]) -> list[dict]:
    """The rows numbered anew without a gap, their hashes left alone."""
    return [row | {"seq": seq} for seq, row in enumerate(rows, start=1)]


LENGTH = 9
positions = st.integers(1, LENGTH)


@cases(st.integers(1, 40))
def test_a_log_as_written_is_sound(length):
    rows = chain(length)
    read = verdict(rows, head=end(rows))
    assert read.sound
    assert (read.rows, read.head) == (length, rows[-1]["hash"])


@cases(positions, st.sampled_from(["at", "kind", "actor", "subject", "details"]))
def test_an_altered_row_is_named(position, column):
    rows = chain(LENGTH)
    head = end(rows)
    rows[position - 1][column] = '{"x":1}' if column == "details" else "another"
    assert found(rows, head) == [(Damage.ALTERED, position)]


@cases(positions)
def test_a_row_altered_with_its_hash_made_anew_is_named(position):
    rows = chain(LENGTH)
    head = end(rows)
    row = rows[position - 1]
    row["actor"] = "another"
    row["hash"] = hash_of(row)
    assert found(rows, head) == [(Damage.ALTERED, position)]


@cases(positions, st.booleans())
def test_a_removed_row_is_named_with_the_gap_left_or_closed(position, close):
    rows = chain(LENGTH)
    head = end(rows)
    del rows[position - 1]
    assert found(closed_up(rows) if close else rows, head) == [(Damage.REMOVED, position)]


@cases(st.sets(positions, min_size=1, max_size=LENGTH))
def test_every_removed_row_is_named(removed):
    rows = chain(LENGTH)
    head = end(rows)
    left = [row for row in rows if row["seq"] not in removed]
    assert found(left, head) == [(Damage.REMOVED, seq) for seq in sorted(removed)]


@cases(st.integers(1, LENGTH + 1))
def test_an_inserted_row_is_named(position):
    rows = chain(LENGTH)
    head = end(rows)
    forged = dict(rows[min(position, LENGTH) - 1]) | {"actor": "forger", "seq": position}
    forged["previous"] = rows[position - 2]["hash"] if position > 1 else "0" * 64
    forged["hash"] = hash_of(forged)
    rows.insert(position - 1, forged)
    assert found(closed_up(rows), head) == [(Damage.INSERTED, position)]


@cases(st.lists(positions, min_size=2, max_size=2, unique=True))
def test_two_rows_that_changed_places_are_both_named(pair):
    rows = chain(LENGTH)
    head = end(rows)
    one, other = sorted(pair)
    rows[one - 1], rows[other - 1] = rows[other - 1], rows[one - 1]
    assert found(closed_up(rows), head) == [(Damage.REORDERED, one), (Damage.REORDERED, other)]


@cases(st.integers(1, LENGTH - 1))
def test_a_head_turned_back_leaves_the_later_rows_over(position):
    rows = chain(LENGTH)
    head = end(rows[:position])
    assert found(rows, head) == [(Damage.INSERTED, seq) for seq in range(position + 1, LENGTH + 1)]


def rewritten(position: int) -> list[dict]:
    """A log whose rows from a position on were all made anew, head included."""
    rows = chain(LENGTH)
    previous = rows[position - 1]["previous"]
    for row in rows[position - 1 :]:
        row["actor"], row["previous"] = "forger", previous
        row["hash"] = previous = hash_of(row)
    return rows


@pytest.mark.parametrize("kept", ["outside", "inside"])
@settings(max_examples=10)
@cases(position=positions)
def test_only_an_anchor_finds_a_log_rewritten_to_its_end(kept, position):
    anchor = end(chain(LENGTH))
    rows = rewritten(position)
    assert verdict(rows, head=end(rows)).sound
    where = {"anchors": [anchor]} if kept == "outside" else {"stored_anchors": [anchor]}
    read = verdict(rows, head=end(rows), **where)
    assert [(finding.damage, finding.seq) for finding in read.findings] == [(Damage.ANCHOR, LENGTH)]


def test_a_missing_head_is_said():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE store_audithead (id, seq, hash)")
        connection.execute("CREATE TABLE store_auditanchor (seq, hash)")
        assert [finding.damage for finding in verify_chain(connection).findings] == [Damage.NO_HEAD]


@pytest.mark.parametrize(
    "damage", [lambda rows: rows.clear(), lambda rows: rows.reverse()], ids=["emptied", "turned round"]
)
def test_whatever_is_done_something_is_found(damage: Callable[[list[dict]], None]):
    rows = chain(LENGTH)
    head = end(rows)
    damage(rows)
    assert found(closed_up(rows), head)
