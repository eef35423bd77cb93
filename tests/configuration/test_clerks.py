"""Who may sit at a demonstration's desk: known duties, every clerk once (40(7))."""

import pytest

from inro.configuration.clerks import load_clerks
from inro.configuration.errors import ConfigurationRefused
from inro.practice.duties import Duty

CLERK = '[[clerks]]\nperson = "mori"\nname = "森　咲子"\nduties = ["intake"]\n'


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
