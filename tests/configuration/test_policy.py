"""The policy folder is read whole or refused by file and key (2.1, 5.3, 12.8, 33)."""

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.policy import load_policy
from inro.practice.editions import EFFECTIVE_DATES, NoEditionInForce

POLICY = Path("policy")


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(POLICY, tmp_path / "policy"))


def refused(folder: Path, *, at: Path) -> ConfigurationRefused:
    with pytest.raises(ConfigurationRefused) as refusal:
        load_policy(folder)
    assert refusal.value.file == at
    assert refusal.value.problem
    return refusal.value


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_policy_that_comes_along_is_valid():
    policy = load_policy(POLICY)
    assert [date.fromisoformat(name) for name in policy.editions] == list(EFFECTIVE_DATES)
    # RFC 8785 by hand: the hash is one that a stranger can compute too.
    files = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in (
            POLICY / "editions" / "2025-04-01.toml",
            *(POLICY / "editions" / "2025-04-01").iterdir(),
        )
    }
    bundle = {"edition": "2025-04-01", "effective_from": "2025-04-01", "files": files}
    canonical = json.dumps(bundle, sort_keys=True, separators=(",", ":")).encode()
    assert policy.edition_hashes["2025-04-01"] == hashlib.sha256(canonical).hexdigest()


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2021, 4, 14), "2021-04-14"),
        (date(2023, 4, 24), "2022-04-08"),
        (date(2025, 4, 1), "2025-04-01"),
        (date(2060, 1, 1), "2025-04-01"),
    ],
)
def test_the_edition_in_force_is_found(day, edition):
    assert load_policy(POLICY).edition_on(day).terms.edition == edition


def test_before_the_first_edition_there_is_none():
    with pytest.raises(NoEditionInForce):
        load_policy(POLICY).edition_on(date(2021, 4, 13))


@pytest.mark.parametrize("name", ["subscriber", "ca", "lists"])
def test_an_unknown_key_in_a_profile_is_named(folder, name):
    file = folder / "profiles" / f"{name}.toml"
    file.write_text("surprise = 1\n" + file.read_text("utf-8"), "utf-8")
    assert "surprise" in refused(folder, at=file).key


@pytest.mark.parametrize("name", ["subscriber", "ca", "lists"])
def test_a_missing_profile_is_named(folder, name):
    file = folder / "profiles" / f"{name}.toml"
    file.unlink()
    refused(folder, at=file)


def test_profiles_that_disagree_are_refused(folder):
    replace(folder / "profiles" / "lists.toml", "http://repository.inro.example", "http://other.inro.example")
    refused(folder, at=folder / "profiles")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("retention_years = 10", "retention_yeers = 10", "retention_yeers"),
        ("1y = 11000", "", "prices"),
        ('tax_rate = "0.10"', "tax_rate = 0.10", "tax_rate"),
        ("slip_days = 20", "slip_days = 0", "slip_days"),
        ("disclosure_fee = 2000", "", "disclosure_fee"),
    ],
)
def test_an_edition_with_an_impossible_figure_is_named(folder, old, new, key):
    file = folder / "editions" / "2025-04-01.toml"
    replace(file, old, new)
    assert refused(folder, at=file).key == key


def test_an_edition_is_called_as_its_file(folder):
    file = folder / "editions" / "2025-04-01.toml"
    file.rename(folder / "editions" / "2026-04-01.toml")
    refused(folder, at=folder / "editions" / "2026-04-01.toml")


def test_two_editions_of_one_day_are_refused(folder):
    file = folder / "editions" / "2025-04-01.toml"
    other = folder / "editions" / "other.toml"
    shutil.copytree(file.with_suffix(""), other.with_suffix(""))
    other.write_text(file.read_text("utf-8").replace('edition = "2025-04-01"', 'edition = "other"'), "utf-8")
    refused(folder, at=folder / "editions")


def test_no_edition_at_all_is_refused(folder):
    for file in (folder / "editions").glob("*.toml"):
        file.unlink()
    refused(folder, at=folder / "editions")


@pytest.mark.parametrize("text", ["terms.txt", "fees.txt", "cps.txt"])
@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff"])
def test_a_text_that_nobody_could_read_is_named(folder, text, content):
    file = folder / "editions" / "2025-04-01" / text
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    refused(folder, at=file)


def test_an_edition_is_named_so_that_it_can_be_published(folder):
    file = folder / "editions" / "2025-04-01.toml"
    other = folder / "editions" / "春の版.toml"
    other.write_text(file.read_text("utf-8").replace('edition = "2025-04-01"', 'edition = "春の版"'), "utf-8")
    refused(folder, at=other)
