"""One spelling for everything a name may be searched by: width, kana, variants, company forms (8.8-8.10).

A key is compared and never shown. What is searched for and what is on record go through the same functions.
"""

import re
from functools import lru_cache

from inro.japanese.folding import comparison_key
from inro.japanese.kana import katakana
from inro.japanese.name_variants import FIRST_OF_GROUP
from inro.japanese.organization_name import without_company_form
from inro.japanese.replacement import Document, replace_unit
from inro.japanese.units import TextRefused, split_units

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
# Points, dashes and spaces come and go; the sound mark ー stays, since it is read.
_UNREAD = re.compile(r"[\s・･·•‐‑‒–—―−─\-.,，．、。'’\"”()（）「」]+")
_LONGEST = 200


def search_key(text: str) -> str:
    """Return a text as names are searched by: folded, its characters those of the terms' tables, no spaces.

    At most 200 characters are looked at; what is no text of a name is folded all the same.
    """
    return _fold(_replaced(text[:_LONGEST]))


def organization_search_key(text: str) -> str:
    """Return an organization's key: as `search_key`, without its company form (8.2)."""
    kept = text[:_LONGEST]
    return search_key(without_company_form(kept) or kept)


def _fold(text: str) -> str:
    folded = katakana(comparison_key(text)).translate(FIRST_OF_GROUP).translate(_SMALL)
    return _UNREAD.sub("", folded).upper().replace("\0", "")


def _replaced(text: str) -> str:
    try:
        return "".join(map(_unit, split_units(text)))
    except TextRefused:
        return text


@lru_cache(maxsize=65_536)
def _unit(unit: str) -> str:
    found = replace_unit(unit, document=Document.RESIDENT)
    return found.replacement or next(iter(found.candidates), unit)
