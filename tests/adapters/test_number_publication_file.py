"""The Agency's file of all Corporate Numbers: read as published, refused whatever else it is (8.2)."""

import hashlib
import zipfile
from datetime import date
from pathlib import Path

import pytest

from inro.adapters import number_publication_file
from inro.adapters.number_publication_file import (
    LONGEST_LINE,
    FileFault,
    PublicationFileRefused,
    open_publication,
)
from inro.japanese.number_publication import PublicationEncoding, RowFault, RowRefused
from tests import published

ROWS = [published.fields(), published.fields(corporateNumber=published.OTHER, name="株式会社髙邉工務店")]
ENTRIES = [published.entry(), published.entry(corporateNumber=published.OTHER, name="株式会社髙邉工務店")]


def read(file: Path):
    told: list[int] = []
    with open_publication(file, told=told.append) as publication:
        return publication, list(publication.entries), told


@pytest.mark.parametrize("encoding", PublicationEncoding)
@pytest.mark.parametrize("packed", [True, False])
def test_a_file_is_read_packed_or_not_in_both_encodings(tmp_path, packed, encoding):
    octets = published.csv_octets(*ROWS, encoding=encoding)
    plain = tmp_path / "13_tokyo_all_20250131.csv"
    plain.write_bytes(octets)
    file = published.zip_file(tmp_path, octets) if packed else plain
    publication, entries, told = read(file)
    assert entries == ENTRIES
    assert publication.published_on == date(2025, 1, 31)
    assert publication.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (publication.size, told[-1]) == (len(octets), len(octets))


def test_a_byte_order_mark_is_no_part_of_the_first_row(tmp_path):
    (tmp_path / "all.csv").write_bytes(b"\xef\xbb\xbf" + published.csv_octets(*ROWS))
    publication, entries, _ = read(tmp_path / "all.csv")
    assert entries == ENTRIES
    assert publication.published_on is None


@pytest.mark.parametrize(
    "name", ["x_all_20261332.csv", "x_all_2026.csv", "x_20261130.csv", "x_all_202611301.csv"]
)
def test_a_name_without_a_day_says_none(tmp_path, name):
    (tmp_path / name).write_bytes(published.csv_octets())
    assert read(tmp_path / name)[0].published_on is None


def refused(file: Path) -> PublicationFileRefused:
    with pytest.raises(PublicationFileRefused) as refusal:
        read(file)
    assert refusal.value.what == str(file)
    return refusal.value


def archive(folder: Path, *members: tuple[str, bytes], **how) -> Path:
    file = folder / "all.zip"
    with zipfile.ZipFile(file, "w", **{"compression": zipfile.ZIP_DEFLATED} | how) as made:
        for name, octets in members:
            made.writestr(name, octets)
    return file


def test_a_zip_must_hold_exactly_one_csv(tmp_path):
    octets = published.csv_octets()
    for members in ([], [("a.txt", octets)], [("a.csv", octets), ("b.CSV", octets)]):
        assert refused(archive(tmp_path, *members)).fault is FileFault.NOT_ONE_CSV


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    bomb = archive(tmp_path, ("all.csv", b"\n" * 5_000_000))
    assert refused(bomb).fault is FileFault.TOO_LARGE


def test_a_zip_that_says_it_is_smaller_than_it_is_gives_no_more_than_it_says(tmp_path):
    octets = published.csv_octets(*ROWS) * 200
    file = archive(tmp_path, ("all.csv", octets))
    written = file.read_bytes()
    size = len(octets).to_bytes(4, "little")
    assert written.count(size) == 2
    file.write_bytes(written.replace(size, (1_000).to_bytes(4, "little")))
    with pytest.raises((PublicationFileRefused, RowRefused)):
        read(file)


@pytest.mark.parametrize("kept", [3, 100, 0.5, 0.99])
def test_a_zip_cut_short_is_damaged(tmp_path, kept):
    file = published.zip_file(tmp_path, published.csv_octets(*ROWS) * 50)
    octets = file.read_bytes()
    file.write_bytes(octets[: kept if isinstance(kept, int) else int(len(octets) * kept)])
    assert refused(file).fault is FileFault.DAMAGED


def test_a_zip_with_a_changed_octet_is_damaged(tmp_path):
    octets = published.csv_octets(*ROWS)
    file = archive(tmp_path, ("all.csv", octets), compression=zipfile.ZIP_STORED)
    file.write_bytes(file.read_bytes().replace("印籠商事".encode(), "印籠商亊".encode()))
    assert refused(file).fault is FileFault.DAMAGED


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_usual_way_of_packing_is_taken(tmp_path, method):
    file = archive(tmp_path, ("all.csv", published.csv_octets()), compression=method)
    assert refused(file).fault is FileFault.DAMAGED


def test_an_encrypted_zip_is_refused(tmp_path):
    file = archive(tmp_path, ("all.csv", published.csv_octets()))
    octets = bytearray(file.read_bytes())
    octets[octets.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(octets)
    assert refused(file).fault is FileFault.ENCRYPTED


def test_an_empty_file_a_folder_and_a_missing_one_are_refused(tmp_path):
    (tmp_path / "empty.csv").touch()
    assert refused(tmp_path / "empty.csv").fault is FileFault.EMPTY
    assert refused(archive(tmp_path, ("empty.csv", b""))).fault is FileFault.EMPTY
    assert refused(tmp_path / "nowhere.zip").fault is FileFault.UNREADABLE
    assert refused(tmp_path).fault is FileFault.UNREADABLE


def test_a_line_without_end_is_not_read_to_its_end(tmp_path):
    (tmp_path / "all.csv").write_bytes(published.csv_octets() + b"x" * (LONGEST_LINE + 1))
    refusal = refused(tmp_path / "all.csv")
    assert (refusal.fault, refusal.detail) == (FileFault.LINE_TOO_LONG, "2")


def test_a_plain_file_beyond_all_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(number_publication_file, "LARGEST", 10)
    (tmp_path / "all.csv").write_bytes(published.csv_octets())
    assert refused(tmp_path / "all.csv").fault is FileFault.TOO_LARGE


def test_what_is_no_zip_is_read_as_csv_and_named_by_its_line(tmp_path):
    (tmp_path / "all.zip").write_bytes(b"\x7fELF" + bytes(100))
    with pytest.raises(RowRefused) as refusal:
        read(tmp_path / "all.zip")
    assert (refusal.value.line, refusal.value.fault) == (1, RowFault.COLUMNS)
