"""The units of a text that are replaced one by one: a character with its variation selector (8.8, 8.9)."""

import re
from enum import StrEnum

from inro.japanese.folding import PAIR
from inro.japanese.gate import JIS_X_0208
from inro.practice.errors import Refused

# Standardized (SVS) and ideographic (IVS) variation selectors.
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNIT = re.compile(f"(?:{PAIR}|.)[{SELECTORS}]?", re.DOTALL)
_SELECTOR = re.compile(f"[{SELECTORS}]")

_FORMATS = (
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
)
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)


class TextFault(StrEnum):
    """Why a text is not taken at all."""

    CONTROL = "control"
    INVISIBLE = "invisible"
    SURROGATE = "surrogate"
    NO_CHARACTER = "no_character"
    LOST = "lost"
    LOOSE_SELECTOR = "loose_selector"


_FAULTS = re.compile(
    f"(?P<control>[\x00-\x1f\x7f-\x9f])|(?P<invisible>[{_FORMATS}\u2028\u2029])|(?P<surrogate>[\ud800-\udfff])"
    f"|(?P<no_character>[{_NO_CHARACTERS}])|(?P<lost>\ufffd)"
    f"|(?P<loose_selector>(?:\\A|(?<=[{SELECTORS}]))[{SELECTORS}])"
)


class TextRefused(Refused):
    """A text holds what is no character of a name: `fault`, its place (from 0) and code point (8.7)."""

    def __init__(self, *, fault: TextFault, place: int, code_point: int) -> None:
        super().__init__(fault=fault, place=place, code_point=code_point)
        self.fault = fault
        self.place = place
        self.code_point = code_point


def split_units(text: str) -> list[str]:
    """Return the units of a text, in order; joined they are the text again.

    Raises: TextRefused for controls, invisible format characters, unpaired surrogates, noncharacters, U+FFFD
    (a character lost before) and variation selectors that follow no character.
    """
    if JIS_X_0208.issuperset(text):
        return list(text)
    found = _FAULTS.search(text)
    if found:
        raise TextRefused(
            fault=TextFault(str(found.lastgroup)), place=found.start(), code_point=ord(found[0])
        )
    return _UNIT.findall(text)


def without_selector(unit: str) -> tuple[str, str]:
    """Return a unit's character and its variation selector, empty if there is none."""
    if len(unit) > 1 and _SELECTOR.match(unit[-1]):
        return unit[:-1], unit[-1]
    return unit, ""
