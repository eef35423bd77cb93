"""The signer's journal: what it remembers can't be used twice, and can't be changed by anyone else."""

import hashlib
import hmac
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from inro.signer.journal import Journal, JournalBroken, JournalConflict, Kind


class SecretAuthenticator:
    """An authenticator with its secret in memory, as a token has it inside."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def authenticate(self, data: bytes) -> bytes:
        return hmac.digest(self._secret, data, hashlib.sha256)


OURS = SecretAuthenticator(b"the token's journal key")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    opened = Journal.open(path, authenticator=OURS)
    yield opened
    opened.close()


def tampered(path: Path, *statements: str) -> None:
    """Change the file as somebody with write access and a database tool would."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER entry_is_never_changed")
    connection.execute("DROP TRIGGER entry_is_never_removed")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def filled(path: Path) -> None:
    """Leave three entries behind."""
    journal = Journal.open(path, authenticator=OURS)
    journal.remember(Kind.SERIAL, "01", order=1)
    journal.remember(Kind.SERIAL, "02", order=2)
    journal.remember(Kind.REVOKED, "01", entry="3000")
    journal.close()


def test_what_was_remembered_is_recalled(journal: Journal) -> None:
    assert journal.remember(Kind.APPROVAL, "aa", order=1, serial="01")
    entry = journal.recall(Kind.APPROVAL, "aa")
    assert entry is not None
    assert entry.details == {"order": 1, "serial": "01"}
    assert journal.recall(Kind.APPROVAL, "bb") is None
    assert journal.recall(Kind.SERIAL, "aa") is None


def test_the_same_entry_twice_is_one_entry(journal: Journal) -> None:
    journal.remember(Kind.SERIAL, "01", order=1)
    head = journal.head
    assert not journal.remember(Kind.SERIAL, "01", order=1)
    assert journal.head == head
    assert journal.count(Kind.SERIAL) == 1


def test_an_approval_serves_one_matter_only(journal: Journal) -> None:
    journal.remember(Kind.APPROVAL, "aa", order=1, serial="01")
    head = journal.head
    with pytest.raises(JournalConflict):
        journal.remember(Kind.APPROVAL, "aa", order=2, serial="02")
    with pytest.raises(JournalConflict):
        journal.remember(Kind.APPROVAL, "aa", order=1, serial="02")
    assert journal.head == head


def remember_both(journal: Journal) -> None:
    """Remember a fresh key and a serial that stands for another order."""
    with journal.together():
        journal.remember(Kind.PUBLIC_KEY, "aa", order=2)
        journal.remember(Kind.SERIAL, "01", order=2)


def test_entries_made_together_all_stand_or_none_does(journal: Journal) -> None:
    journal.remember(Kind.SERIAL, "01", order=1)
    head = journal.head
    with pytest.raises(JournalConflict):
        remember_both(journal)
    assert journal.head == head
    assert journal.recall(Kind.PUBLIC_KEY, "aa") is None
    with journal.together():
        journal.remember(Kind.PUBLIC_KEY, "aa", order=2)
        journal.remember(Kind.SERIAL, "02", order=2)
    assert journal.head[0] == 3


def test_it_stands_after_the_process_has_ended(path: Path) -> None:
    filled(path)
    journal = Journal.open(path, authenticator=OURS)
    assert journal.head[0] == 3
    assert [entry.key for entry in journal.entries(Kind.SERIAL)] == ["01", "02"]
    last = journal.last(Kind.SERIAL)
    assert last is not None
    assert last.key == "02"
    journal.close()


def test_the_last_of_a_prefix(journal: Journal) -> None:
    journal.remember(Kind.LIST, "crl:1", tbs_sha256="aa")
    journal.remember(Kind.LIST, "full_crl:1", tbs_sha256="bb")
    last = journal.last(Kind.LIST, prefix="crl:")
    assert last is not None
    assert last.key == "crl:1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET details = '{\"order\":9}' WHERE sequence = 1",
        "DELETE FROM entry WHERE sequence = 2",
        "UPDATE entry SET key = '03' WHERE sequence = 2",
        "UPDATE entry SET kind = 'retired' WHERE sequence = 3",
        "UPDATE entry SET code = zeroblob(32) WHERE sequence = 3",
        "UPDATE entry SET hash = zeroblob(32) WHERE sequence = 2",
    ],
)
def test_a_changed_journal_is_not_opened(path: Path, statement: str) -> None:
    filled(path)
    tampered(path, statement)
    with pytest.raises(JournalBroken):
        Journal.open(path, authenticator=OURS)


def test_an_entry_of_another_token_is_not_believed(path: Path) -> None:
    filled(path)
    with pytest.raises(JournalBroken):
        Journal.open(path, authenticator=SecretAuthenticator(b"another key"))


def test_only_one_process_holds_it(path: Path, journal: Journal) -> None:
    journal.remember(Kind.SERIAL, "01", order=1)
    with pytest.raises(JournalBroken, match="locked"):
        Journal.open(path, authenticator=OURS)


def test_entries_are_never_changed_or_removed_by_accident(path: Path) -> None:
    filled(path)
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("DELETE FROM entry")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE entry SET key = 'x'")
    connection.close()


def test_a_file_that_is_no_journal_is_refused(path: Path) -> None:
    path.write_bytes(b"not a database, for it is much too short to be one" * 40)
    with pytest.raises(JournalBroken):
        Journal.open(path, authenticator=OURS)
