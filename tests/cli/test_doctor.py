"""`inro doctor` over a whole installation: well as it is, and each thing that is taken away is named."""

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inro.cli.documents import swap_finding
from inro.cli.installation import directory_finding, reader_finding
from inro.configuration.installation import load_installation
from tests.cli.command import inro, python

RECEIVE = """
from datetime import datetime
from inro.configuration.process import prepare_process
prepare_process()
from inro.practice.duties import Duty
from inro.store.states import Medium
from inro.usecases.actor import Actor
from inro.usecases.card import BlankCard, receive_blank_cards
receive_blank_cards(
    cards=[BlankCard(serial=f"{{n:016x}}", model="virtual", medium=Medium.VIRTUAL) for n in range(3)],
    actor=Actor(name="p-desk", duties=frozenset(Duty)),
    now=datetime.fromisoformat("{now}"),
)
"""


def doctor(home: Path):
    return inro("doctor", "--home", str(home), cwd=home)


def record(home: Path, now: datetime) -> None:
    done = python(RECEIVE.format(now=now.isoformat()), cwd=home, INRO_HOME=str(home))
    assert done.returncode == 0, done.stderr


def lines_of(outcome, mark: str) -> list[str]:
    return [line for line in outcome.stdout.splitlines() if line.startswith(mark)]


def test_a_whole_installation_is_well(installation):
    record(installation, datetime.now(UTC))
    outcome = doctor(installation)
    assert lines_of(outcome, "×") == []
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert any("データベースの版 / migrations: すべて適用済み" in line for line in lines_of(outcome, "○"))
    assert "△ 担当者名簿 / officers' roster: 未記録です / not on record yet" in lines_of(outcome, "△")


@pytest.mark.parametrize(
    ("path", "subject", "do"),
    [
        ("records.sqlite3", "データベース / database", "inro migrate --home"),
        ("policy/profiles/ca.toml", "ポリシー / policy", ""),
        ("room/roster.sig", "鍵生成式の成果物 / files of the ceremony", "inro ceremony"),
        ("office/key", "業務画面の鍵 / office's key", "openssl rand"),
        ("public/key", "公開画面の鍵 / public pages' key", "openssl rand"),
        ("room/tokens/ca/softhsm2.conf", "認証局の鍵トークン / CA token", "make it readable"),
        ("room/tokens/station/address.json", "発行卓の鍵トークン / station token", "inro.toml"),
        ("room/tokens/documents/softhsm2.conf", "文書の鍵トークン / documents' token", "make it readable"),
        ("documents", "文書保管庫 / document store", "see that the folder is there"),
        ("published", "リポジトリ (Web) / repository (web)", "mkdir -p"),
        ("directory.password", "ディレクトリ (LDAP) / directory (LDAP)", ""),
    ],
)
def test_what_is_taken_away_is_named(installation, path, subject, do):
    gone = installation / path
    gone.rename(installation.parent / "taken")
    outcome = doctor(installation)
    assert outcome.returncode == 1
    assert [line.partition(": ")[0] for line in lines_of(outcome, "×")] == [f"× {subject}"]
    following = outcome.stdout.split(lines_of(outcome, "×")[0])[1].splitlines()[1]
    assert following.startswith("    対処 / what to do: ")
    assert do in following
    assert not gone.exists()


def test_an_empty_token_folder_is_named(installation):
    shutil.rmtree(installation / "room/tokens/ca/tokens")
    (installation / "room/tokens/ca/tokens").mkdir()
    outcome = doctor(installation)
    assert outcome.returncode == 1
    assert "is empty" in lines_of(outcome, "×")[0]


def test_a_house_that_answers_needs_its_token_and_the_key_of_the_ceremony(installation):
    settings = installation / "inro.toml"
    settings.write_text(settings.read_text() + '\n[ocsp]\ntoken = "room/tokens/ocsp"\n')
    outcome = doctor(installation)
    assert outcome.returncode == 1
    trust, token = lines_of(outcome, "×")
    assert "ocsp-key.der" in trust
    assert token.startswith("× OCSPの鍵トークン / OCSP token: ")


def test_an_unknown_key_is_named_and_nothing_else_is_looked_at(installation):
    settings = installation / "inro.toml"
    settings.write_text("colour = 'red'\n" + settings.read_text())
    outcome = doctor(installation)
    assert outcome.returncode == 1
    (line,) = lines_of(outcome, "×")
    assert "colour" in line
    assert "token" not in outcome.stdout


def test_a_database_behind_the_programs_is_named(installation):
    with closing(sqlite3.connect(installation / "records.sqlite3")) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'store'")
        database.commit()
    outcome = doctor(installation)
    assert outcome.returncode == 1
    (line,) = lines_of(outcome, "×")
    assert "not applied: store.0001" in line
    assert f"inro migrate --home {installation}" in outcome.stdout


def test_a_clock_before_the_last_record_is_named(installation):
    record(installation, datetime(2199, 1, 1, tzinfo=UTC))
    outcome = doctor(installation)
    assert outcome.returncode == 1
    (line,) = lines_of(outcome, "×")
    assert "the newest record 2199-01-01 00:00:00Z" in line


def test_a_silent_directory_is_named(installation):
    settings = installation / "inro.toml"
    silent = settings.read_text().replace("ldap://127.0.0.1:", "ldap://127.0.0.1:1")
    settings.write_text(silent.replace('entry = "', 'entry = "cn=elsewhere,'))
    finding = directory_finding(load_installation(installation).repository)
    assert finding.verdict == "missing"
    assert finding.do


def test_a_directory_without_the_certificate_is_doubted(installation):
    settings = installation / "inro.toml"
    settings.write_text(settings.read_text().replace('entry = "', 'entry = "cn=elsewhere,'))
    assert directory_finding(load_installation(installation).repository).verdict == "warning"


def test_virtual_cards_need_no_reader(installation):
    assert reader_finding(load_installation(installation).station).verdict == "ok"


def test_the_audit_log_is_whole_until_somebody_alters_it(installation):
    record(installation, datetime(2026, 12, 1, tzinfo=UTC))
    whole = inro("audit", "verify", "--home", str(installation), cwd=installation)
    assert whole.returncode == 0, whole.stderr
    assert "記録 / rows: 4" in whole.stdout
    with closing(sqlite3.connect(installation / "records.sqlite3")) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE store_auditrow SET actor = 'p-other' WHERE seq = 2")
        database.commit()
    broken = inro("audit", "verify", "--home", str(installation), cwd=installation)
    assert broken.returncode == 1
    assert "× 2: 改変 / altered" in broken.stdout
    assert "the chain is broken" in broken.stdout


def test_an_audit_log_that_is_not_there_is_refused(installation):
    (installation / "records.sqlite3").unlink()
    outcome = inro("audit", "verify", "--home", str(installation), cwd=installation)
    assert outcome.returncode == 1
    assert "記録を読めません" in outcome.stderr
    assert not (installation / "records.sqlite3").exists()


@pytest.mark.parametrize(("key", "subject"), [("quarantine", "quarantine"), ("scanner", "scanner's folder")])
def test_a_folder_on_a_disk_is_no_place_for_pages_with_a_number(installation, key, subject):
    settings = installation / "inro.toml"
    settings.write_text(re.sub(rf'{key} = "/dev/shm', f'{key} = "{installation}', settings.read_text()))
    outcome = doctor(installation)
    assert outcome.returncode == 1
    (line,) = lines_of(outcome, "×")
    assert f" / {subject}: " in line
    assert "not in memory" in line
    assert "a folder under /dev/shm" in outcome.stdout


def test_documents_that_others_can_enter_are_doubted(installation):
    (installation / "documents").chmod(0o750)
    outcome = doctor(installation)
    assert outcome.returncode == 0
    assert [line for line in lines_of(outcome, "△") if "others can enter" in line]
    assert "chmod 700" in outcome.stdout


def test_swap_is_doubted():
    head = "Filename Type Size Used Priority\n"
    assert swap_finding(head).verdict == "ok"
    assert swap_finding(head + "/dev/sda2 partition 1 0 -2\n").verdict == "warning"
