"""Names in Roman letters as Japanese passports spell them: suggested, and judged as written (8.2).

Passports shorten long O and U; OH for a long O and the spelling letter by letter are granted on request. The
applicant's form decides how a name is spelled: a suggestion saves typing, a judgement tells the officer. A
mark | in a reading parts what only looks like a long vowel: イノ|ウエ is INOUE.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from inro.japanese.kana import katakana
from inro.japanese.romaji_marks import with_marks
from inro.japanese.romaji_syllables import LongVowel, ReadingNotSpelled, Segment, segments_of

__all__ = ["LongVowel", "ReadingNotSpelled", "RomajiJudgement", "judge_romaji", "suggest_romaji"]

_ROMAN_NAME = re.compile(r"[A-Z]+(?:[ '-][A-Z]+)*")
_BETWEEN_NAMES = re.compile(r"[\s・＝=]+")
_BETWEEN_ROMAN_NAMES = re.compile(r"[\s-]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "‐": "-", "–": "-", "−": "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RomajiJudgement:
    """Whether a spelling fits a reading, and how its long vowels are written.

    `long_vowels` is None if the spelling does not fit; `differs_at` then is the index, in `written`, of the
    first letter that no spelling of the reading has.
    """

    written: str
    suggested: str
    long_vowels: LongVowel | None
    differs_at: int | None = None

    @property
    def fits(self) -> bool:
        """Whether the spelling is one that a passport would have."""
        return self.long_vowels is not None


def suggest_romaji(reading: str) -> str:
    """Return the spelling of a reading with long vowels shortened, names parted by a space.

    Raises: ReadingNotSpelled if a part of the reading is no kana or cannot be spoken.
    """
    return " ".join("".join(segment.suggested for segment in name) for name in _names(reading))


def judge_romaji(*, reading: str, romaji: str) -> RomajiJudgement:
    """Return whether Roman letters spell the reading, accepting all three spellings of long vowels.

    A hyphen parts names as a space does, and names that belong together may be written as one.

    Raises: ReadingNotSpelled if a part of the reading is no kana or cannot be spoken.
    """
    written = " ".join(filter(None, _BETWEEN_ROMAN_NAMES.split(one_roman_writing(romaji))))
    names = _names(reading)
    suggested = " ".join("".join(segment.suggested for segment in name) for name in names)
    if written.count(" ") == len(names) - 1:
        sequence = [segment for name in names for segment in (_SPACE, *name)][1:]
    else:
        sequence = [segment for name in names for segment in name]
    target = written if _SPACE in sequence else written.replace(" ", "")
    long_vowels, reached = _spelled(sequence, target)
    if long_vowels is not None:
        return RomajiJudgement(written=target, suggested=suggested, long_vowels=long_vowels)
    return RomajiJudgement(written=target, suggested=suggested, long_vowels=None, differs_at=reached)


def one_roman_writing(text: str) -> str:
    """Return Roman letters in full capitals of one width, without accents, one space between names."""
    letters = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.upper().split())


def is_roman_name(written: str) -> bool:
    """Return whether a text, in one writing, is a name in the letters A to Z."""
    return _ROMAN_NAME.fullmatch(written) is not None


class RomanNames(StrEnum):
    """How a name in Roman letters agrees with the one on a document."""

    SAME = "same"
    SAME_LETTERS = "same_letters"
    DIFFERENT = "different"


def compare_roman_names(*, documented: str, written: str) -> RomanNames:
    """Return whether a foreign resident's name is written as the resident record has it (8.2, 8.3).

    Kana does not decide how such a name is spelled: its document does. Capitals, accents, hyphens and spaces
    are told apart from letters.
    """
    if documented == written:
        return RomanNames.SAME
    if _letters(documented) == _letters(written):
        return RomanNames.SAME_LETTERS
    return RomanNames.DIFFERENT


def _letters(text: str) -> str:
    return re.sub("[ '.,-]", "", one_roman_writing(text))


def _names(reading: str) -> list[list[Segment]]:
    names = filter(None, _BETWEEN_NAMES.split(katakana(reading).strip()))
    return [segments_of(with_marks(name)) for name in names]


_SPACE = Segment(suggested=" ")


def _spelled(segments: list[Segment], target: str) -> tuple[LongVowel | None, int]:
    """Return the long vowels with which the segments spell the target, and how far they reach in it."""
    states: set[tuple[int, LongVowel | None]] = {(0, None)}
    reached = 0
    for segment in segments:
        reached = max(position for position, _ in states)
        states = {
            (position + len(text), _together(so_far, long_vowel))
            for position, so_far in states
            for text, long_vowel in segment.options
            if target.startswith(text, position)
        }
        if not states:
            return None, reached
    ends = [so_far or LongVowel.SHORTENED for position, so_far in states if position == len(target)]
    return min(ends, key=list(LongVowel).index, default=None), max(position for position, _ in states)


def _together(so_far: LongVowel | None, added: LongVowel | None) -> LongVowel | None:
    if so_far is None or added is None or so_far is added:
        return so_far or added
    return LongVowel.MIXED
