"""`inro discontinuation`: keys' destruction on record, records written whole, handed over (11, 40(4))."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from inro.practice.discontinuation import DiscontinuationState as State
from inro.practice.events import EventKind
from inro.store.models import AuditRow, Discontinuation
from inro.store.reads.discontinuation import standing_discontinuation
from tests.cli.command import inro
from tests.pki import material
from tests.usecases import test_last_records as last
from tests.web.installation import installation

type Command = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def home(fresh_database, tmp_path: Path) -> Path:
    """An installation whose last lists are published, beside it the record of a destruction."""
    home = installation(tmp_path / "home")
    last.listed()
    room = home / "room"
    put(room / "roster-key.der", material.public_key_info("roster"))
    put(room / "ca-key.der", last.CA_KEY)
    put(room / "tokens" / "roster" / "token.object", b"kept by its custodians")
    put(room / "destruction" / "transcript.txt", last.TRANSCRIPT)
    put(room / "destruction" / "transcript.sig", last.signed(last.ROSTER))
    put(home / "archive" / "lists" / "aa.crl", b"a list")
    put(home / "documents" / "1", b"a sealed page")
    put(home / "receipt.pdf", b"received")
    journal = home / "signer" / "journal.sqlite"
    journal.parent.mkdir()
    with closing(sqlite3.connect(journal)) as made:
        made.executescript("PRAGMA journal_mode = WAL; CREATE TABLE entry (at TEXT)")
    return home


@pytest.fixture
def end(home: Path) -> Command:
    """Run `inro discontinuation`."""
    return lambda *what: inro("discontinuation", *what, "--home", str(home), cwd=home)


def put(file: Path, octets: bytes) -> None:
    """Write a file of the installation."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(octets)


def keys_destroyed(**columns: str) -> None:
    """Put the destruction on record, and what followed."""
    last.destroyed()
    Discontinuation.objects.update(**columns)


def refused(done: "CompletedProcess[str]", status: int, japanese: str) -> None:
    """See that a command ended with one line that says what to do."""
    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    [line] = done.stderr.splitlines()
    assert japanese in line
    assert "what to do" in line


def left(home: Path) -> list[str]:
    """Return what lies in the installation's folder of what was to be written."""
    return sorted(path.name for path in home.iterdir() if "records" in path.name)


def state() -> State:
    """Return how far the end of the service is."""
    record = standing_discontinuation()
    assert record is not None
    return record.state


def test_records_are_written_whole_and_handed_over_by_the_hash_the_receipt_names(home, end):
    assert "2027-04-01" in end("status").stdout
    done = end("record-destruction", str(home / "room" / "destruction"))
    assert done.returncode == 0, done.stderr
    folder = home / "records"
    written = end("write-records", str(folder))
    assert written.returncode == 0, written.stderr
    manifest = (folder / "manifest.json").read_bytes()
    sha256 = hashlib.sha256(manifest).hexdigest()
    sums = json.loads(manifest)["files"]
    assert f"{len(sums)} " in written.stdout
    assert sha256 in written.stdout
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sums} == sums
    assert {
        "ceremonies/destruction/transcript.txt",
        "documents/1",
        "journal/journal.sqlite",
        "lists/aa.crl",
        "tables/store_auditrow.jsonl",
    } <= sums.keys()
    assert not [name for name in sums if "token" in name]
    assert left(home) == ["records"]
    handed = end("hand-over", "公文書館", "--receipt", str(home / "receipt.pdf"), "--manifest", sha256)
    assert handed.returncode == 0, handed.stderr
    record = standing_discontinuation()
    assert (record.state, record.receiver) == (State.HANDED_OVER, "公文書館")
    assert record.receipt_sha256 == hashlib.sha256(b"received").hexdigest()
    last_row = AuditRow.objects.order_by("-seq")[0]
    assert (last_row.kind, last_row.actor.partition("-")[0]) == (EventKind.RECORDS_HANDED_OVER, "operator")
    refused(end("write-records", str(home / "records-2")), 1, "はできません")
    assert left(home) == ["records"]


def test_what_cannot_be_written_leaves_nothing_behind(home, end):
    folder = str(home / "records")
    refused(end("write-records", folder), 1, "はできません")
    keys_destroyed()
    kept = home / "room" / "destruction" / "transcript.txt"
    kept.rename(home / "transcript.txt")
    refused(end("write-records", folder), 1, "鍵廃棄式の記録")
    (home / "transcript.txt").rename(kept)
    with closing(sqlite3.connect(home / "signer" / "journal.sqlite", isolation_level=None)) as signer:
        signer.executescript("PRAGMA locking_mode = EXCLUSIVE; INSERT INTO entry VALUES ('now')")
        refused(end("write-records", folder), 2, "書き出せません")
    assert left(home) == []
    put(home / "records" / "other", b"of somebody else")
    refused(end("write-records", folder), 2, "書き出せません")
    assert [path.name for path in (home / "records").iterdir()] == ["other"]
    assert left(home) == ["records"]
    assert Discontinuation.objects.get().manifest_sha256 is None
    assert not AuditRow.objects.filter(kind=EventKind.RECORDS_WRITTEN).exists()


def test_records_without_a_true_receipt_are_not_handed_over(home, end):
    sha256 = "ab" * 32
    keys_destroyed(manifest_sha256=sha256)
    receipt = ("--receipt", str(home / "receipt.pdf"))
    refused(end("hand-over", " ", *receipt, "--manifest", sha256), 1, "引渡し先")
    refused(end("hand-over", "公文書館", *receipt, "--manifest", "cd" * 32), 1, "目録")
    missing = ("--receipt", str(home / "none"), "--manifest", sha256)
    refused(end("hand-over", "公文書館", *missing), 2, "読めません")
    assert state() is State.KEYS_DESTROYED
    assert not AuditRow.objects.filter(kind=EventKind.RECORDS_HANDED_OVER).exists()
