"""The office's key is its owner's alone, its clerks are known duties (40(7))."""

import pytest

from inro.configuration.clerks import load_clerks
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.office_places import OfficePlaces, read_office_key
from inro.practice.duties import Duty

CLERK = '[[clerks]]\nperson = "mori"\nname = "森　咲子"\nduties = ["intake"]\n'


def key_file(folder, text: str, mode: int = 0o600) -> OfficePlaces:
    file = folder / "key"
    file.write_text(text)
    file.chmod(mode)
    return OfficePlaces(key=file, clerks=None, custodians=None)


def test_a_key_of_the_owner_is_read(tmp_path):
    assert read_office_key(key_file(tmp_path, "k" * 48 + "\n")) == "k" * 48


@pytest.mark.parametrize(("text", "mode"), [("k" * 48, 0o640), ("k" * 48, 0o604), ("short", 0o600)])
def test_a_key_that_others_read_or_that_is_short_is_refused(tmp_path, text, mode):
    with pytest.raises(ConfigurationRefused):
        read_office_key(key_file(tmp_path, text, mode))


def test_a_key_that_is_not_there_is_refused_with_how_to_make_one(tmp_path):
    with pytest.raises(ConfigurationRefused) as refused:
        read_office_key(OfficePlaces(key=tmp_path / "key", clerks=None, custodians=None))
    assert "chmod 600" in refused.value.do


def test_clerks_are_read_with_their_duties(tmp_path):
    file = tmp_path / "clerks.toml"
    file.write_text(CLERK)
    (clerk,) = load_clerks(file)
    assert (clerk.person, clerk.duties) == ("mori", {Duty.INTAKE})


@pytest.mark.parametrize(
    "text",
    [CLERK.replace("intake", "everything"), CLERK + CLERK, CLERK + "boss = true\n", "clerks = [1]", ""],
)
def test_what_is_no_list_of_clerks_is_refused(tmp_path, text):
    file = tmp_path / "clerks.toml"
    file.write_text(text)
    with pytest.raises(ConfigurationRefused):
        load_clerks(file)
