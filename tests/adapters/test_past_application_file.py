"""Files of past applications: encoding beyond doubt, lines bounded, the same from end to end (8.11)."""

from datetime import date
from pathlib import Path

import pytest

from inro.adapters.past_application_file import (
    LONGEST_LINE,
    PastFileFault,
    PastFileRefused,
    TextEncoding,
    open_past_applications,
)
from inro.practice.past_application import PastApplication
from tests import past

TODAY = date(2026, 12, 1)
UTF_8, CP932 = TextEncoding.UTF_8, TextEncoding.CP932
ENGLISH = list(past.COMPANY)


def readings(file: Path, octets: bytes, encoding: TextEncoding | None = None):
    file.write_bytes(octets)
    with open_past_applications(file, today=TODAY, encoding=encoding, told=lambda _octets: None) as opened:
        return opened.encoding, list(opened.lines)


def refusal(file: Path, octets: bytes, encoding: TextEncoding | None = None) -> PastFileRefused:
    with pytest.raises(PastFileRefused) as refused:
        readings(file, octets, encoding)
    return refused.value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "past.csv"


@pytest.mark.parametrize(("written", "read"), [("utf-8", UTF_8), ("utf-8-sig", UTF_8), ("cp932", CP932)])
def test_the_encoding_is_found(file, written, read):
    text = past.csv_text(past.row(), past.SOLE)
    encoding, lines = readings(file, text.encode(written))
    assert encoding is read
    assert [number for number, _ in lines] == [2, 3]
    assert all(isinstance(reading, PastApplication) for _, reading in lines)


def test_an_encoding_that_is_in_doubt_is_asked_for(file):
    # Half-width kana in CP932 that are also whole characters of UTF-8, below headings in ASCII.
    doubtful = past.csv_text(past.row(legal_name="@"), header=ENGLISH).encode("utf-8")
    head = ",".join(ENGLISH).encode() + b"\n"
    both = head + "ﾂｿ".encode("cp932") + b"\n"
    assert refusal(file, both).fault is PastFileFault.AMBIGUOUS
    assert readings(file, both, CP932)[0] is CP932
    assert readings(file, doubtful)[0] is UTF_8
    assert refusal(file, head + b"\x81\x20\n").fault is PastFileFault.NEITHER


def test_a_line_in_another_encoding_is_told_by_its_number(file):
    octets = past.octets(past.row()) + past.octets(past.row(), encoding="cp932").splitlines(keepends=True)[1]
    encoding, lines = readings(file, octets)
    assert encoding is UTF_8
    [_, (number, reading)] = lines
    assert number == 3
    assert not isinstance(reading, PastApplication)
    assert (reading[0].fault.value, reading[0].place) == ("encoding", 1)
    mark = b"\xef\xbb\xbf" + octets
    assert refusal(file, mark, CP932).fault is PastFileFault.MARKED


@pytest.mark.parametrize(
    ("octets", "fault"),
    [
        (b"", PastFileFault.EMPTY),
        (past.octets(past.row()).splitlines(keepends=True)[1], PastFileFault.NO_HEADER),
        (past.csv_text(past.row()).encode("utf-16"), PastFileFault.NO_HEADER),
        (past.octets(past.row()).replace("申込番号".encode(), "番号".encode()), PastFileFault.HEADER),
        (b"\x00" * 100_000, PastFileFault.NO_HEADER),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(file, octets, fault):
    assert refusal(file, octets).fault is fault


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for place in (tmp_path, tmp_path / "nowhere.csv"):
        reading = open_past_applications(place, today=TODAY, told=lambda _octets: None)
        with pytest.raises(PastFileRefused) as refused, reading:
            pass
        assert refused.value.fault is PastFileFault.UNREADABLE


def test_a_long_line_is_one_bad_line_and_the_next_are_read(file):
    head, line = past.octets(past.row()).splitlines(keepends=True)
    long = b"x" * (3 * LONGEST_LINE) + b"\n"
    _, lines = readings(file, head + long + b"\n,,\r\n" + line + b"y" * (LONGEST_LINE + 1))
    assert [number for number, _ in lines] == [2, 5, 6]
    assert [isinstance(reading, PastApplication) for _, reading in lines] == [False, True, False]


def test_a_file_that_changes_while_it_is_read_is_refused(file):
    octets = past.octets(*[past.row(number=f"N{place}") for place in range(2_000)])
    file.write_bytes(octets)
    with open_past_applications(file, today=TODAY, told=lambda _octets: None) as opened:
        next(opened.lines)
        with file.open("r+b") as other:
            other.seek(len(octets) - 10)
            other.write(b"0")
        with pytest.raises(PastFileRefused) as refused:
            list(opened.lines)
    assert refused.value.fault is PastFileFault.CHANGED


def test_progress_is_told_in_octets(file):
    octets = past.octets(*[past.row(number=f"N{place}") for place in range(1_500)])
    file.write_bytes(octets)
    told: list[int] = []
    with open_past_applications(file, today=TODAY, told=told.append) as opened:
        assert (opened.size, len(list(opened.lines))) == (len(octets), 1_500)
    assert told[-1] == len(octets)
    assert len(told) == 4
