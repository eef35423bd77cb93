"""Sheets of the dispatch desk: posting list, labels on a grid, the proxy's sheet (17.4, 18.3, 24.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inro.paper.codes import qr_svg, sheet_payload
from inro.paper.parties import Addressee, Operator
from inro.paper.press import press
from inro.practice.postage import LabelSheet

UNOPENED_CODE = "HU1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingLine:
    """One parcel of a list, with the number under which the post takes it."""

    number: str
    tracking: str
    service: str
    recipient: Addressee


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSum:
    """How many parcels of a service a list has, and their postage in yen."""

    name: str
    count: int
    each: int

    @property
    def total(self) -> int:
        """The postage of all of them."""
        return self.count * self.each


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSheet:
    """A list as it is signed at the counter."""

    number: str
    day: date
    lines: tuple[PostingLine, ...]
    services: tuple[ServiceSum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLabel:
    """One label of a sheet; `restricted` colours the service, `tracking` may still be empty."""

    number: str
    method: str
    restricted: bool
    recipient: Addressee
    tracking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnopenedSheet:
    """What tells a proxy recipient to hand the parcel over unopened."""

    application: str
    subscriber: str
    proxy: str
    made_on: date


def render_posting_list(*, sheet: PostingSheet, operator: Operator) -> bytes:
    """Return the list as PDF, once for the post and once with the signature for the house.

    Raises: GlyphMissing, FontMissing, SheetRefused.
    """
    lines = [
        {
            "place": str(place),
            "tracking": dashed(line.tracking),
            "name": line.recipient.name,
            "postal_code": line.recipient.postal_code,
            "address": "".join(line.recipient.address),
            "service": line.service,
            "number": line.number,
        }
        for place, line in enumerate(sheet.lines, start=1)
    ]
    services = [
        {
            "name": one.name,
            "count": f"{one.count}通",
            "each": f"{one.each:,}円",
            "total": f"{one.total:,}円",
        }
        for one in sheet.services
    ]
    told = {
        "number": sheet.number,
        "lines": lines,
        "services": services,
        "count": f"{len(lines)}通",
        "total": f"{sum(one.total for one in sheet.services):,}円",
    }
    return press("posting-list", made_on=sheet.day, data={"list": told, "operator": operator})


def render_labels(
    *, labels: Sequence[SheetLabel], sheet: LabelSheet, first: int, made_on: date, operator: Operator
) -> bytes:
    """Return labels as PDF on a sheet's grid; `first` is the first label not used yet, from 1.

    Raises: GlyphMissing, FontMissing, SheetRefused.
    """
    cells = [
        {
            "number": label.number,
            "method": label.method,
            "restricted": label.restricted,
            "tracking": dashed(label.tracking),
            "name": label.recipient.name,
            "postal_code": label.recipient.postal_code,
            "address": label.recipient.address,
        }
        for label in labels
    ]
    data = {"labels": cells, "sheet": sheet, "first": first, "operator": operator}
    return press("label-sheet", made_on=made_on, data=data)


def render_unopened_sheet(*, paper: UnopenedSheet, operator: Operator) -> bytes:
    """Return the sheet for a proxy's parcel as PDF (17.4, 18.3).

    Raises: GlyphMissing, FontMissing, SheetRefused.
    """
    qr = qr_svg(sheet_payload(kind=UNOPENED_CODE, number=paper.application))
    return press("unopened", made_on=paper.made_on, data={"paper": paper, "operator": operator, "qr": qr})


def dashed(tracking: str) -> str:
    """Return the post's number as its stickers show it, 131-12-38385-2; nothing for none."""
    if not tracking:
        return ""
    return f"{tracking[:3]}-{tracking[3:5]}-{tracking[5:10]}-{tracking[10:]}"
