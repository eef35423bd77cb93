"""Find Individual Numbers and resident record codes in free text, in any writing, so as to refuse it (8.5).

A finding says where, never what: the number itself goes into no value, message or record.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from inro.japanese.numbers import is_corporate_number, is_individual_number


class ForbiddenNumber(StrEnum):
    """A number that must not be kept."""

    INDIVIDUAL_NUMBER = "individual_number"
    RESIDENT_RECORD_CODE = "resident_record_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenNumberFound:
    """Which number stands at `start` to `end` of a text."""

    kind: ForbiddenNumber
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    digits: str
    start: int
    end: int


_INDIVIDUAL_LENGTH, _CODE_LENGTH = 12, 11
_LONGEST_GAP = 3
_KANJI_DIGITS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_KANJI_RUN = re.compile("[〇零一二三四五六七八九]{2,}")
_LABEL = re.compile("住民票コ[ー-]ド")
_LABEL_REACH = 16
_MONTH_AND_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_TIMESTAMP = re.compile(f"(?:19|20)[0-9]{{2}}{_MONTH_AND_DAY}(?:[01][0-9]|2[0-3])[0-5][0-9]")
_CORPORATE_GROUPS = [1, 4, 4, 4]
# Marks without a width of their own, that can hide between digits.
_HIDDEN = frozenset({"Cf", "Mn", "Me"})


def find_forbidden_numbers(text: str) -> tuple[ForbiddenNumberFound, ...]:
    """Return where a text holds an Individual Number, or a resident record code (8.5).

    Digits count in any script and width, joined or parted by up to three signs or spaces; 12 of them must be
    one group, or several groups of one size or with one kind of sign between them. Longer rows of digits,
    such as Corporate Numbers, hold none.
    """
    runs = [run for run in _runs(text) if not _is_hyphenated_corporate_number(text, run)]
    individual = (found for run in runs for found in _individual_numbers(text, run))
    codes = (found for run in runs for found in _record_codes(text, run))
    return tuple(sorted({*individual, *codes}, key=lambda found: (found.start, found.end)))


def holds_forbidden_number(text: str) -> bool:
    """Return whether a free text or a file name must be refused (8.5)."""
    return bool(find_forbidden_numbers(text))


def _runs(text: str) -> Iterator[list[_Group]]:
    """Yield groups of digits that stand close together, as lists."""
    run: list[_Group] = []
    for group in _groups(text):
        if run and not _is_gap(text[run[-1].end : group.start]):
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def _groups(text: str) -> Iterator[_Group]:
    start, digits, end = 0, "", 0
    kanji = _kanji_places(text)
    for place, character in enumerate(text):
        digit = _digit(character, kanji=place in kanji)
        if digit is None:
            if digits and unicodedata.category(character) not in _HIDDEN:
                yield _Group(digits=digits, start=start, end=end)
                digits = ""
            continue
        if not digits:
            start = place
        digits, end = digits + digit, place + 1
    if digits:
        yield _Group(digits=digits, start=start, end=end)


def _kanji_places(text: str) -> frozenset[int]:
    return frozenset(place for match in _KANJI_RUN.finditer(text) for place in range(*match.span()))


def _digit(character: str, *, kanji: bool) -> str | None:
    """Return a digit of any script; a kanji counts beside another only, since names have single ones."""
    if kanji:
        return _KANJI_DIGITS[character]
    value = unicodedata.digit(character, -1)
    return str(value) if value >= 0 else None


def _is_gap(between: str) -> bool:
    letters = (character for character in between if character.isalpha() and character not in "ーのノ")
    return len(between) <= _LONGEST_GAP and not any(letters)


def _is_hyphenated_corporate_number(text: str, run: list[_Group]) -> bool:
    if [len(group.digits) for group in run] != _CORPORATE_GROUPS:
        return False
    return _gaps(text, run) == {"-"} and is_corporate_number("".join(group.digits for group in run))


def _individual_numbers(text: str, run: list[_Group]) -> Iterator[ForbiddenNumberFound]:
    for window in _windows(run, length=_INDIVIDUAL_LENGTH):
        digits = "".join(group.digits for group in window)
        if is_individual_number(digits) and _is_one_number(text, window, digits):
            yield _found(ForbiddenNumber.INDIVIDUAL_NUMBER, window)


def _record_codes(text: str, run: list[_Group]) -> Iterator[ForbiddenNumberFound]:
    """Yield 11 digits behind their label: a telephone number has as many, and nothing else tells them."""
    for window in _windows(run, length=_CODE_LENGTH):
        start = window[0].start
        if _LABEL.search(unicodedata.normalize("NFKC", text[max(start - _LABEL_REACH, 0) : start])):
            yield _found(ForbiddenNumber.RESIDENT_RECORD_CODE, window)


def _windows(run: list[_Group], *, length: int) -> Iterator[list[_Group]]:
    for first in range(len(run)):
        total = 0
        for last in range(first, len(run)):
            total += len(run[last].digits)
            if total == length:
                yield run[first : last + 1]
            if total >= length:
                break


def _is_one_number(text: str, window: list[_Group], digits: str) -> bool:
    if len({len(group.digits) for group in window}) == 1:
        return True
    return len(_gaps(text, window)) == 1 and not _TIMESTAMP.fullmatch(digits)


def _gaps(text: str, window: list[_Group]) -> set[str]:
    return {_kind_of_gap(text[one.end : other.start]) for one, other in pairwise(window)}


def _kind_of_gap(between: str) -> str:
    if between.isspace():
        return " "
    if all(unicodedata.category(character) == "Pd" or character in "ー−" for character in between.strip()):
        return "-"
    return between.strip()


def _found(kind: ForbiddenNumber, window: list[_Group]) -> ForbiddenNumberFound:
    return ForbiddenNumberFound(kind=kind, start=window[0].start, end=window[-1].end)
