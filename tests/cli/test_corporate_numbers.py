"""`inro corporate-numbers`: a published file is loaded whole or not at all, and numbers are shown (8.2).

Bad input ends with one line in both languages, and what to do; the register is then as it was.
"""

import fcntl
import json
import os
import pty
import shutil
import sqlite3
import subprocess
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from inro.japanese.number_publication import PublicationEncoding
from inro.japanese.numbers import corporate_number_of
from tests import published
from tests.adapters.test_nta_web_api import SECRET, agency, honest
from tests.cli.command import INRO, inro, run
from tests.cli.test_bad_input import check, own_disk

OTHER = published.fields(corporateNumber=published.OTHER, name="株式会社髙邉工務店")
CLOSED = published.fields(
    corporateNumber=published.CLOSED,
    name="有限会社閉鎖",
    closeDate="2026-10-01",
    closeCause="11",
    successorCorporateNumber=published.SUCCESSOR,
)
LOADED = published.csv_octets(published.fields(), OTHER, CLOSED)


def load(home: Path, file: Path, *more: str):
    return inro("corporate-numbers", "load", str(file), "--home", str(home), *more, cwd=home)


def show(home: Path, number: str, *more: str):
    return inro("corporate-numbers", "show", number, "--home", str(home), *more, cwd=home)


@pytest.fixture(scope="module")
def made_loaded(made_home, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("loaded")
    home = shutil.copytree(made_home, folder / "home")
    outcome = load(home, published.zip_file(folder, LOADED))
    assert outcome.returncode == 0, outcome.stderr
    return home


@pytest.fixture
def loaded(made_loaded, tmp_path) -> Path:
    return shutil.copytree(made_loaded, tmp_path / "home")


def records(home: Path) -> list[tuple[object, ...]]:
    """The register and all that is on record of it."""
    with closing(sqlite3.connect(home / "records.sqlite")) as opened:
        found = [("tables", *opened.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))]
        for table in ("store_publishedcorporation", "store_corporateregisterload", "store_auditrow"):
            found += opened.execute(f"SELECT * FROM {table} ORDER BY 1")
    return found


def test_a_published_zip_is_loaded_with_a_line_for_each_tenth(home, tmp_path):
    rows = [published.fields(corporateNumber=number) for number in numbers(20_000)]
    outcome = load(home, published.zip_file(tmp_path, published.csv_octets(*rows)))
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stderr == ""
    *tenths, last = outcome.stdout.splitlines()
    assert tenths == [f"読込み / loading: {done} %" for done in range(10, 101, 10)]
    assert last.startswith("読込み完了 / loaded: 20,000 件 / numbers (2025-01-31, SHA-256 ")


def numbers(count: int) -> list[str]:
    return [corporate_number_of(f"{place:012d}") for place in range(count)]


def test_a_terminal_shows_a_bar(home, tmp_path):
    parent, child = pty.openpty()
    command = [INRO, "corporate-numbers", "load", published.zip_file(tmp_path, LOADED), "--home", home]
    seen = bytearray()

    def read() -> None:
        try:
            while octets := os.read(parent, 65_536):
                seen.extend(octets)
        except OSError:
            # How a terminal tells that nobody writes to it any more.
            return

    reading = threading.Thread(target=read)
    reading.start()
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "COLUMNS": "120"}
    outcome = subprocess.run(command, stdout=child, stderr=child, env=environment, check=False)
    os.close(child)
    reading.join()
    os.close(parent)
    shown = seen.decode()
    assert outcome.returncode == 0, shown
    assert "━" in shown
    assert "読込み完了" in shown


def test_a_plain_csv_says_its_day_by_its_name_or_an_option(home, tmp_path):
    named, unnamed = tmp_path / "13_tokyo_all_20250131.csv", tmp_path / "numbers.csv"
    named.write_bytes(LOADED)
    unnamed.write_bytes(published.csv_octets(encoding=PublicationEncoding.SHIFT_JIS))
    first = json.loads(load(home, named, "--json").stdout)
    assert (first["rows"], first["published_on"]) == (3, "2025-01-31")
    before = records(home)
    check(load(home, unnamed), "numbers.csv", "--published-on 2026-12-01", status=2)
    assert records(home) == before
    second = json.loads(load(home, unnamed, "--published-on", "2025-01-26", "--json").stdout)
    assert (second["rows"], second["published_on"]) == (1, "2025-01-26")


def test_a_number_is_shown_as_published(loaded):
    outcome = show(loaded, f"T{published.CLOSED[:4]}-{published.CLOSED[4:]}")
    assert outcome.returncode == 0, outcome.stderr
    for said in ("有限会社閉鎖", "2026-10-01", published.SUCCESSOR, "2025-01-31", "千代田区"):
        assert said in outcome.stdout
    record = json.loads(show(loaded, published.NUMBER, "--json").stdout)
    assert (record["name"], record["closed_on"]) == (published.NAME, None)
    assert record["method"] == "register_file"


@pytest.mark.parametrize(
    ("number", "said", "status"),
    [
        ("7000012050002", "公表されていません", 1),
        ("123", "13桁ではありません", 2),
        ("7" + published.NUMBER[1:], "検査用数字が合いません", 2),
        ("みほん", "数字ではありません", 2),
        ("", "数字ではありません", 2),
    ],
)
def test_a_number_that_is_none_or_not_published_is_told(loaded, number, said, status):
    check(show(loaded, number), said, status=status)


def test_before_the_first_load_nothing_is_shown(home):
    check(
        show(home, published.NUMBER), "法人番号を照会できません", "inro corporate-numbers load FILE", status=1
    )


def test_the_doctor_names_an_old_register(loaded, made_home):
    for home, said in ((loaded, "2025-01-31, 3"), (made_home, "未読込み")):
        told = inro("doctor", "--home", str(home), cwd=home).stdout.splitlines()
        [line] = [line for line in told if "法人番号公表データ" in line]
        assert line.startswith("△")
        assert said in line


def test_the_web_api_is_asked_where_it_is_configured(loaded):
    check(show(loaded, published.NUMBER, "--web-api"), "[corporate_numbers]", status=1)
    (loaded / "application-id").write_text(SECRET)
    with agency(honest) as server, (loaded / "inro.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'\n[corporate_numbers]\naddress = "{server.address}"\napplication_id_file = "application-id"\n'
        )
        settings.flush()
        record = json.loads(show(loaded, published.OTHER, "--web-api", "--json").stdout)
        assert (record["number"], record["method"]) == (published.OTHER, "web_api")
    refused = show(loaded, published.OTHER, "--web-api")
    check(refused, "法人番号を照会できません", status=1)
    assert SECRET not in refused.stderr
    assert server.asked[0]["id"] == SECRET


ROW = published.fields()
BAD = {
    "no rows": (b"\r\n", "1行目"),
    "nothing at all": (b"", "空です"),
    "29 columns": (published.csv_octets(ROW, ROW[:-1]), "2行目  項目が30ではありません"),
    "a wrong check digit": (
        published.csv_octets(ROW, published.fields(corporateNumber="7" + published.NUMBER[1:])),
        "2行目 corporateNumber 検査用数字が合いません",
    ),
    "an unknown kind": (published.csv_octets(published.fields(kind="999")), "1行目 kind"),
    "two encodings": (
        published.csv_octets() + published.csv_octets(encoding=PublicationEncoding.SHIFT_JIS),
        "文字コード",
    ),
    "UTF-16": (published.text([ROW]).encode("utf-16"), "1行目"),
    "cut in the middle": (LOADED[:-70], "3行目"),
    "no latest row": (published.csv_octets(published.fields(latest="0")), "有効な法人番号の行がありません"),
    "a number twice": (
        published.csv_octets(ROW, OTHER, ROW),
        "3行目 corporateNumber 法人番号が重複しています",
    ),
    "a line without end": (b"1" * 40_000, "行が長すぎます"),
    "not a zip": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "1行目"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_refused_and_the_old_register_stays(loaded, tmp_path, bad):
    octets, said = BAD[bad]
    file = tmp_path / "00_zenkoku_all_20250131.csv"
    file.write_bytes(octets)
    before = records(loaded)
    check(load(loaded, file), file.name, said, status=2)
    assert records(loaded) == before


def test_a_bad_zip_is_refused_and_the_old_register_stays(loaded, tmp_path):
    before = records(loaded)
    whole = published.zip_file(tmp_path, LOADED * 100).read_bytes()
    cut = tmp_path / "cut_all_20250131.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    check(load(loaded, cut), "途中で切れているか壊れています", status=2)
    with zipfile.ZipFile(cut, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("all.csv", b"\n" * 5_000_000)
    check(load(loaded, cut), "展開すると大きすぎます", status=2)
    check(load(loaded, tmp_path / "nowhere.zip"), "nowhere.zip", "読めません", status=2)
    assert records(loaded) == before


@pytest.mark.parametrize(
    ("day", "said"), [("2026-02-30", "日付として読めません"), ("9999-12-31", "今日より後")]
)
def test_a_day_that_is_none_or_to_come_is_refused(loaded, tmp_path, day, said):
    before = records(loaded)
    file = published.zip_file(tmp_path, LOADED)
    check(load(loaded, file, "--published-on", day), said, status=2)
    assert records(loaded) == before


def test_two_loads_at_once_are_refused(loaded, tmp_path):
    with (loaded / "inro.toml").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        check(load(loaded, published.zip_file(tmp_path, LOADED)), "別の読込みが実行中です", status=1)
    assert load(loaded, published.zip_file(tmp_path, LOADED)).returncode == 0


@pytest.mark.parametrize(("size", "mode"), [("3m", "rw"), ("60m", "ro")])
def test_a_full_or_read_only_disk_leaves_the_register_as_it_was(loaded, tmp_path, size, mode):
    rows = [published.fields(corporateNumber=number) for number in numbers(20_000)]
    file = published.zip_file(tmp_path, published.csv_octets(*rows))
    before = records(loaded)
    copied = tmp_path / "copied"
    load_there = (
        '"$0" corporate-numbers load "$1" --home . ; status=$?; cp records.sqlite* "$2"; exit $status'
    )
    copied.mkdir()
    command = ["sh", "-c", load_there, str(INRO), str(file), str(copied)]
    outcome = run([*own_disk(loaded, size=size, mode=mode), *command], cwd=tmp_path)
    check(outcome, "記録を書き込めない", status=1)
    assert [row for row in records(copied) if row[0] != "tables"] == [
        row for row in before if row[0] != "tables"
    ]


def test_a_load_that_is_killed_leaves_the_register_as_it_was(loaded, tmp_path):
    pipe = tmp_path / "00_zenkoku_all_20250131.csv"
    before = records(loaded)
    rows = [published.fields(corporateNumber=number) for number in numbers(40_000)]
    pipe.write_bytes(published.csv_octets(*rows))
    command = [INRO, "corporate-numbers", "load", pipe, "--home", loaded]
    with subprocess.Popen(
        command, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE, text=True
    ) as loading:
        assert loading.stdout is not None
        # Told after the first rows were committed beside the register in use, most are still to come.
        while "30 %" not in loading.stdout.readline():
            assert loading.poll() is None
        loading.kill()
    after = records(loaded)
    assert "store_publishedcorporation_fresh" in str(after[0])
    assert after[1:] == before[1:]
    assert load(loaded, published.zip_file(tmp_path, LOADED)).returncode == 0
    assert "_fresh" not in str(records(loaded)[0])
    assert show(loaded, published.OTHER).returncode == 0
