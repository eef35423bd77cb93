"""A mass revocation from the machine: nothing to plan, and everything that is wrong with a plan (22.1)."""

import pytest

from tests.cli.command import inro


def test_what_is_wrong_is_told_with_what_to_do(installation):
    def mass(*what: str):
        return inro("mass-revocation", *what, "--home", str(installation), cwd=installation)

    assert mass("list").stdout == ""
    nobody = mass("plan", "22.1(8)", "--everyone")
    assert nobody.returncode == 2
    assert "条件に合う有効な証明書がありません" in nobody.stderr
    assert "22.1(10)" not in mass("plan", "22.1(10)", "--everyone").stdout
    unknown = mass("show", "G26-000001-X")
    assert unknown.returncode == 1
    assert len(unknown.stderr.splitlines()) <= 2


@pytest.mark.parametrize(
    "options",
    [("22.1(10)", "--everyone"), ("22.1(8)",), ("22.1(8)", "--card-model", "x", "--issued-from", "then")],
)
def test_a_plan_that_is_not_whole_ends_with_status_2(installation, options):
    told = inro("mass-revocation", "plan", *options, "--home", str(installation), cwd=installation)
    assert told.returncode == 2
    assert told.stdout == ""
