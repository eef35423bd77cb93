"""Kana in its writings, and the reading (フリガナ) of a name (8.2, 8.10)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_HIRAGANA_FROM, _HIRAGANA_TO, _OFFSET = 0x3041, 0x3096, 0x60
_TO_KATAKANA = {code: code + _OFFSET for code in (*range(_HIRAGANA_FROM, _HIRAGANA_TO + 1), 0x309D, 0x309E)}
_TO_HIRAGANA = {katakana: hiragana for hiragana, katakana in _TO_KATAKANA.items()}
_HALF_WIDTH_RUN = re.compile("[｡-ﾟ]+")
_MARKS = str.maketrans({"\u3099": "゛", "\u309a": "゜"})
_HALF_MARKS = {"\u3099": "ﾞ", "\u309a": "ﾟ", "゛": "ﾞ", "゜": "ﾟ"}
_TO_HALF = {
    unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFF9E)
} | _HALF_MARKS
_DECOMPOSED = re.compile("[ぁ-ヿ][\u3099\u309a]")

_SMALL = frozenset("ァィゥェォッャュョヮ")
_NEVER_FIRST = _SMALL | frozenset("ーヽヾ")
_UNSPOKEN = frozenset("ヵヶ")
_LETTERS = frozenset(chr(code) for code in range(ord("ァ"), ord("ヴ") + 1)) | frozenset("ーヽヾヵヶ")
_SEPARATORS = frozenset("　・＝")
_SPACES = re.compile(r"\s+")


def full_width_kana(text: str) -> str:
    """Return the text with half-width kana in full width, sound marks joined to their letter."""
    joined = _DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    return _HALF_WIDTH_RUN.sub(_widened, joined)


def half_width_kana(text: str) -> str:
    """Return the text with katakana in half width, as bank files have it; ヮヰヱヵヶ have none and stay."""
    return "".join(map(_narrowed, text))


def katakana(text: str) -> str:
    """Return the text with hiragana and half-width kana as katakana."""
    return full_width_kana(text).translate(_TO_KATAKANA)


def hiragana(text: str) -> str:
    """Return the text with katakana as hiragana; ー and the four letters without one stay."""
    return full_width_kana(text).translate(_TO_HIRAGANA)


class ReadingProblem(StrEnum):
    """Why a text is no reading of a name."""

    EMPTY = "empty"
    NOT_KANA = "not_kana"
    CANNOT_BEGIN = "cannot_begin"
    UNSPOKEN = "unspoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFinding:
    """One problem of a reading and the character of its reduced text that has it."""

    problem: ReadingProblem
    position: int = 0
    character: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A reading in katakana, one full-width space between names, and what is wrong with it."""

    text: str
    findings: tuple[ReadingFinding, ...] = ()


def read_reading(text: str) -> Reading:
    """Return the reading of a name as the form shows it (フリガナ), however it was typed."""
    reading = _SPACES.sub("　", katakana(text)).strip("　")
    if not reading:
        return Reading(text="", findings=(ReadingFinding(problem=ReadingProblem.EMPTY),))
    found = ((position, letter, _problem(reading, position)) for position, letter in enumerate(reading))
    return Reading(
        text=reading,
        findings=tuple(
            ReadingFinding(problem=problem, position=position, character=letter)
            for position, letter, problem in found
            if problem is not None
        ),
    )


def _problem(reading: str, position: int) -> ReadingProblem | None:
    letter = reading[position]
    if letter in _UNSPOKEN:
        return ReadingProblem.UNSPOKEN
    first = position == 0 or reading[position - 1] in _SEPARATORS
    if letter in _SEPARATORS:
        return ReadingProblem.CANNOT_BEGIN if first else None
    if letter not in _LETTERS:
        return ReadingProblem.NOT_KANA
    return ReadingProblem.CANNOT_BEGIN if first and letter in _NEVER_FIRST else None


def _widened(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0]).translate(_MARKS)


def _narrowed(character: str) -> str:
    if character in _TO_HALF:
        return _TO_HALF[character]
    if not "ァ" <= character <= "ヺ":
        return character
    parts = unicodedata.normalize("NFD", character)
    return "".join(_TO_HALF[part] for part in parts) if _TO_HALF.keys() >= set(parts) else character
