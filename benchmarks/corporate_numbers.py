"""Five million published Corporate Numbers loaded and asked, beside promise and least work (8.2)."""

import csv
import io
import random
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import batched
from pathlib import Path

from django.db import connection, transaction

from benchmarks.cost import Cost, compare, cost_of
from benchmarks.rows import Row, row_of
from benchmarks.size import Size
from benchmarks.world import NOW
from inro.adapters.number_publication_file import open_publication
from inro.japanese.number_publication import COLUMNS
from inro.japanese.numbers import corporate_number_of
from inro.practice.duties import Duty
from inro.store.corporate_register import TABLE, create_register_table, index_register_table
from inro.store.plain_sql import first_row, insert, rows, run
from inro.store.reads.corporate_register import published_by_name, published_entries, register_record
from inro.usecases.actor import Actor
from inro.usecases.corporate_register import load_corporate_register

NUMBERS = 5_000_000
PROMISED_SECONDS = 300
LOOK_UP_SECONDS = 0.001
LOOK_UPS = 1_000
BARE = "bare_corporations"
_OPERATOR = Actor(name="p-operator", duties=frozenset({Duty.SYSTEM_ADMINISTRATION}))
_BATCH = 10_000
_BARE_COLUMNS = {
    "number": "corporateNumber",
    "search_key": "name",
    "process": "process",
    "updated_on": "updateDate",
    "changed_on": "changeDate",
    "name": "name",
    "kind": "kind",
    "prefecture": "prefectureName",
    "city": "cityName",
    "street": "streetNumber",
    "post_code": "postCode",
    "abroad": "addressOutside",
    "closed_on": "closeDate",
    "close_cause": "closeCause",
    "successor": "successorCorporateNumber",
    "furigana": "furigana",
    "hidden": "hihyoji",
}


def measure(size: Size) -> list[Row]:
    """Return rows for loading the file, and for looking one number up among all."""
    count = size.of(NUMBERS)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "00_zenkoku_all_20261130.zip"
        _write_publication(file, count)
        loading = _loading(file, count)
    return [*loading, *_looking_up(count, size)]


def _number(place: int) -> str:
    # As in the published file: of no order, since the check digit stands first.
    return corporate_number_of(f"{(place * 7_919) % 10**7:07d}{place % 99_991:05d}")


def _write_publication(file: Path, count: int) -> None:
    rng = random.Random(82)
    row = dict.fromkeys(COLUMNS, "")
    row |= {"process": "01", "correct": "0", "updateDate": "2026-10-01", "changeDate": "2026-09-28"}
    row |= {"kind": "301", "prefectureName": "架空県", "cityName": "見本市中央区", "prefectureCode": "99"}
    row |= {"cityCode": "101", "postCode": "1000099", "assignmentDate": "2015-10-05", "latest": "1"}
    row |= {"hihyoji": "0", "furigana": "ミホンケンセツ"}
    kanji = "東西南北山川田中木村高橋佐藤建設工業商事電機製作所"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("00_zenkoku_all_20261130.csv", "w", force_zip64=True) as octets,
        io.TextIOWrapper(octets, encoding="utf-8", newline="") as text,
    ):
        writer = csv.writer(text)
        for places in batched(range(count), _BATCH):
            writer.writerows(_rows_of(row, places, rng, kanji))


def _rows_of(
    row: dict[str, str], places: tuple[int, ...], rng: random.Random, kanji: str
) -> Iterator[list[str]]:
    for place in places:
        row["sequenceNumber"] = str(place + 1)
        row["corporateNumber"] = _number(place)
        row["name"] = f"株式会社{''.join(rng.choices(kanji, k=5))}"
        row["streetNumber"] = f"見本町{place % 9 + 1}丁目{place % 31 + 1}番{place % 17 + 1}号"
        yield list(row.values())


def _loading(file: Path, count: int) -> list[Row]:
    promised = PROMISED_SECONDS * count / NUMBERS
    comparisons = compare(
        ours=lambda: cost_of(lambda: _load(file), count=count),
        others={
            f"promise: {NUMBERS:,} in {PROMISED_SECONDS} s": lambda: Cost(
                cpu=promised, wall=promised, count=count
            ),
            "limit: csv.reader, executemany, indexes": lambda: cost_of(lambda: _load_bare(file), count=count),
        },
        rounds=1,
    )
    record = register_record()
    same = first_row(f"SELECT count(*) FROM {TABLE} JOIN {BARE} USING (number, name, street)", [])  # nosec B608
    checked = {"rows": record.rows if record else 0, "same_as_bare": same[0] if same else 0}
    run(f"DROP TABLE {BARE}", [])
    return [
        row_of(
            comparison,
            figure="corporate_numbers",
            subject=f"{count:,} published numbers, read, checked, loaded, indexed, exchanged",
            against=against,
            per="number",
            bound=1.0 if against.startswith("promise") else None,
            checked=checked,
        )
        for against, comparison in comparisons.items()
    ]


def _load(file: Path) -> None:
    with open_publication(file, told=lambda _octets: None) as publication:
        load_corporate_register(
            entries=publication.entries,
            published_on=publication.published_on or date(2026, 11, 30),
            sha256=publication.sha256,
            actor=_OPERATOR,
            now=NOW,
        )


def _load_bare(file: Path) -> None:
    """Do what any program must: unpack, split into columns, insert, index."""
    create_register_table(BARE)
    places = [COLUMNS.index(column) for column in _BARE_COLUMNS.values()]
    statement = insert(BARE, tuple(_BARE_COLUMNS))
    with zipfile.ZipFile(file) as archive, archive.open(archive.namelist()[0]) as octets:
        lines = csv.reader(io.TextIOWrapper(octets, encoding="utf-8", newline=""))
        for batch in batched(([fields[place] for place in places] for fields in lines), _BATCH):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(statement, batch)
    index_register_table(BARE, generation=1_000_000)


def _looking_up(count: int, size: Size) -> list[Row]:
    rng = random.Random(83)
    asked = [_number(rng.randrange(count)) for _ in range(LOOK_UPS)]
    bare = f"SELECT * FROM {TABLE} WHERE number = %s"  # nosec B608
    comparisons = compare(
        ours=lambda: cost_of(lambda: [published_entries([number]) for number in asked], count=LOOK_UPS),
        others={
            "promise: 1 ms": lambda: Cost(
                cpu=LOOK_UP_SECONDS * LOOK_UPS, wall=LOOK_UP_SECONDS * LOOK_UPS, count=LOOK_UPS
            ),
            "limit: one SELECT": lambda: cost_of(
                lambda: [rows(bare, [number]) for number in asked], count=LOOK_UPS
            ),
        },
        rounds=size.rounds(9),
    )
    found = published_entries(asked)
    some = found[asked[0]]
    checked = {
        "found": len(found),
        "asked": len(set(asked)),
        "by_name": some in published_by_name(some.name, most=1_000),
    }
    return [
        row_of(
            comparison,
            figure="corporate_numbers",
            subject=f"one number looked up among {count:,}",
            against=against,
            per="number",
            bound=1.0 if against.startswith("promise") else None,
            checked=checked,
        )
        for against, comparison in comparisons.items()
    ]
