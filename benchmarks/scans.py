"""Application forms printed, scanned with noise, askew and any way up, opened and filed (8.1)."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from benchmarks.cost import compare, cost_of, cost_with_children
from benchmarks.rows import Row, count_row, row_of
from benchmarks.size import Size
from inro.paper.form import render_application_form
from inro.paper.scan.opening import pages_of
from inro.paper.scan.sorting import Filed, Sorted, sort_pages
from tests.paper.forms import APPLICATION, MARRIED
from tests.paper.scanner import rasterised, roughened, scanned

FORMS = 200
FORMS_IN_A_PILE = 10
PILES_TIMED = 3
_QR_CODES = zxingcpp.barcode_formats_from_str("QRCode")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pile:
    """Scanned pages, and for each the number and page that it must be filed under."""

    pictures: Sequence[Image.Image]
    wanted: Sequence[tuple[str, int]]


def measure(size: Size) -> list[Row]:
    """Return a row for pages filed right, and one for the cost of a page beside reading its code alone."""
    rng = random.Random(81)
    count = size.of(FORMS)
    verdicts: Counter[str] = Counter()
    timed: list[_Pile] = []
    for first in range(0, count, FORMS_IN_A_PILE):
        pile = _pile(range(first, min(first + FORMS_IN_A_PILE, count)), rng)
        timed = [*timed, pile][:PILES_TIMED]
        verdicts.update(_verdicts(_filed(pile), pile.wanted))
    return [
        count_row(
            figure="scans",
            subject="pages of forms filed under their case, 200 dpi, noise, askew, any way up",
            against="every page, none wrongly",
            unit="pages",
            found=verdicts["right"] - verdicts["wrong"],
            wanted=verdicts.total(),
            checked={"forms": count} | {name: verdicts[name] for name in ("right", "tray", "wrong")},
        ),
        _cost(timed, size),
    ]


def _pile(numbers: range, rng: random.Random) -> _Pile:
    pictures, wanted = [], []
    for place in numbers:
        number = f"A26-{place:06}-K"
        form = render_application_form(form=MARRIED, **{**APPLICATION, "number": number})
        pictures += [roughened(page, rng=rng) for page in rasterised(form)]
        wanted += [(number, 1), (number, 2)]
    return _Pile(pictures=pictures, wanted=wanted)


def _filed(pile: _Pile) -> tuple[Sorted, ...]:
    return sort_pages([page.codes for page in pages_of(scanned(pile.pictures))])


def _verdicts(results: Sequence[Sorted], wanted: Sequence[tuple[str, int]]) -> list[str]:
    pairs = zip(results, wanted, strict=True)
    return [
        ("right" if (page.number, page.page) == due else "wrong") if isinstance(page, Filed) else "tray"
        for page, due in pairs
    ]


def _cost(piles: Sequence[_Pile], size: Size) -> Row:
    files = [scanned(pile.pictures) for pile in piles]
    count = sum(len(pile.pictures) for pile in piles)

    def read_alone() -> None:
        for pile in piles:
            for picture in pile.pictures:
                rows = memoryview(picture.tobytes()).cast("B", (picture.height, picture.width))
                zxingcpp.read_barcodes(rows, formats=_QR_CODES)

    def opened() -> None:
        for file in files:
            sort_pages([page.codes for page in pages_of(file)])

    comparison = compare(
        ours=lambda: cost_with_children(opened, count=count),
        others={"limit": lambda: cost_of(read_alone, count=count)},
        rounds=size.rounds(5),
    )["limit"]
    return row_of(
        comparison,
        figure="scans",
        subject="a page opened in a confined child, read, sent back and stored as PNG",
        against="limit: zxing-cpp alone on the same pixels",
        per="page",
        checked={"pages": count},
    )
