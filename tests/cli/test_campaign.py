"""`inro campaign`: planned and printed from the machine, released by another, proved as a file (6.2, 43)."""

import csv
import io
import shutil
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest

from inro.practice.calendar import jst_date
from tests import past
from tests.cli.command import inro, python
from tests.cli.test_bad_input import check
from tests.cli.test_import_applications import take

# The command goes by the clock.
TODAY = jst_date(datetime.now(UTC))
ENDS = TODAY + timedelta(days=70)
# Releasing is for the office alone: here its use case, as another person there.
RELEASE = """
from datetime import UTC, datetime
from pathlib import Path
from inro.cli.installed import installed
from inro.practice.duties import Duty
with installed("test", Path({home!r})):
    from inro.store.reads.campaign import campaign_record
    from inro.usecases.actor import Actor
    from inro.usecases.campaign import release_campaign, told_items
    release_campaign(
        number={number!r}, told=told_items(campaign_record({number!r})),
        actor=Actor(name="p-accept", duties=frozenset({{Duty.ACCEPTANCE}})), now=datetime.now(UTC),
    )
"""


@pytest.fixture(scope="module")
def house(made_home, tmp_path_factory):
    """An installation with three subscribers from before it, of whom one cannot be printed."""
    home = shutil.copytree(made_home, tmp_path_factory.mktemp("campaign") / "home")
    rows = (
        past.row(ends_on=ENDS.isoformat()),
        past.row(past.SOLE, ends_on=ENDS.isoformat(), certificate_name="鈴木　次郎"),
        past.row(
            number="N4", ends_on=ENDS.isoformat(), legal_name="\U00013000橋　花子", romaji="TAKAHASHI HANAKO"
        ),
    )
    taken = take(home, past.octets(*rows))
    assert taken.returncode == 0, taken.stderr
    return home


def campaign(home, *arguments):
    return inro("campaign", *arguments, "--home", str(home), cwd=home.parent)


def window(first: date = TODAY, last: date = ENDS) -> tuple[str, ...]:
    return ("--day", first.isoformat(), "--until", last.isoformat(), "--before", "2")


def proof(home, number) -> list[dict[str, str]]:
    outcome = campaign(home, "proof", number)
    assert outcome.returncode == 0, outcome.stderr
    return list(csv.DictReader(io.StringIO(outcome.stdout)))


def test_a_renewal_is_planned_released_elsewhere_printed_in_lots_and_proved(house):
    planned = campaign(house, "plan", "renewal", *window())
    assert planned.returncode == 0, planned.stderr
    number = planned.stdout.split()[0]
    assert "準備待ち: 3" in planned.stdout
    assert f"{number}  承認待ち  有効期間の満了と更新" in campaign(house, "list").stdout
    check(campaign(house, "plan", "renewal", *window()), "Somebody else was first", status=1)
    letters = house.parent / "letters"
    check(campaign(house, "run", number, "--into", str(letters)), "印刷・送信", status=1)
    released = python(RELEASE.format(home=str(house), number=number), cwd=house)
    assert released.returncode == 0, released.stderr
    for _ in range(2):
        run = campaign(house, "run", number, "--into", str(letters))
        assert run.returncode == 0, run.stderr
        [lot] = letters.iterdir()
        assert lot.stat().st_mode & 0o077 == 0
        with pikepdf.open(lot) as document:
            assert len(document.pages) > 2
        # The file of a lot on record is written again where it is gone.
        lot.unlink()
    assert campaign(house, "run", number, "--into", str(letters)).returncode == 0
    assert len(list(letters.iterdir())) == 1
    lines = proof(house, number)
    assert [line["left out"] for line in lines] == ["", "", "unprintable"]
    assert {line["standing"] for line in lines} == {"missing"}
    assert [line["name"] for line in lines] == ["佐藤　一郎", "鈴木　次郎", ""]
    assert campaign(house, "prepare", number).stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (("plan", "renewal", "--day", "2027-02-30"), "日付として読めません", 2),
        (("plan", "renewal", *window(ENDS, TODAY)), "初日以後", 2),
        (("plan", "maintenance", "--day", TODAY.isoformat(), "--words", "停止"), "期間を置いて", 2),
        (
            ("plan", "discontinuation", "--day", "2099-03-31", "--channel", "email"),
            "この方法では送れません",
            2,
        ),
        (("plan", "organization", "--organization", "9999999999999"), "対象者がいません", 2),
        (("run", "K26-999999-X", "--into", "out"), "K26-999999-X", 1),
        (("proof", "K26-999999-X"), "K26-999999-X", 1),
        (("prepare", "K26-999999-X"), "K26-999999-X", 1),
    ],
)
def test_bad_input_is_one_clear_line(house, arguments, said, status):
    check(campaign(house, *arguments), said, status=status)
