"""The command line starts what it says, refuses in two languages, and never with status 0."""

import pytest
import typer

from inro.cli.acts import COMMAND_ACTS
from inro.cli.main import command_line
from inro.practice.permission import ACT_DUTIES
from tests.cli.command import inro


def test_help_names_every_command(tmp_path):
    outcome = inro("--help", cwd=tmp_path)
    assert outcome.returncode == 0
    for command in (
        "demo",
        "serve",
        "doctor",
        "migrate",
        "queue",
        "certificate",
        "signer",
        "station",
        "worker",
        "ceremony",
    ):
        assert f"\n  {command} " in outcome.stdout


@pytest.mark.parametrize(
    ("arguments", "japanese", "english", "do"),
    [
        (["demo", "--date", "2026-02-30"], "日付として読めません", "not a date", "--date 2026-12-01"),
        (["demo", "--date", "soon"], "日付として読めません", "not a date", "--date 2026-12-01"),
        (["serve"], "設置がありません", "no installation in var/demo", "make demo"),
        (["doctor"], "どの設置か分かりません", "no installation is named", "--home FOLDER"),
        (["doctor", "--home", "nowhere"], "inro.toml がありません", "no inro.toml in nowhere", "make demo"),
        (["migrate"], "どの設置か分かりません", "no installation is named", "--home FOLDER"),
        (["queue", "verify"], "どの設置か分かりません", "no installation is named", "--home FOLDER"),
        (["signer"], "どの設置か分かりません", "no installation is named", "--home FOLDER"),
        (["certificate", "show", "none.cer"], "読めません", "cannot read", "certificate file"),
    ],
)
def test_a_refusal_says_what_to_do_and_does_nothing(tmp_path, arguments, japanese, english, do):
    outcome = inro(*arguments, cwd=tmp_path)
    assert outcome.returncode != 0
    assert outcome.stdout == ""
    assert outcome.stderr.count("\n") == 1
    for part in (japanese, english, do):
        assert part in outcome.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"no certificate", b"\x30\x82\x01\x00" + bytes(256), bytes(200_000)]
)
def test_what_is_no_certificate_is_refused(tmp_path, content):
    (tmp_path / "odd.cer").write_bytes(content)
    outcome = inro("certificate", "show", "odd.cer", cwd=tmp_path)
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr
    assert "対処 / what to do" in outcome.stderr


def test_an_unknown_command_is_refused(tmp_path):
    outcome = inro("reprint", cwd=tmp_path)
    assert outcome.returncode == 2
    assert "Traceback" not in outcome.stderr


def test_a_port_out_of_range_is_refused(tmp_path):
    assert inro("serve", "--port", "70000", cwd=tmp_path).returncode == 2


def commands(group, before=()) -> list[str]:
    """Return every command of the command line by its words."""
    below = getattr(group, "commands", None)
    if below is None:
        return [" ".join(before)]
    return [name for word, one in below.items() for name in commands(one, (*before, word))]


def test_every_command_is_an_act_or_the_machines_keepers():
    assert sorted(commands(typer.main.get_command(command_line()))) == sorted(COMMAND_ACTS)
    assert {act for act in COMMAND_ACTS.values() if act is not None} <= ACT_DUTIES.keys()
    own = {name for name, act in COMMAND_ACTS.items() if act is None}
    assert own == {
        "certificate show",
        "corporate-numbers show",
        "demo",
        "migrate",
        "name replace",
        "staff found",
    }
