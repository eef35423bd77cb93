"""Separator sheets name a document in print and in a code, and file what is scanned behind them (8.1)."""

import random
from datetime import date

import pytest

from inro.paper.errors import SheetRefused
from inro.paper.scan.code import SeparatorCode
from inro.paper.scan.opening import open_file
from inro.paper.scan.page import picture_of
from inro.paper.scan.sorting import Filed, FiledBy, SeparatorSheet, sort_pages
from inro.paper.separator import Separator, render_separators
from tests.paper.read_back import pages_of, text_of
from tests.paper.resident_record import resident_record
from tests.paper.scanner import rasterised, roughened, scanned
from tests.paper.sheets import OPERATOR

NUMBER = "A26-000001-K"
RECORD = Separator(number=NUMBER, document="resident_record", words="住民票の写し")
SEAL = Separator(number=NUMBER, document="seal_certificate", words="印鑑登録証明書")


def rendered(*separators):
    return render_separators(separators=separators, made_on=date(2026, 11, 20), operator=OPERATOR)


def test_each_kind_has_a_page_with_its_words_and_the_number():
    pdf = rendered(RECORD, SEAL)
    assert pages_of(pdf) == 2
    for part in (RECORD.words, SEAL.words, NUMBER, "2026年11月20日"):
        assert part in text_of(pdf)


@pytest.mark.parametrize("quarter_turns", range(4))
def test_a_noisy_sheet_is_read_in_any_rotation(quarter_turns):
    [sheet] = rasterised(rendered(SEAL))
    noisy = roughened(sheet, rng=random.Random(quarter_turns), quarter_turns=quarter_turns)
    [page] = open_file(scanned([noisy]))
    assert set(page.codes) == {SeparatorCode(number=NUMBER, document=SEAL.document)}


def test_what_lies_behind_a_sheet_is_filed_by_it():
    rng = random.Random(5)
    record = picture_of(resident_record(rng, writing=None).page)
    pile = [roughened(rasterised(rendered(RECORD))[0], rng=rng), record, record]
    pages = open_file(scanned(pile))
    assert sort_pages([page.codes for page in pages]) == (
        SeparatorSheet(number=NUMBER, document="resident_record"),
        *(
            Filed(number=NUMBER, document="resident_record", page=page, pages=2, by=FiledBy.SEPARATOR)
            for page in (1, 2)
        ),
    )


@pytest.mark.parametrize(
    "separators",
    [
        (),
        (Separator(number=NUMBER, document="住民票", words="住民票"),),
        (Separator(number="", document="a", words="あ"),),
    ],
)
def test_a_sheet_that_would_not_be_read_is_not_printed(separators):
    with pytest.raises(SheetRefused):
        rendered(*separators)
