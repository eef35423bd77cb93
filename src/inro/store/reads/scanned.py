"""What a scanner read at the packing table: which thing it is, and of which application (17.4, 18.1)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from inro.paper.codes import PREFIXES
from inro.paper.posting import UNOPENED_CODE
from inro.paper.scan.code import SheetCode, read_code
from inro.practice.enclosures import PaperKind
from inro.practice.packing import UnknownThing
from inro.practice.parcels import Content, Scanned
from inro.store.models import Application, Card, Mailer

# What the codes of the sheets in a parcel begin with; the PIN mailer has a number of its own.
MAILER_CODE = "PM1"

SLIP_CODE = PREFIXES[PaperKind.RECEIPT_SLIP]
_SHEETS = {SLIP_CODE: Content.RECEIPT_SLIP, UNOPENED_CODE: Content.HAND_OVER_UNOPENED}
_TRACKING = re.compile(r"[0-9]{11}|[0-9]{3}-[0-9]{2}-[0-9]{5}-[0-9]")
_SHORTEST, _LONGEST = 4, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingScan:
    """Everything read for one parcel; `tracking` is the post's sticker, empty where none was read."""

    things: tuple[Scanned, ...]
    tracking: str = ""


def packing_scan(lines: Iterable[str]) -> PackingScan:
    """Return what a scanner read, one code a line, in any order.

    Raises: UnknownThing for a code of nothing that goes into a parcel.
    """
    things, tracking = [], ""
    for line in lines:
        text = unicodedata.normalize("NFKC", line).strip()[:_LONGEST]
        if not text:
            continue
        # Eleven digits are the post's; a card's number has sixteen characters.
        if _TRACKING.fullmatch(text):
            tracking = text
        else:
            things.append(_thing(text))
    return PackingScan(things=tuple(things), tracking=tracking)


def application_of_slip(text: str) -> str:
    """Return the number of the application whose slip was scanned, or whose number was typed.

    Raises: UnknownThing.
    """
    code = read_code(text)
    if code is None:
        return text
    if not isinstance(code, SheetCode) or code.kind != SLIP_CODE:
        raise UnknownThing(scanned=text)
    return code.number


def mailer_number(text: str) -> str:
    """Return the number of the PIN mailer whose code was scanned, or what was typed as its number."""
    code = read_code(text.upper())
    return code.number if isinstance(code, SheetCode) and code.kind == MAILER_CODE else text


def _thing(text: str) -> Scanned:
    code = read_code(text.upper())
    if isinstance(code, SheetCode):
        content = _SHEETS.get(code.kind)
        if content is not None and Application.objects.filter(number=code.number).exists():
            return Scanned(content=content, application=code.number)
        text = mailer_number(text)
    for content, number in ((Content.CARD, _of_card(text)), (Content.PIN_MAILER, _of_mailer(text))):
        if number is not None:
            return Scanned(content=content, application=number)
    raise UnknownThing(scanned=text)


def _of_card(text: str) -> str | None:
    if len(text) < _SHORTEST:
        return None
    found = Card.objects.filter(serial__iexact=text, application__isnull=False)
    return found.values_list("application__number", flat=True).first()


def _of_mailer(text: str) -> str | None:
    return (
        Mailer.objects.filter(number__iexact=text).values_list("card__application__number", flat=True).first()
    )
