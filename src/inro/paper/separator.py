"""Separator sheets: laid before papers without a code of ours, they file them when all is scanned (8.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inro.paper.codes import qr_svg
from inro.paper.errors import SheetRefused
from inro.paper.parties import Operator
from inro.paper.press import press
from inro.paper.scan.code import SeparatorCode, read_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Separator:
    """One sheet: the application, the kind of document as its enum's value, and what people call it."""

    number: str
    document: str
    words: str


def render_separators(*, separators: Sequence[Separator], made_on: date, operator: Operator) -> bytes:
    """Return one page for each separator, as PDF; each page bears its code three times.

    Raises: SheetRefused for none, or one whose code would not read back; GlyphMissing, FontMissing.
    """
    if not separators:
        raise SheetRefused(sheet="separator", field="separators")
    return press(
        "separator",
        made_on=made_on,
        data={
            "separators": tuple(separators),
            "operator": operator,
            "qr": [qr_svg(_payload(separator)) for separator in separators],
        },
    )


def _payload(separator: Separator) -> str:
    code = SeparatorCode(number=separator.number, document=separator.document)
    if read_code(code.payload) != code:
        raise SheetRefused(sheet="separator", field="document")
    return code.payload
