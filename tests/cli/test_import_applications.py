"""`inro import applications`: a file comes in whole or not at all, and every bad line is told (8.5, 8.11)."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from inro.adapters.past_application_file import PastFileFault
from inro.japanese.past_application_columns import LineFault
from inro.words.past_applications import FILE_FAULTS, LINE_FAULTS
from tests import past
from tests.cli.command import INRO, inro
from tests.cli.test_bad_input import check

INDIVIDUAL_NUMBER = "123456789018"


def take(home: Path, octets: bytes, *more: str) -> "subprocess.CompletedProcess[str]":
    file = home.parent / "past.csv"
    file.write_bytes(octets)
    return inro("import", "applications", str(file), "--home", str(home), *more, cwd=home)


def imported(home: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "records.sqlite")) as opened:
        return [
            *opened.execute("SELECT service, number, line FROM store_pastapplication ORDER BY id"),
            *opened.execute("SELECT kind, actor FROM store_auditrow WHERE actor <> 'migrate' ORDER BY seq"),
        ]


def test_a_file_is_imported_and_what_was_there_before_is_told(home):
    outcome = take(home, past.octets(past.row(), past.SOLE, encoding="cp932"))
    assert (outcome.returncode, outcome.stderr) == (0, "")
    *_, last = outcome.stdout.splitlines()
    assert last.startswith("取込み完了 / imported: 2 件 / applications (")
    record = ("records.past_applications_imported", f"operator-{os.getuid()}")
    rows = [("predecessor", "DC-0001234", 2), ("predecessor", "DC-0001235", 3), record]
    assert imported(home) == rows
    again = take(home, past.octets(past.SOLE, past.row()))
    assert again.stdout.splitlines()[-1] == "取込み済みの行 / lines imported before: 2 (2-3)"
    assert json.loads(take(home, past.octets(past.SOLE), "--json").stdout)["already"] == 1
    assert imported(home) == rows


def test_every_bad_line_is_told_with_column_and_reason_and_none_is_imported(home):
    report = home.parent / "report.csv"
    outcome = take(
        home,
        past.octets(
            past.row(),
            past.row(number="N2", building=f"個人番号 {INDIVIDUAL_NUMBER}"),
            past.row(number="N3", kana="花子", city="架空\x00区"),
            past.SOLE,
        ),
        "--report",
        str(report),
    )
    assert outcome.returncode == 2
    *told, last = outcome.stderr.splitlines()
    assert told == [
        (
            "inro: 3行目 / line 3: 建物 (building) 個人番号と読める数字があります。取り除いてください"
            " / digits that are an Individual Number: take them out"
        ),
        (
            "inro: 4行目 / line 4: フリガナ (kana) 1文字目 / character 1"
            " フリガナとして読めません / no reading in kana"
        ),
        (
            "inro: 4行目 / line 4: 市区町村 (city) 3文字目 / character 3 U+0000"
            " 使えない文字です / a character that no text may have"
        ),
    ]
    assert "nothing was imported; lines to mend: 2  対処 / what to do: " in last
    assert INDIVIDUAL_NUMBER not in outcome.stderr + outcome.stdout + report.read_text("utf-8-sig")
    assert len(report.read_text("utf-8-sig").splitlines()) == 4
    assert imported(home) == []


HEADLESS = past.octets(past.row()).splitlines(keepends=True)[1]


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (b"", "空です"),
        (HEADLESS, "見出しがありません"),
        (past.octets(past.row()).replace("申込番号".encode(), b"12345678901"), "不足 申込番号"),
        (",".join(past.COMPANY).encode() + b"\n" + "ﾂｿ".encode("cp932"), "--encoding cp932"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(home, octets, said):
    check(take(home, octets), "past.csv", said, status=2)
    assert imported(home) == []


def test_places_that_are_not_there_are_told(home):
    for arguments, said in (
        ([str(home / "nowhere.csv")], "nowhere.csv"),
        ([str(home)], "読めません"),
        ([str(home / "inro.toml"), "--report", str(home / "no" / "report.csv")], "--report"),
    ):
        check(inro("import", "applications", *arguments, "--home", str(home), cwd=home), said, status=2)


def test_a_killed_import_leaves_nothing(home):
    file = home.parent / "past.csv"
    file.write_bytes(past.octets(*[past.row(number=f"N{place}") for place in range(8_000)]))
    command = [INRO, "import", "applications", file, "--home", home]
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as taking:
        assert taking.stdout is not None
        while "10 %" not in taking.stdout.readline():
            assert taking.poll() is None
        taking.kill()
    assert imported(home) == []
    assert take(home, past.octets(past.row())).returncode == 0


def test_every_fault_has_words_and_no_other():
    assert LINE_FAULTS.keys() == set(LineFault)
    assert FILE_FAULTS.keys() == set(PastFileFault)
