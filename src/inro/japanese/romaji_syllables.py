"""Syllables of a katakana reading, each with the spellings a passport may give it (8.2)."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from inro.practice.errors import Refused


class ReadingNotSpelled(Refused):
    """A reading cannot be spelled in Roman letters; `position` counts from the start of its name."""

    def __init__(self, *, name: str, position: int) -> None:
        super().__init__(name=name, position=position)
        self.name = name
        self.position = position


class LongVowel(StrEnum):
    """How the long vowels of a name are written, the passport's usual way first.

    A name without any, and one whose long U alone is shortened beside an OH, need no word of their own.
    """

    SHORTENED = "shortened"
    OH = "oh"
    IN_FULL = "in_full"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a spelling: the suggested letters, and others with the kind of long vowel they make."""

    suggested: str
    kind: LongVowel | None = None
    others: tuple[tuple[str, LongVowel | None], ...] = ()

    @property
    def options(self) -> tuple[tuple[str, LongVowel | None], ...]:
        """Every spelling of the piece, the suggested one first."""
        return ((self.suggested, self.kind), *self.others)


_VOWELS = "AIUEO"
_ROWS = {
    "": "アイウエオ",
    "K": "カキクケコ",
    "G": "ガギグゲゴ",
    "S": "サ_スセソ",
    "Z": "ザ_ズゼゾ",
    "T": "タ__テト",
    "D": "ダ__デド",
    "N": "ナニヌネノ",
    "H": "ハヒ_ヘホ",
    "B": "バビブベボ",
    "P": "パピプペポ",
    "M": "マミムメモ",
    "Y": "ヤ_ユ_ヨ",
    "R": "ラリルレロ",
    "W": "ワ____",
}
_SYLLABLES = {
    kana: row + vowel
    for row, letters in _ROWS.items()
    for kana, vowel in zip(letters, _VOWELS, strict=True)
    if kana != "_"
}
_SYLLABLES |= {"シ": "SHI", "チ": "CHI", "ツ": "TSU", "フ": "FU", "ジ": "JI", "ヂ": "JI", "ヅ": "ZU"}
_SYLLABLES |= {"ヰ": "I", "ヱ": "E", "ヲ": "O", "ヴ": "BU"}
_SMALL_VOWELS = dict(zip("ァィゥェォ", _VOWELS, strict=True))
_SMALL_Y = {"ャ": "YA", "ュ": "YU", "ョ": "YO", "ヮ": "WA"}
_WITHOUT_Y = ("SH", "CH", "J")
_LABIALS = ("B", "M", "P")
_MARK = "|"


def segments_of(name: str) -> list[Segment]:
    """Return one name in katakana, marks included, as pieces of its spelling.

    Raises: ReadingNotSpelled at a character that is no kana or cannot stand where it does.
    """
    return _Speller(name=_expanded(name)).spell()


def _expanded(name: str) -> str:
    """Return the name with ヽ and ヾ replaced by the letter they repeat."""
    letters: list[str] = []
    for letter in name:
        if letter in "ヽヾ" and letters:
            plain = unicodedata.normalize("NFD", letters[-1])[0]
            letters.append(plain if letter == "ヽ" else unicodedata.normalize("NFC", f"{plain}\u3099"))
        else:
            letters.append(letter)
    return "".join(letters)


class _Speller:
    """Walks along one name; `vowel` is the one a long vowel could go on from, `doubled` whether ッ waits."""

    def __init__(self, *, name: str) -> None:
        self.name = name
        self.position = 0
        self.vowel = ""
        self.doubled = False
        self.segments: list[Segment] = []

    def spell(self) -> list[Segment]:
        while self.position < len(self.name):
            self._step(self.name[self.position])
        if self.doubled:
            raise ReadingNotSpelled(name=self.name, position=len(self.name) - 1)
        return self.segments

    def _step(self, letter: str) -> None:
        if letter == _MARK:
            self.vowel = ""
            self.position += 1
        elif not self.doubled and (segment := self._long_vowel(letter)):
            self._add(segment, length=1, vowel="")
        elif letter == "ン" and not self.doubled:
            self._add(Segment(suggested=self._nasal()), length=1, vowel="")
        elif letter == "ッ" and not self.doubled:
            self.doubled, self.vowel = True, ""
            self.position += 1
        else:
            self._syllable(letter)

    def _add(self, segment: Segment, *, length: int, vowel: str) -> None:
        self.segments.append(segment)
        self.position += length
        self.vowel = vowel

    def _long_vowel(self, letter: str) -> Segment | None:
        if letter == "ー":
            return _long(in_full=self.vowel, vowel=self.vowel)
        if letter == "ウ" and self.vowel in ("O", "U"):
            return _long(in_full="U", vowel=self.vowel)
        if letter == "オ" and self.vowel == "O":
            if not self.name[self.position + 1 :].strip(_MARK):
                return Segment(suggested="O", others=(("H", LongVowel.OH),))
            return _long(in_full="O", vowel="O")
        return None

    def _nasal(self) -> str:
        rest = self.name[self.position + 1 :].lstrip(_MARK)
        return "M" if _SYLLABLES.get(rest[:1], "").startswith(_LABIALS) else "N"

    def _syllable(self, letter: str) -> None:
        roman = _SYLLABLES.get(letter)
        if roman is None:
            raise ReadingNotSpelled(name=self.name, position=self.position)
        following = self.name[self.position + 1 : self.position + 2]
        others: tuple[tuple[str, LongVowel | None], ...] = ()
        length = 1
        if following in _SMALL_VOWELS:
            if letter == "ヴ":
                others = ((self._double("B") + _SMALL_VOWELS[following], None),)
            roman, length = roman + _SMALL_VOWELS[following], 2
        elif following in _SMALL_Y:
            roman, length = _contracted(roman, _SMALL_Y[following]), 2
        roman, self.doubled = self._double(roman), False
        self._add(Segment(suggested=roman, others=others), length=length, vowel=roman[-1])

    def _double(self, roman: str) -> str:
        if not self.doubled:
            return roman
        if roman[0] in _VOWELS:
            raise ReadingNotSpelled(name=self.name, position=self.position)
        return ("T" if roman.startswith("CH") else roman[0]) + roman


def _contracted(roman: str, small: str) -> str:
    if not roman.endswith("I") or small == "WA":
        return roman + small
    stem = roman[:-1]
    return stem + small[1:] if stem in _WITHOUT_Y else stem + small


def _long(*, in_full: str, vowel: str) -> Segment:
    in_full_too: tuple[tuple[str, LongVowel | None], ...] = ((in_full, LongVowel.IN_FULL),) if in_full else ()
    if vowel != "O":
        return Segment(suggested="", others=in_full_too)
    return Segment(suggested="", kind=LongVowel.SHORTENED, others=(("H", LongVowel.OH), *in_full_too))
