"""Rows as the National Tax Agency publishes Corporate Numbers: fictional organizations, whole files."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from inro.japanese.number_publication import COLUMNS, PublicationEncoding, PublishedEntry, read_row
from inro.japanese.numbers import corporate_number_of

MADE_ON = date(2026, 11, 30)
NAME = "印籠商事株式会社"
NUMBER, OTHER, CLOSED, SUCCESSOR = (
    corporate_number_of(f"01000199990{place}") for place in ("1", "2", "3", "4")
)
_ROW = {
    "sequenceNumber": "1",
    "corporateNumber": NUMBER,
    "process": "01",
    "correct": "0",
    "updateDate": "2026-10-01",
    "changeDate": "2026-09-28",
    "name": NAME,
    "kind": "301",
    "prefectureName": "東京都",
    "cityName": "千代田区",
    "streetNumber": "丸の内１丁目１番１号",
    "prefectureCode": "13",
    "cityCode": "101",
    "postCode": "1000005",
    "assignmentDate": "2015-10-05",
    "latest": "1",
    "furigana": "インロウショウジ",
    "hihyoji": "0",
}


def fields(**changes: str) -> list[str]:
    """Return a row's 30 fields."""
    row = dict.fromkeys(COLUMNS, "") | _ROW | changes
    assert len(row) == len(COLUMNS)
    return list(row.values())


def entry(**changes: str) -> PublishedEntry:
    """Return the entry of a row."""
    return read_row(fields(**changes), line=1)


def register() -> list[PublishedEntry]:
    """Return entries of a company, another of the same name, and one that went into a third by merger."""
    closed = {"process": "71", "closeDate": "2026-10-01", "closeCause": "11"}
    return [
        entry(),
        entry(corporateNumber=OTHER, name="株式会社髙邉工務店", furigana=""),
        entry(corporateNumber=CLOSED, name="有限会社閉鎖", successorCorporateNumber=SUCCESSOR, **closed),
        entry(corporateNumber=SUCCESSOR, name="株式会社承継", hihyoji="1"),
    ]


def text(rows: Iterable[list[str]]) -> str:
    """Return rows as CSV, numbered, texts in quotes, as the Agency writes them."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    for sequence, row in enumerate(rows, start=1):
        writer.writerow([str(sequence), *row[1:]])
    return made.getvalue()


def csv_octets(*rows: list[str], encoding: PublicationEncoding = PublicationEncoding.UTF_8) -> bytes:
    """Return rows as the octets of a CSV."""
    return text(rows or [fields()]).encode(encoding)


def zip_file(folder: Path, octets: bytes, *, name: str = "00_zenkoku_all_20250131.csv") -> Path:
    """Write a zip as the Agency does, with the signature of the CSV beside it."""
    file = folder / "00_zenkoku_all_20250131.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, octets)
        archive.writestr(f"{name}.asc", "a signature")
    return file
