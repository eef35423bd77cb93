"""Sets forms, alone or many in one PDF: number and code on every page, seals in their places (8.1, 23).

The same number, date and content give the same bytes, so a form that is printed again is the same form.
"""

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf

from inro.paper.codes import NO_NUMBER, PREFIXES, qr_svg, sheet_payload
from inro.paper.errors import SheetRefused
from inro.paper.glyphs import check_glyphs, check_visible, plain_forms_in, strings
from inro.paper.lengths import check_lengths
from inro.paper.parties import Operator
from inro.paper.press import long_date, press_checked, printable, queried
from inro.paper.seals import COLUMN_WIDTH, PANEL_HEIGHT, PANEL_TOP, SEAL_PLACES, SealBox
from inro.paper.wrapping import breakable
from inro.practice.enclosures import PaperKind

TEMPLATE = "forms"
_NUMBER = re.compile(r"[A-Z0-9-]{1,32}")
_PANEL = {"top": PANEL_TOP, "height": PANEL_HEIGHT, "column": COLUMN_WIDTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A form to be set: its kind names the template, `stated` is what came from a person or a record.

    `ours` is what the house adds to it. Without a number it is to be filled in by hand. `parts` is
    how many pages it has where nothing runs over.
    """

    kind: PaperKind
    number: str
    made_on: date
    stated: Mapping[str, Any]
    ours: Mapping[str, Any]
    seals: tuple[SealBox, ...] = ()
    parts: int = 1


def press_forms(sheets: Sequence[FormSheet], *, operator: Operator) -> bytes:
    """Return the forms one after the other as one PDF/A-2b, dated as the first of them.

    Raises: GlyphMissing, TextTooLong, FontMissing; SheetRefused for no form at all or a number that no code
    can say.
    """
    if not sheets:
        raise SheetRefused(sheet="forms", field="sheets")
    made_on = sheets[0].made_on
    counts = [sheet.parts for sheet in sheets]
    plain = forms_data(sheets, operator=operator)
    pdf = press_checked(TEMPLATE, made_on=made_on, plain=plain)
    if _pages_of(pdf) == sum(counts):
        return pdf
    plain |= {"counted": True}
    counts = json.loads(queried(TEMPLATE, "<pages>", made_on=made_on, plain=plain))
    return press_checked(TEMPLATE, made_on=made_on, plain=plain | _codes(sheets, counts))


def forms_data(sheets: Sequence[FormSheet], *, operator: Operator) -> dict[str, Any]:
    """Return what the template of all forms is given where each part of a form fills one page.

    Raises: GlyphMissing, TextTooLong, SheetRefused, FontMissing.
    """
    letterhead = printable(operator)
    check_glyphs({"operator": letterhead})
    return {
        "operator": letterhead,
        "panel": _PANEL,
        "papers": [_paper(sheet, place) for place, sheet in enumerate(sheets)],
        "plain_forms": [],
        "counted": False,
        **_codes(sheets, [sheet.parts for sheet in sheets]),
    }


def _paper(sheet: FormSheet, place: int) -> dict[str, Any]:
    if sheet.number and not _NUMBER.fullmatch(sheet.number):
        raise SheetRefused(sheet=sheet.kind.value, field="number")
    stated = {name: printable(value) for name, value in sheet.stated.items()}
    texts = dict(strings(stated))
    check_lengths(texts)
    check_visible(texts)
    check_glyphs(texts)
    seals = [printable(seal) | printable(SEAL_PLACES[seal.sealer]) for seal in sheet.seals]
    return {
        "place": place,
        "kind": sheet.kind.value,
        "number": sheet.number,
        "made_on": long_date(sheet.made_on),
        "plain_forms": plain_forms_in(texts),
        "seals": _wrapped(seals),
        **{name: _wrapped(value) for name, value in stated.items()},
        **{name: printable(value) for name, value in sheet.ours.items()},
    }


def _codes(sheets: Sequence[FormSheet], counts: Sequence[int]) -> dict[str, Any]:
    return {
        "qr": [
            [
                qr_svg(
                    sheet_payload(
                        kind=PREFIXES[sheet.kind], number=sheet.number or NO_NUMBER, page=page, pages=pages
                    )
                )
                for page in range(1, pages + 1)
            ]
            for sheet, pages in zip(sheets, counts, strict=True)
        ]
    }


def _wrapped(value: Any) -> Any:
    if isinstance(value, str):
        return breakable(value)
    if isinstance(value, Mapping):
        return {name: _wrapped(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_wrapped(item) for item in value]
    return value


def _pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
