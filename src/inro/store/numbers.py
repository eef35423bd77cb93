"""Numbers that people read aloud and type: a series, a year, a count, a check character."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from inro.store.models import Counter

# From the millionth of a year on the count has seven digits. There the check character can't be left out: its
# last digit could be one.
_TYPED = re.compile("([0-9]{2})(?:([0-9]{6})([0-9A-Z])?|([1-9][0-9]{6})([0-9A-Z]))")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_character(text: str) -> str:
    """Return the check character of digits and capital letters (ISO/IEC 7064, MOD 37,36)."""
    remainder = 36
    for character in text:
        remainder = (remainder + _ALPHABET.index(character)) % 36 or 36
        remainder = remainder * 2 % 37
    return _ALPHABET[(37 - remainder) % 36]


def is_number(number: str) -> bool:
    """Return whether a typed number has the form and check character of one of ours."""
    body, _, check = number.rpartition("-")
    plain = body.replace("-", "")
    return bool(plain) and all(c in _ALPHABET for c in plain) and check == check_character(plain)


def completed_number(typed: str, *, series: str) -> str | None:
    """Return the number of a series that was typed in any width, with any hyphens, its check left out or not.

    None where it is no such number, the check character is another, or is left out behind seven digits.
    """
    plain = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper())
    found = _TYPED.fullmatch(plain.removeprefix(series))
    if found is None:
        return None
    body = f"{series}{found[1]}-{found[2] or found[4]}"
    check, typed_check = check_character(body.replace("-", "")), found[3] or found[5]
    return f"{body}-{check}" if typed_check in (None, check) else None


def next_number(series: str, *, now: datetime) -> str:
    """Return the next number of a series such as `A`, inside the caller's transaction: `A26-000001-X`."""
    return next(next_numbers(series, count=1, now=now))


def next_numbers(series: str, *, count: int, now: datetime) -> Iterator[str]:
    """Return the next numbers of a series, taken at once inside the caller's transaction."""
    year = now.year
    Counter.objects.get_or_create(series=series, year=year, defaults={"value": 0})
    # The update takes the row's lock, so the value read after it is ours alone.
    Counter.objects.filter(series=series, year=year).update(value=F("value") + count)
    last = Counter.objects.get(series=series, year=year).value
    bodies = (f"{series}{year % 100:02d}-{value:06d}" for value in range(last - count + 1, last + 1))
    return (f"{body}-{check_character(body.replace('-', ''))}" for body in bodies)


def mailer_number(*, order: int, attempt: int) -> str:
    """Return the number of the PIN mailer of an order's attempt, known before anything is printed."""
    body = f"M{order:07d}-{attempt:02d}"
    return f"{body}-{check_character(body.replace('-', ''))}"
