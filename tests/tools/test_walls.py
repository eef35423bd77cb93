"""Every wall of the house falls over when somebody builds a door into it."""

import shutil
import tomllib
from pathlib import Path

import pytest

from tests.tools.tree import PROJECT, plant, run

ROOMS = [
    "demo",
    "web",
    "worker",
    "signer",
    "station",
    "responder",
    "probe",
    "ceremony",
    "cli",
    "usecases",
    "adapters",
    "store",
    "ports",
    "configuration",
    "words",
    "paper",
    "virtual_card",
    "pki",
    "japanese",
    "practice",
    "settings",
]


@pytest.fixture
def house(tmp_path):
    rooms = {f"src/inro/{room}/__init__.py": "" for room in ROOMS}
    plant(tmp_path, rooms | {"src/inro/__init__.py": "", "src/inro/web/office/__init__.py": ""})
    devices = (
        "ca_token subscriber_token document_token ocsp_token soft_card pcsc_card opensc_card ldap_directory"
    )
    plant(tmp_path, {f"src/inro/adapters/{name}.py": "" for name in devices.split()})
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(house: Path):
    return run(house, "lint-imports", "--no-cache", PYTHONPATH=f"{house / 'src'}:{PROJECT}", COLUMNS="300")


def test_an_empty_house_keeps_every_contract(house):
    outcome = lint(house)
    assert outcome.returncode == 0, outcome.stdout
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert f"Contracts: {len(contracts)} kept, 0 broken." in outcome.stdout


@pytest.mark.parametrize(
    ("file", "imported", "contract"),
    [
        ("practice/rule.py", "inro.pki", "imports go down, never up"),
        ("store/rows.py", "inro.usecases", "imports go down, never up"),
        ("adapters/x.py", "inro.usecases", "imports go down, never up"),
        ("cli/main.py", "inro.signer", "imports go down, never up"),
        ("station/desk.py", "inro.signer", "imports go down, never up"),
        ("ports/x.py", "inro.configuration", "imports go down, never up"),
        ("signer/x.py", "inro.demo", "imports go down, never up"),
        ("practice/rule.py", "cryptography", "practice imports the standard library only"),
        ("practice/rule.py", "django.db", "practice imports the standard library only"),
        ("pki/x.py", "django.utils", "never reach Django or a database"),
        ("japanese/x.py", "django.db", "never reach Django or a database"),
        ("paper/x.py", "sqlite3", "never reach Django or a database"),
        ("ports/x.py", "psycopg", "never reach Django or a database"),
        ("adapters/x.py", "inro.store", "never reach Django or a database"),
        ("usecases/x.py", "inro.settings", "settings are reached by name"),
        ("web/office/x.py", "inro.adapters.ca_token", "only signer and ceremony"),
        ("cli/x.py", "inro.adapters.ca_token", "only signer and ceremony"),
        ("adapters/detour.py", "inro.adapters.ca_token", "only signer and ceremony"),
        ("signer/x.py", "inro.adapters.subscriber_token", "only station"),
        ("worker/x.py", "inro.adapters.soft_card", "only station"),
        ("web/x.py", "inro.adapters.pcsc_card", "only station"),
        ("ceremony/x.py", "inro.adapters.opensc_card", "only station"),
        ("web/x.py", "inro.adapters.document_token", "only web.office and worker"),
        ("web/x.py", "inro.adapters.ocsp_token", "only signer and responder"),
        ("station/x.py", "pkcs11", "PKCS#11, PC/SC, LDAP and S3"),
        ("usecases/x.py", "ldap", "PKCS#11, PC/SC, LDAP and S3"),
    ],
)
def test_a_door_in_a_wall_is_found(house, file, imported, contract):
    plant(house, {f"src/inro/{file}": f"import {imported}\n"})
    outcome = lint(house)
    assert outcome.returncode == 1, outcome.stdout
    broken = [line for line in outcome.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(contract in line for line in broken), outcome.stdout


def test_a_room_that_the_plan_lacks_is_found(house):
    plant(house, {"src/inro/utils/__init__.py": ""})
    outcome = lint(house)
    assert outcome.returncode == 1
    assert "inro.utils" in outcome.stdout.replace("\n", "")


@pytest.mark.parametrize(
    ("file", "imported"),
    [
        ("signer/x.py", "inro.adapters.ca_token"),
        ("ceremony/x.py", "inro.adapters.ca_token"),
        ("station/x.py", "inro.adapters.soft_card"),
        ("web/office/x.py", "inro.adapters.document_token"),
        ("demo/x.py", "inro.adapters.ca_token"),
        ("practice/x.py", "zoneinfo"),
        ("adapters/x.py", "pkcs11"),
        ("usecases/x.py", "django.db"),
    ],
)
def test_a_door_of_the_plan_stays_open(house, file, imported):
    plant(house, {f"src/inro/{file}": f"import {imported}\n"})
    outcome = lint(house)
    assert outcome.returncode == 0, outcome.stdout
