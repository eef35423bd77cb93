"""`inro cards`: a box's list into stock whole or not at all, and what is left of it (17.1)."""

import pytest

from tests.cli.command import inro
from tests.cli.test_bad_input import check

LISTED = "0026120100000001\n0026120100000002\n\n00261201000000AB\n"


def receive(home, text: str, *, model: str = "ISO-A1"):
    file = home.parent / "box.txt"
    file.write_text(text, "utf-8")
    return inro("cards", "receive", str(file), "--model", model, "--home", str(home), cwd=home)


def stock(home) -> list[str]:
    told = inro("cards", "stock", "--home", str(home), cwd=home)
    assert told.returncode == 0, told.stderr
    return [" ".join(line.split()) for line in told.stdout.splitlines()]


def test_a_box_comes_into_stock_once(home):
    assert stock(home) == []
    done = receive(home, LISTED)
    assert done.returncode == 0, done.stderr
    assert "cards taken into stock: 3" in done.stdout
    assert receive(home, "0026120100000003\n", model="ISO-B2").returncode == 0
    assert stock(home) == ["3 ISO-A1", "1 ISO-B2"]
    check(receive(home, "0026120100000009\n00261201000000ab\n"), "00261201000000ab is on record", status=1)
    assert stock(home) == ["3 ISO-A1", "1 ISO-B2"]


@pytest.mark.parametrize(
    ("text", "model", "said"),
    [
        ("0026120100000001\n26120100000001\n", "A", "2行目は16桁の十六進数ではありません"),
        ("0026120100000001\n0026120100000001\n", "A", "二度あります"),
        ("\n", "A", "製造番号がありません"),
        ("0026120100000001\n", "", "型式は1文字から32文字"),
    ],
)
def test_a_list_that_is_wrong_brings_nothing(home, text, model, said):
    check(receive(home, text, model=model), said, status=2)
    assert stock(home) == []


def test_a_list_that_is_not_there_is_told(home):
    told = inro("cards", "receive", "nowhere.txt", "--model", "A", "--home", str(home), cwd=home)
    check(told, "nowhere.txt", status=2)
