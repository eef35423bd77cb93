"""Looks up every character of a sheet in its face before printing, variation sequences included (8.7-8.12).

Neither the typesetter nor a printer warns of a glyph that is not there: it prints a blank, or the base
character where a variant was meant. So what cannot be drawn exactly is refused here.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from fontTools.ttLib import TTFont

from inro.paper.errors import GlyphMissing
from inro.paper.fonts import NAMES, TEXT, Face, require_face

_VARIATION_TABLE = 14
_INVISIBLE = frozenset("\n\u200b\u2060")
# A face may list them, and yet nothing is to be seen, or what is seen hangs on the character before.
_NOT_A_CHARACTER = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What one face draws: code points, and pairs of base and variation selector (cmap format 14)."""

    characters: frozenset[int]
    sequences: frozenset[tuple[int, int]]

    def draws(self, unit: str) -> bool:
        """Say whether `unit`, a character with or without its selector, is drawn as such."""
        if len(unit) == 1:
            return unit in _INVISIBLE or ord(unit) in self.characters
        return (ord(unit[0]), ord(unit[1])) in self.sequences


@cache
def coverage(face: Face = NAMES) -> Coverage:
    """Return what `face` draws, read once for this process.

    Raises: FontMissing.
    """
    with TTFont(require_face(face), lazy=True) as font:
        table = font["cmap"]
        sequences = frozenset(
            (base, selector)
            for part in table.tables
            if part.format == _VARIATION_TABLE
            for selector, pairs in part.uvsDict.items()
            for base, _ in pairs
        )
        characters = frozenset(
            point for point in table.getBestCmap() if unicodedata.category(chr(point)) not in _NOT_A_CHARACTER
        )
        return Coverage(characters=characters, sequences=sequences)


def units(text: str) -> Iterator[str]:
    """Yield `text` in characters, each with the variation selector that follows it."""
    unit = ""
    for character in text:
        if unit and is_selector(character):
            yield unit + character
            unit = ""
            continue
        if unit:
            yield unit
        unit = character
    if unit:
        yield unit


def is_selector(character: str) -> bool:
    """Say whether `character` is a variation selector (VS1-VS16, VS17-VS256)."""
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF


@cache
def plain_forms() -> frozenset[str]:
    """Return the sequences that are the text face's glyph of the base alone, such as U+9089 U+E0100.

    Their collection is another than the name face's, so they are set in the text face.
    """
    table = tomllib.loads((resources.files("inro.paper") / "plain_forms.toml").read_text("utf-8"))
    return frozenset(base + chr(int(selector, 16)) for selector, bases in table.items() for base in bases)


def plain_forms_in(values: Mapping[str, Any]) -> list[str]:
    """Return the sequences in `values` that the text face draws as their base, sorted."""
    marked = (text for _, text in strings(values) if any(map(is_selector, text)))
    found = {unit for text in marked for unit in units(text) if len(unit) > 1}
    return sorted(found & plain_forms())


def missing_glyphs(text: str, *, face: Face = NAMES) -> tuple[str, ...]:
    """Return the characters of `text` that `face` cannot draw as they stand, in order.

    Raises: FontMissing.
    """
    known = coverage(face)
    if known.characters.issuperset(map(ord, text)):
        return ()
    plain = plain_forms() if face in (NAMES, TEXT) else frozenset()
    return tuple(unit for unit in units(text) if not (known.draws(unit) or unit in plain))


def check_glyphs(values: Mapping[str, Any], *, face: Face = NAMES) -> None:
    """Check every string in `values`, however deep.

    Raises: GlyphMissing for the first that cannot be drawn, FontMissing.
    """
    for field, text in strings(values):
        for unit in missing_glyphs(text, face=face):
            raise GlyphMissing(field=field, character=unit)


def check_visible(values: Mapping[str, Any]) -> None:
    """Check that no string in `values` holds a character that prints as nothing, a line's end included.

    Raises: GlyphMissing.
    """
    for field, text in strings(values):
        for character in sorted(_INVISIBLE.intersection(text)):
            raise GlyphMissing(field=field, character=character)


def strings(values: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the strings in `values`, however deep, each after its field's path: `home.street`, `lines[0]`."""
    if isinstance(values, str):
        yield path, values
    elif isinstance(values, Mapping):
        for name, item in values.items():
            yield from strings(item, f"{path}.{name}" if path else str(name))
    elif isinstance(values, Sequence):
        for place, item in enumerate(values):
            yield from strings(item, f"{path}[{place}]")
