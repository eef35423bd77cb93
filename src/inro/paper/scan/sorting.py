"""Files scanned pages under their cases by the codes on them; whatever is doubtful stays for a person (8.1).

A page with a code of its own is filed by it. A page without one is filed by the separator sheet before it,
whose reach ends at the next code of any kind, read or not.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeGuard

from inro.paper.scan.code import Code, DamagedCode, SeparatorCode, SheetCode


class FiledBy(StrEnum):
    """What filed a page."""

    OWN_CODE = "own_code"
    SEPARATOR = "separator"


class Doubt(StrEnum):
    """Why a page is filed nowhere."""

    NO_CODE = "no_code"
    DAMAGED_CODE = "damaged_code"
    TWO_CODES = "two_codes"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A page of the case `number`; `document` is its form's kind (RA1) or what the separator sheet names."""

    number: str
    document: str
    page: int
    pages: int
    by: FiledBy


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparatorSheet:
    """A separator sheet itself; it is not kept."""

    number: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unassigned:
    """A page for the tray."""

    doubt: Doubt


type Sorted = Filed | SeparatorSheet | Unassigned


def sort_pages(codes_of_pages: Sequence[tuple[Code, ...]]) -> tuple[Sorted, ...]:
    """Return one result for each page, in the order of the pages of one pile."""
    separator: SeparatorSheet | None = None
    results: list[Sorted] = []
    runs: list[list[int]] = []
    for place, codes in enumerate(codes_of_pages):
        found = _by_codes(codes)
        if found is None and separator:
            runs[-1].append(place)
            found = Filed(
                number=separator.number,
                document=separator.document,
                page=len(runs[-1]),
                pages=len(runs[-1]),
                by=FiledBy.SEPARATOR,
            )
        elif found is not None:
            separator = found if isinstance(found, SeparatorSheet) else None
            runs.append([])
        results.append(found or Unassigned(doubt=Doubt.NO_CODE))
    lost = _places_of_lost_pages(results)
    kept = [[place for place in run if place not in lost] for run in runs]
    doubted = _disagreeing(results) | {place for run in runs for place in run if place in lost}
    numbered = _numbered(results, kept)
    return tuple(
        Unassigned(doubt=Doubt.CONTRADICTION) if place in doubted else page
        for place, page in enumerate(numbered)
    )


def _by_codes(codes: tuple[Code, ...]) -> Sorted | None:
    """Return what a page's own codes say of it; a code printed twice counts once."""
    if any(isinstance(code, DamagedCode) for code in codes):
        return Unassigned(doubt=Doubt.DAMAGED_CODE)
    match list(dict.fromkeys(codes)):
        case []:
            return None
        case [SeparatorCode(number=number, document=document)]:
            return SeparatorSheet(number=number, document=document)
        case [SheetCode(kind=kind, number=number, page=page, pages=pages)]:
            return Filed(number=number, document=kind, page=page, pages=pages, by=FiledBy.OWN_CODE)
        case _:
            return Unassigned(doubt=Doubt.TWO_CODES)


def _numbered(results: list[Sorted], runs: list[list[int]]) -> list[Sorted]:
    """Give pages behind a separator the number of pages that lie there."""
    totals = {place: len(run) for run in runs for place in run}
    return [
        replace(page, pages=totals[place]) if isinstance(page, Filed) and place in totals else page
        for place, page in enumerate(results)
    ]


def _disagreeing(results: Sequence[Sorted]) -> set[int]:
    """Return the places of a form's pages whose codes disagree on how many pages it has."""
    totals: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    forms = [(place, page) for place, page in enumerate(results) if _has_own_code(page)]
    for _, page in forms:
        totals[page.document, page.number].add(page.pages)
    return {place for place, page in forms if len(totals[page.document, page.number]) > 1}


def _places_of_lost_pages(results: Sequence[Sorted]) -> set[int]:
    """Return the places before a later page of a form where its earlier ones lie if nothing is lost."""
    lost: set[int] = set()
    for place, page in enumerate(results):
        if _has_own_code(page) and page.page > 1:
            before = results[place - 1] if place else None
            if not (_has_own_code(before) and before.number == page.number):
                lost.update(range(max(place - page.page + 1, 0), place))
    return lost


def _has_own_code(page: Sorted | None) -> TypeGuard[Filed]:
    return isinstance(page, Filed) and page.by is FiledBy.OWN_CODE
