"""Decisions are verified years later, by the house and by a stranger with an export alone (9.1, 40(4))."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from inro.pki.roster import encode_roster
from inro.store.decisions_export import exported_decisions
from inro.store.decisions_verify import DecisionDamage, verify_decisions
from inro.store.models import Decision, IssuanceOrder
from inro.usecases.actor import process
from inro.usecases.roster import install_roster
from tests import given
from tests.pki import material
from tests.signer.tampering import tamper

SCRIPT = Path(__file__).parents[2] / "docs" / "operations" / "verify_decisions.py"
KEY = material.public_key_info("roster")


@pytest.fixture
def number(db) -> str:
    """The number of an application that three officers decided on, their roster on record."""
    house = given.office()
    document = encode_roster(house.officers.roster)
    install_roster(
        document=document,
        signature=material.signer("roster")(document),
        public_key_info=KEY,
        actor=process("ceremony"),
        now=given.NOW,
    )
    return IssuanceOrder.objects.get(pk=given.accepted(house)).application.number


def verdict(key: bytes = KEY):
    return verify_decisions(connection.connection, roster_key=key)


def export(number: str) -> dict:
    return exported_decisions(connection.connection, application=number, roster_key=KEY)


def by_a_stranger(exported: dict, folder: Path, key_sha256: str = hashlib.sha256(KEY).hexdigest()):
    """Run the script with the standard library and `cryptography` alone, isolated from this project."""
    file = folder / "export.json"
    file.write_text(json.dumps(exported, ensure_ascii=False), "utf-8")
    command = [sys.executable, "-I", str(SCRIPT), str(file), key_sha256]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_decision_stands(number):
    assert (verdict().standing, verdict().disposed, verdict().findings) == (3, 0, ())


ALTERED = {
    "content": "content = '{}'",
    "columns": "verdict = 'reject'",
    "credential": "person = 'p-both'",
    "duty": "decided_at = '2019-01-01 00:00:00+00:00'",
    "assertion": "signature = (SELECT signature FROM store_decision WHERE purpose = 'examination')",
}


@pytest.mark.parametrize("damage", ALTERED)
def test_a_decision_altered_on_record_is_named(number, damage):
    tamper(f"UPDATE store_decision SET {ALTERED[damage]} WHERE purpose = 'acceptance'")
    [found] = verdict().findings
    altered = Decision.objects.get(purpose="acceptance")
    assert (found.damage, found.decision) == (damage, altered.decision)


def test_a_roster_nobody_signed_vouches_for_nobody(number):
    tamper("UPDATE store_installedroster SET signature = document")
    assert {found.damage for found in verdict().findings} == {DecisionDamage.ROSTER}
    assert len(verdict().findings) == 3


def test_another_ceremonys_key_vouches_for_nobody(number):
    found = verdict(material.public_key_info("station")).findings
    assert {one.damage for one in found} == {DecisionDamage.ROSTER}


def test_what_is_disposed_of_is_counted_and_no_finding(number):
    tamper("UPDATE store_decision SET content = NULL WHERE purpose = 'acceptance'")
    assert (verdict().standing, verdict().disposed, verdict().findings) == (2, 1, ())


def test_a_stranger_verifies_an_export(number, tmp_path):
    told = by_a_stranger(export(number), tmp_path)
    assert told.returncode == 0, told.stderr
    assert [line.split()[1:4] for line in told.stdout.splitlines()] == [
        ["examination", "accept", "p-exam"],
        ["acceptance", "accept", "p-accept"],
        ["issuance", "accept", "p-issue"],
    ]


def _other_content(exported: dict) -> None:
    exported["decisions"][1]["content"] = exported["decisions"][1]["content"].replace("HANAKO", "TARO")


def _other_case(exported: dict) -> None:
    exported["application"] = "A26-999999-0"


def _swapped(exported: dict) -> None:
    first, second, _ = exported["decisions"]
    first["signature"], second["signature"] = second["signature"], first["signature"]


def _without_the_first(exported: dict) -> None:
    del exported["decisions"][0]


def _widened(exported: dict) -> None:
    exported["rosters"][0]["document"] = exported["rosters"][0]["document"].replace('"intake"', '"audit"')


def _other_person(exported: dict) -> None:
    exported["decisions"][2]["person"] = "p-exam"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_other_content, "another content"),
        (_other_case, "another case"),
        (_swapped, "signature does not fit"),
        (_without_the_first, "follows a decision that is not there"),
        (_widened, "not signed by the roster key"),
        (_other_person, "another's"),
    ],
)
def test_a_stranger_believes_no_changed_export(number, tmp_path, change, said):
    exported = export(number)
    change(exported)
    told = by_a_stranger(exported, tmp_path)
    assert told.returncode == 1
    assert said in told.stderr


def test_a_stranger_believes_the_key_of_the_transcript_alone(number, tmp_path):
    told = by_a_stranger(export(number), tmp_path, key_sha256="00" * 32)
    assert (told.returncode, "key is another" in told.stderr) == (1, True)


def test_of_an_unknown_application_there_is_nothing_to_export(number):
    assert export("A26-999999-0")["decisions"] == []
