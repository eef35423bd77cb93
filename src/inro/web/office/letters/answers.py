"""What a clerk typed of letters, calls and requests as values; what cannot be read names its field."""

import csv
import io
import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum

from django.http import QueryDict

from inro.japanese.eras import read_date
from inro.japanese.postal_code import postal_digits
from inro.practice.calendar import JST
from inro.practice.letters import LetterRefused
from inro.practice.stated import StatedAddress, StatedPerson
from inro.web.office.intake.answers import text_of

_HAS_DIGIT = re.compile("[0-9]")
_TIME = re.compile(r"(.+?)[ T]+([0-9]{1,2})(?::|時)([0-9]{2})分?")
PERSON_FIELDS = ("name", "kana", "postal_code", "prefecture", "city", "street", "building")


def typed_day(post: QueryDict, field: str) -> date:
    """Return a day typed in Japanese or Gregorian years.

    Raises: LetterRefused where nothing was typed, or no day.
    """
    typed = text_of(post, field)
    if not typed:
        raise LetterRefused(field=field, problem="missing")
    day = read_date(typed).day
    if day is None:
        raise LetterRefused(field=field, problem="not_a_date")
    return day


def typed_instant(post: QueryDict, field: str) -> datetime:
    """Return a day and a time of day typed as in Japan, such as 2026/12/2 10:30.

    Raises: LetterRefused where nothing was typed, or no time.
    """
    typed = unicodedata.normalize("NFKC", text_of(post, field))
    if not typed:
        raise LetterRefused(field=field, problem="missing")
    found = _TIME.fullmatch(typed)
    day = read_date(found[1]).day if found else None
    if found is None or day is None or int(found[2]) > 23 or int(found[3]) > 59:
        raise LetterRefused(field=field, problem="not_a_time")
    return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=JST)


def typed_postmarks(text: str) -> dict[str, date]:
    """Return the postmark's day by letter from lines of a CSV: number, day; a head line is passed over.

    Raises: LetterRefused naming the line that cannot be read.
    """
    found: dict[str, date] = {}
    lines = csv.reader(io.StringIO(unicodedata.normalize("NFKC", text)))
    for place, cells in enumerate((line for line in lines if any(line)), start=1):
        number, day = (cells[0].strip(), read_date(cells[1].strip()).day) if len(cells) > 1 else ("", None)
        if day is not None and number:
            if number in found:
                raise LetterRefused(field=f"postmarks-{place}", problem="twice")
            found[number] = day
        elif place > 1 or _HAS_DIGIT.search(number):
            raise LetterRefused(field=f"postmarks-{place}", problem="not_read")
    if not found:
        raise LetterRefused(field="postmarks", problem="missing")
    return found


def chosen_of[T: StrEnum](kinds: type[T], post: QueryDict, field: str) -> T:
    """Return what was chosen among the values of an enum.

    Raises: LetterRefused.
    """
    value = text_of(post, field)
    if value not in list(kinds):
        raise LetterRefused(field=field, problem="missing")
    return kinds(value)


def typed_person(post: QueryDict) -> StatedPerson:
    """Return the person whose name and address were typed, as the paper has them (23).

    Raises: LetterRefused for what is no postal code; the use case looks at the rest.
    """
    digits = postal_digits(text_of(post, "postal_code"))
    if digits is None:
        raise LetterRefused(field="postal_code", problem="missing")
    address = {part: text_of(post, part) for part in ("prefecture", "city", "street", "building")}
    return StatedPerson(
        name=text_of(post, "name"),
        kana=text_of(post, "kana"),
        home=StatedAddress(postal_code=f"{digits[:3]}-{digits[3:]}", **address),
    )
