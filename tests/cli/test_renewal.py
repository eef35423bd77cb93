"""`inro renewal print`: a PDF for each person and an index of the mailing (6.2, 8.11)."""

import csv
import io
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest

from inro.practice.calendar import jst_date
from tests import past
from tests.cli.command import inro
from tests.cli.test_bad_input import check
from tests.cli.test_import_applications import take

# The command goes by the clock.
ENDS = (jst_date(datetime.now(UTC)) + timedelta(days=400)).isoformat()
GONE = "2026-01-31"


@pytest.fixture(scope="module")
def mailed(made_home, tmp_path_factory):
    """A mailing to four, of whom two cannot have their forms printed beforehand."""
    folder = tmp_path_factory.mktemp("mailing")
    rows = (
        past.row(ends_on=ENDS),
        past.row(past.SOLE, ends_on=ENDS, certificate_name="鈴木　次郎"),
        past.row(number="N3", ends_on=ENDS, stay_ends="2025-03-31"),
        # Noncharacters apart, nothing draws this one.
        past.row(number="N4", ends_on=ENDS, legal_name="\U00013000橋　花子", romaji="TAKAHASHI HANAKO"),
        past.row(number="N5", ends_on=GONE),
    )
    home = shutil.copytree(made_home, folder / "home")
    taken = take(home, past.octets(*rows))
    assert taken.returncode == 0, taken.stderr
    outcome = inro(
        "renewal", "print", "--expiring-by", ENDS, "--into", "out", "--home", str(home), cwd=folder
    )
    return home, folder / "out", outcome


def index(out: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO((out / "index.csv").read_text("utf-8-sig"))))[1:]


def test_a_mailing_is_a_pdf_each_and_an_index(mailed):
    _home, out, outcome = mailed
    assert outcome.returncode == 1
    rows = index(out)
    assert [row[1] for row in rows] == ["DC-0001234", "DC-0001235", "N3", "N4"]
    assert [bool(row[7]) for row in rows] == [True, True, False, False]
    assert rows[0][4:7] == [
        "株式会社みほん建設　総務部　佐藤　一郎",
        "530-0099",
        "大阪府架空市北町４番５号　みほんビル２階",
    ]
    assert rows[1][4] == "鈴木　次郎"
    for row in rows[:2]:
        with pikepdf.open(out / row[7]) as document:
            assert str(len(document.pages)) == row[8]
        assert (out / row[7]).stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in out.iterdir()) == sorted([rows[0][7], rows[1][7], "index.csv"])


def test_who_cannot_be_printed_is_told_in_both_languages(mailed):
    _home, out, outcome = mailed
    assert "N3: 在留期間が過ぎています / the period of stay is over" in outcome.stdout
    assert "U+13000" in outcome.stdout
    [last] = outcome.stderr.splitlines()
    assert "印字できなかった申込み: 2 / not printed: 2  対処 / what to do: " in last
    assert "U+13000" in index(out)[3][9]


def test_printing_again_gives_the_same_bytes(mailed, tmp_path):
    home, out, _outcome = mailed
    arguments = ("DC-0001234", "--into", str(tmp_path / "again"), "--home", str(home))
    outcome = inro("renewal", "print", *arguments, cwd=tmp_path)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    [row] = index(tmp_path / "again")
    assert row[9] == "再印刷 / printed again"
    assert (tmp_path / "again" / row[7]).read_bytes() == (out / row[7]).read_bytes()


def test_a_certificate_that_has_ended_gets_forms_without_a_notice(mailed, tmp_path):
    home, *_ = mailed
    outcome = inro("renewal", "print", "N5", "--into", "out", "--home", str(home), cwd=tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    assert index(tmp_path / "out")[0][8] == "5"


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        ((), "番号か満了日", 2),
        (("DC-0001234", "--expiring-by", "2027-01-01"), "番号か満了日", 2),
        (("--expiring-by", "2027-02-30"), "日付として読めません", 2),
        (("A26-999999-X",), "A26-999999-X", 1),
        (("X" * 1_000,), "記録にありません", 1),
    ],
)
def test_bad_input_is_one_clear_line(mailed, tmp_path, arguments, said, status):
    home, *_ = mailed
    outcome = inro("renewal", "print", *arguments, "--into", "out", "--home", str(home), cwd=tmp_path)
    check(outcome, said, status=status)
    assert not list(tmp_path.glob("out/*.pdf"))


def test_a_folder_that_cannot_be_made_is_told(mailed, tmp_path):
    home, *_ = mailed
    (tmp_path / "file").touch()
    outcome = inro("renewal", "print", "N5", "--into", "file", "--home", str(home), cwd=tmp_path)
    check(outcome, "file", status=1)
