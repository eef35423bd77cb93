"""What the QR codes of our sheets say, written and read in one place so that the two cannot drift (8.1).

A form's code files its own page; a separator sheet's files the pages behind it.
"""

import re
from dataclasses import dataclass

_OURS = re.compile(r"[A-Z]{2}[0-9]:")
_SHEET = re.compile(r"([A-Z]{2}[0-9]):([A-Z0-9-]{1,32}):([1-9][0-9]{0,2})/([1-9][0-9]{0,2})")
_SEPARATOR_KIND = "SP1"
_SEPARATOR = re.compile(_SEPARATOR_KIND + r":([A-Z0-9-]{1,32}):([a-z][a-z0-9_]{0,39})")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCode:
    """The code on a page of our own: kind of sheet (RA1: application form), its number, page of pages."""

    kind: str
    number: str
    page: int = 1
    pages: int = 1

    @property
    def payload(self) -> str:
        """What the code says."""
        return _checked(f"{self.kind}:{self.number}:{self.page}/{self.pages}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparatorCode:
    """The code on a separator sheet: the application, and the kind of document that lies behind the sheet."""

    number: str
    document: str

    @property
    def payload(self) -> str:
        """What the code says."""
        return _checked(f"{_SEPARATOR_KIND}:{self.number}:{self.document}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedCode:
    """A code that was seen and not read, or one of ours whose check letter is wrong."""


type Code = SheetCode | SeparatorCode | DamagedCode


def read_code(text: str) -> Code | None:
    """Return what a code says; None for a stranger's code, such as an office prints on its certificates."""
    if not _OURS.match(text):
        return None
    body, _, letter = text.rpartition(":")
    if letter != check_letter(body):
        return DamagedCode()
    if found := _SEPARATOR.fullmatch(body):
        return SeparatorCode(number=found[1], document=found[2])
    found = _SHEET.fullmatch(body)
    if found is None or int(found[3]) > int(found[4]):
        return DamagedCode()
    return SheetCode(kind=found[1], number=found[2], page=int(found[3]), pages=int(found[4]))


def check_letter(text: str) -> str:
    """Return one letter that changes with most single slips and swaps in `text` (weighted sum modulo 23)."""
    weighted = sum(place * ord(character) for place, character in enumerate(text, start=1))
    return _LETTERS[weighted % len(_LETTERS)]


def _checked(body: str) -> str:
    return f"{body}:{check_letter(body)}"
