"""Cases found by what a person types: a number, a name, a company, a serial, a tracking number (40(7))."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import connection

from inro.japanese.search_key import organization_search_key, search_key
from inro.store.models import Certificate, Parcel, QueueRow, SearchKey
from inro.store.numbers import completed_number
from inro.store.plain_sql import rows, select

MOST = 50
_LONGEST = 200
_CORPORATE = re.compile("T?([0-9]{13})")
_TRACKING = re.compile("[0-9]{11}")
_SERIAL = re.compile("[0-9A-F]{8,40}")
_SERIAL_OCTETS = 20


def found_cases(typed: str, *, most: int = MOST) -> tuple[int, ...]:
    """Return the row ids of the cases that a text is about, best first, at most `most` and one more.

    What reads as a number is looked for as one first. Names are found by any part of them, whatever their
    width, kana, variants or company form; among those the latest cases come first.
    """
    text = unicodedata.normalize("NFKC", typed).strip()[:_LONGEST].replace("\0", "")
    found: dict[int, None] = {}
    for look in (_by_number, _by_digits, _by_serial):
        found |= dict.fromkeys(look(text))
    # What is a number on record is nobody's name.
    found = found or dict.fromkeys(_by_name(text))
    return tuple(found)[: most + 1]


def case_of_number(typed: str) -> str | None:
    """Return the number of the one case that a typed number names, its check character left out or not."""
    number = completed_number(typed, series="A")
    found = QueueRow.objects.filter(number=number).exists() if number else False
    return number if found else None


def _by_number(text: str) -> Iterable[int]:
    number = completed_number(text, series="A")
    if number is None:
        return ()
    return QueueRow.objects.filter(number=number).values_list("pk", flat=True)


def _by_digits(text: str) -> Iterable[int]:
    plain = re.sub(r"[\s-]", "", text).upper()
    corporate = _CORPORATE.fullmatch(plain)
    if corporate:
        keys = SearchKey.objects.filter(corporate_number=corporate[1]).order_by("-pk")
        return keys.values_list("pk", flat=True)[: MOST + 1]
    if _TRACKING.fullmatch(plain):
        parcels = Parcel.objects.filter(tracking_number=plain).order_by("-pk")
        return parcels.values_list("application_id", flat=True)[: MOST + 1]
    return ()


def _by_serial(text: str) -> Iterable[int]:
    digits = re.sub(r"[\s:]", "", text).upper()
    if not _SERIAL.fullmatch(digits):
        return ()
    low, high = digits.ljust(2 * _SERIAL_OCTETS, "0"), digits.ljust(2 * _SERIAL_OCTETS, "F")
    certificates = Certificate.objects.filter(
        serial__serial__gte=bytes.fromhex(low),
        serial__serial__lte=bytes.fromhex(high),
        application__isnull=False,
    )
    return certificates.order_by("-pk").values_list("application_id", flat=True)[: MOST + 1]


def _by_name(text: str) -> Iterable[int]:
    keys = [key for key in dict.fromkeys((search_key(text), organization_search_key(text))) if key]
    if not keys:
        return ()
    holds = " OR ".join([_HOLDS[connection.vendor]] * len(keys))
    # Not the plain column: SQLite walks a table backwards twice as slowly as forwards, rare names or not.
    statement = select(("application_id",), f"store_searchkey WHERE {holds} ORDER BY application_id + 0 DESC")
    return [case for (case,) in rows(f"{statement} LIMIT %s", [*keys, MOST + 1])]


# A part of the names as it stands: no pattern, so no character of it means anything else.
_HOLDS = {"sqlite": "instr(names, %s) > 0", "postgresql": "strpos(names, %s) > 0"}
