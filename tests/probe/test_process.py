"""`python -m inro.probe` as a timer runs it: what it prints, with which status, whom it tells (26.2)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from inro.probe.__main__ import main
from tests.cli.test_deadlines import mails
from tests.probe.given_house import GivenHouse, given_house

__all__ = ["mails"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GivenHouse]:
    with given_house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture
def plan(house: GivenHouse, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan of a prober that needs no installation."""
    monkeypatch.delenv("INRO_HOME", raising=False)
    house.instead.clear()
    house.instead["/cps/"] = b"<title>CPS</title>"
    house.plan()
    return house.folder / "probe.toml"


def test_a_house_in_order_ends_with_0_and_one_line(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--plan", str(plan)]) == 0
    assert capsys.readouterr().out.startswith("○ outside-1 ")
    assert json.loads((plan.parent / "memory.json").read_text("utf-8"))


def test_what_is_wrong_ends_with_1_and_is_told_by_mail(
    house: GivenHouse, plan: Path, mails, capsys: pytest.CaptureFixture[str]
) -> None:
    house.instead["/cps/"] = b""
    with plan.open("a", encoding="utf-8") as file:
        file.write(
            f'[mail]\nhost = "127.0.0.1"\nport = {mails.server_address[1]}\ntls = "none"\n'
            'sender = "probe@ca.example"\n[alarm]\nreceivers = ["duty@ca.example"]\n'
        )
    assert main(["--plan", str(plan), "--mail", "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["problem"], found["address"]) == ("empty", "http://repository.inro.example/cps/")
    (mail,) = mails.taken
    assert b"Subject: inro probe outside-1" in mail


def test_a_memory_that_is_lost_is_told_once(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plan.parent / "memory.json").write_text("{", "utf-8")
    assert main(["--plan", str(plan)]) == 1
    assert "前回の記録が読めません" in capsys.readouterr().out
    assert main(["--plan", str(plan)]) == 0


def test_a_prober_without_plan_or_receivers_ends_with_2(
    house: GivenHouse, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--plan", str(tmp_path / "absent.toml")]) == 2
    house.instead["/cps/"] = b""
    assert main(["--plan", str(plan), "--mail"]) == 2
    assert "[alarm]" in capsys.readouterr().err
