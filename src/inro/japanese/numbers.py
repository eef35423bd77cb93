"""Corporate Numbers, company registration numbers, Individual Numbers and their check digits (8.2, 8.5).

A Corporate Number is 13 digits whose first checks the others; behind it, a registered company has the 12
of its registration. An Individual Number is 12 digits whose last checks the others. Neither check proves
that a number was given to anyone: a tenth of all rows of 12 digits pass the second.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_CORPORATE_LENGTH, _REGISTRATION_LENGTH, _INDIVIDUAL_LENGTH = 13, 12, 12
_INDIVIDUAL_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SEPARATORS = re.compile(r"[\s-]+")
_DASHES = re.compile("[‐‑‒–—―−─ー]")
_ASCII_DIGITS = re.compile("[0-9]+")


class NumberVerdict(StrEnum):
    """What a text is, taken as a number with a check digit."""

    VALID = "valid"
    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"
    WRONG_CHECK_DIGIT = "wrong_check_digit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorporateNumberReading:
    """A Corporate Number as it was typed: its 13 digits, empty unless the verdict is valid."""

    verdict: NumberVerdict
    number: str = ""


def read_corporate_number(text: str) -> CorporateNumberReading:
    """Return the Corporate Number in any width, with spaces, hyphens or the T of an invoice number (8.2)."""
    digits = _SEPARATORS.sub("", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    digits = digits.removeprefix("T").removeprefix("t")
    if not _ASCII_DIGITS.fullmatch(digits):
        return CorporateNumberReading(verdict=NumberVerdict.NOT_DIGITS)
    if len(digits) != _CORPORATE_LENGTH:
        return CorporateNumberReading(verdict=NumberVerdict.WRONG_LENGTH)
    if not is_corporate_number(digits):
        return CorporateNumberReading(verdict=NumberVerdict.WRONG_CHECK_DIGIT)
    return CorporateNumberReading(verdict=NumberVerdict.VALID, number=digits)


def is_corporate_number(digits: str) -> bool:
    """Return whether 13 ASCII digits begin with the check digit of the others."""
    return _are_digits(digits, _CORPORATE_LENGTH) and digits == corporate_number_of(digits[1:])


def corporate_number_of(registration_number: str) -> str:
    """Return the Corporate Number of a company registration number (会社法人等番号), 12 ASCII digits.

    Raises: ValueError for anything but 12 digits.
    """
    if not _are_digits(registration_number, _REGISTRATION_LENGTH):
        raise ValueError("a company registration number has 12 digits")
    # From the right, every second digit counts twice.
    weighted = sum(map(int, registration_number[::-2])) + 2 * sum(map(int, registration_number[-2::-2]))
    return f"{9 - weighted % 9}{registration_number}"


def registration_number_of(corporate_number: str) -> str:
    """Return the 12 digits of the company register behind a Corporate Number's check digit.

    Raises: ValueError for anything but a valid Corporate Number.
    """
    if not is_corporate_number(corporate_number):
        raise ValueError("no valid Corporate Number")
    return corporate_number[1:]


def is_individual_number(digits: str) -> bool:
    """Return whether 12 ASCII digits end with the check digit of the others (8.5)."""
    if not _are_digits(digits, _INDIVIDUAL_LENGTH):
        return False
    pairs = zip(digits[:-1], _INDIVIDUAL_WEIGHTS, strict=True)
    weighted = sum(int(digit) * weight for digit, weight in pairs)
    return int(digits[-1]) == -weighted % 11 % 10


def _are_digits(text: str, length: int) -> bool:
    return len(text) == length and _ASCII_DIGITS.fullmatch(text) is not None
