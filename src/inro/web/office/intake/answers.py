"""What a clerk typed, read into values; what cannot be read names its field (8.4)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.http import QueryDict

from inro.japanese.eras import read_date
from inro.practice.enclosures import PaperKind
from inro.practice.intake import ArrivalWay, EnclosedPaper, EnclosureRefused
from inro.store.ids import EnvelopeId
from inro.store.numbers import completed_number


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeFacts:
    """What the clerk says of an envelope; `envelope` is its row where it is on record already."""

    arrived_on: date
    way: ArrivalWay
    note: str
    envelope: EnvelopeId | None = None


def text_of(post: QueryDict, name: str) -> str:
    """Return a typed text without space at its ends."""
    return post.get(name, "").strip()


def day_of(post: QueryDict, name: str, *, field: str) -> date | None:
    """Return a day typed in Japanese or Gregorian years, None where nothing was typed.

    Raises: EnclosureRefused.
    """
    typed = text_of(post, name)
    if not typed:
        return None
    day = read_date(typed).day
    if day is None:
        raise EnclosureRefused(field=field, problem="not_a_date")
    return day


def chosen[T: StrEnum](kinds: type[T], post: QueryDict, name: str, *, field: str) -> T:
    """Return what was chosen among the values of an enum.

    Raises: EnclosureRefused.
    """
    value = text_of(post, name)
    if value not in list(kinds):
        raise EnclosureRefused(field=field, problem="missing")
    return kinds(value)


def envelope_facts(post: QueryDict) -> EnvelopeFacts:
    """Return what was typed of an envelope.

    Raises: EnclosureRefused.
    """
    arrived_on = day_of(post, "arrived_on", field="arrived_on")
    if arrived_on is None:
        raise EnclosureRefused(field="arrived_on", problem="missing")
    return EnvelopeFacts(
        arrived_on=arrived_on,
        way=chosen(ArrivalWay, post, "way", field="way"),
        note=text_of(post, "note"),
    )


def enclosed_paper(post: QueryDict, kind: PaperKind, *, pages: int | None = None) -> EnclosedPaper:
    """Return what was typed of one paper, whose fields end with its kind; `pages` is known once scanned.

    Raises: EnclosureRefused.
    """
    return EnclosedPaper(
        kind=kind,
        pages=_count(post, f"pages-{kind}") if pages is None else pages,
        original=text_of(post, f"original-{kind}") != "copy",
        issuer=text_of(post, f"issuer-{kind}"),
        issued_on=day_of(post, f"issued_on-{kind}", field="issued_on"),
        shelf=text_of(post, f"shelf-{kind}"),
    )


def application_number(typed: str) -> str:
    """Return an application's number as typed in any width and with any hyphens; a lacking check is added.

    Raises: EnclosureRefused where nothing was typed, or the check character is another.
    """
    if not re.search("[0-9A-Z]", unicodedata.normalize("NFKC", typed).upper()):
        raise EnclosureRefused(field="number", problem="missing")
    number = completed_number(typed, series="A")
    if number is None:
        raise EnclosureRefused(field="number", problem="mistyped")
    return number


def places_of(post: QueryDict) -> list[int]:
    """Return the pages that were ticked.

    Raises: EnclosureRefused for none.
    """
    places = [int(place) for place in post.getlist("place") if place.isascii() and place.isdigit()]
    if not places:
        raise EnclosureRefused(field="pages", problem="missing")
    return places


def typed_fields(post: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return what was typed, to be shown again beside what is wrong with it."""
    return {name: post.get(name, "") for name in names}


def _count(post: QueryDict, name: str) -> int:
    typed = unicodedata.normalize("NFKC", text_of(post, name))
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
        raise EnclosureRefused(field="pages", problem="not_a_number")
    return int(typed)
