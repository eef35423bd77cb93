"""`inro name replace` writes one JSON object for each good line and names each bad one (8.7-8.10)."""

import json
import random
import subprocess
import sys

import pytest

from inro.cli.name import replaced_lines
from inro.japanese.replacement import Document
from tests.cli.command import INRO
from tests.hostile import hostile_names
from tests.hostile_channels import through_name_replace

KEPT = "JIS X 0208"


def replace(*lines: bytes, document: str = "resident", end: bytes = b"\n", **environment: str):
    return subprocess.run(
        [INRO, "name", "replace", "--document", document],
        input=b"".join(line + end for line in lines),
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        check=False,
    )


def records(outcome) -> list[dict]:
    return [json.loads(line) for line in outcome.stdout.decode().splitlines()]


def test_one_object_for_each_line():
    outcome = replace("髙橋".encode(), "山田 太郎".encode(), b"", "麴町鄧".encode())
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    first, second, third, fourth = records(outcome)
    assert first == {
        "input": "髙橋",
        "output": "高橋",
        "units": [
            {
                "from": "髙",
                "to": "高",
                "how": "replaced",
                "source": "戸籍統一文字情報 親字・正字（MJ縮退マップ1.2.0） MJ028902",
            },
            {"from": "橋", "to": "橋", "how": "kept", "source": KEPT},
        ],
    }
    assert (second["input"], second["output"]) == ("山田 太郎", "山田　太郎")
    assert {unit["how"] for unit in second["units"]} == {"kept"}
    assert third == {"input": "", "output": "", "units": []}
    assert fourth["output"] == "<REVIEW>町<KANA>"
    assert [(unit["to"], unit["how"]) for unit in fourth["units"]] == [
        ("<REVIEW>", "review"),
        ("町", "kept"),
        ("<KANA>", "kana"),
    ]
    assert "候補 麹" in fourth["units"][0]["source"]


@pytest.mark.parametrize(
    ("document", "output"), [("resident", "浜崎<REVIEW>"), ("registry", "濱崎（株）")], ids=["8.8", "8.9"]
)
def test_the_document_decides_the_tables(document, output):
    (record,) = records(replace("濵﨑㈱".encode(), document=document))
    assert record["output"] == output


def test_a_unit_is_a_character_with_its_selector():
    (record,) = records(replace("葛\U000e0100城".encode()))
    assert record["input"] == "葛\U000e0100城"
    assert record["output"] == "葛城"
    assert [unit["from"] for unit in record["units"]] == ["葛\U000e0100", "城"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_ends_of_lines_and_a_byte_order_mark_are_no_characters(end):
    (record,) = records(replace("\ufeff髙".encode(), end=end))
    assert (record["input"], record["output"]) == ("髙", "高")


@pytest.mark.parametrize("locale", ["C", "ja_JP.eucJP", "C.UTF-8"])
def test_it_is_utf_8_whatever_the_locale(locale):
    outcome = replace("髙".encode(), LC_ALL=locale, PYTHONUTF8="0")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    assert '"output": "高"'.encode() in outcome.stdout


@pytest.mark.parametrize(
    ("line", "japanese", "english"),
    [
        (b"\x93\x63\x92\x86", "UTF-8として読めません", "not UTF-8 (octet 1, 0x93)"),
        ("山".encode() + b"\xff", "UTF-8として読めません", "not UTF-8 (octet 4, 0xFF)"),
        ("山".encode()[:2], "UTF-8として読めません", "not UTF-8 (octet 1, 0xE5)"),
        (b"\xed\xa1\x82", "対になっていないサロゲート", "an unpaired surrogate (octet 1, 0xED)"),
        ("山\t田".encode(), "制御文字があります", "a control character (character 2, U+0009)"),
        (b"\x00", "制御文字があります", "a control character (character 1, U+0000)"),
        ("山\u202e田".encode(), "見えない書式文字", "an invisible format character (character 2, U+202E)"),
        ("山\ufffd".encode(), "失われた文字の跡", "a character lost before (character 2, U+FFFD)"),
        ("山\ufffe".encode(), "文字ではない符号位置", "a noncharacter (character 2, U+FFFE)"),
        ("\U000e0100".encode(), "異体字セレクタ", "behind no character (character 1, U+E0100)"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_replaced(line, japanese, english):
    said = []
    lines = ["髙\n".encode(), line + b"\n", "𠮷\n".encode()]
    made = replaced_lines(
        lines, document=Document.RESIDENT, complain=lambda number, words: said.append((number, words))
    )
    assert [json.loads(record)["output"] for record in made] == ["高", "吉"]
    ((number, words),) = said
    assert number == 2
    assert japanese in words.japanese
    assert english in words.english


def test_bad_lines_change_the_status_and_each_has_its_own_number():
    outcome = replace(b"\xff", "髙".encode(), b"\x01", b"\xfe")
    assert outcome.returncode == 1
    assert [record["output"] for record in records(outcome)] == ["高"]
    *said, last = outcome.stderr.decode().splitlines()
    assert [line.split(": ")[1] for line in said] == ["1行目 / line 1", "3行目 / line 3", "4行目 / line 4"]
    assert "lines not replaced: 3" in last
    assert "対処 / what to do" in last


@pytest.mark.parametrize("arguments", [[], ["--document", "passport"]])
def test_the_document_must_be_said(arguments):
    outcome = subprocess.run(
        [INRO, "name", "replace", *arguments], input="髙".encode(), capture_output=True, check=False
    )
    assert outcome.returncode == 2
    assert outcome.stdout == b""
    assert b"resident" in outcome.stderr
    assert b"registry" in outcome.stderr


def test_hostile_lines_are_replaced_or_named():
    passed = through_name_replace(hostile_names(1_000))
    assert passed.count == 1_000
    assert passed.taken > 100 < passed.refused


def test_random_octets_are_named():
    rng = random.Random(810)
    lines = [bytes(octet for octet in rng.randbytes(40) if octet not in b"\n\r") for _ in range(100)]
    complained: list[int] = []
    made = replaced_lines(
        lines, document=Document.REGISTRY, complain=lambda number, words: complained.append(number)
    )
    assert len(list(made)) + len(complained) == 100


def test_a_megabyte_in_one_line():
    (record,) = records(replace(("髙" * 350_000).encode()))
    assert record["output"] == "高" * 350_000


def test_a_reader_that_has_seen_enough_ends_it_quietly():
    script = "import sys; sys.stdout.buffer.write('髙橋\\n'.encode() * 300_000)"
    writing = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    reading = subprocess.Popen(
        [INRO, "name", "replace", "--document", "resident"],
        stdin=writing.stdout,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writing.stdout.close()
    with reading.stdout:
        assert json.loads(reading.stdout.readline())["output"] == "高橋"
    assert b"Traceback" not in reading.communicate()[1]
    assert reading.returncode != 0
    writing.wait()
