"""Batches of scanned pages as they lie on the desk, and what can be told from them alone (8.4, 8.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from inro.paper.codes import FORM_CODES
from inro.paper.redaction import Box
from inro.paper.scan.code import Code
from inro.paper.scan.sorting import Filed, FiledBy, SeparatorSheet, Sorted, Unassigned
from inro.ports.quarantine import QuarantineId
from inro.practice.enclosures import NUMBER_PAPERS, PaperKind
from inro.practice.intake import ScanSource, TrayReason
from inro.store.ids import BatchId


class Standing(StrEnum):
    """What has become of a page; only a waiting one is still in the quarantine."""

    WAITING = "waiting"
    FILED = "filed"
    DISCARDED = "discarded"
    LOST = "lost"


class Search(StrEnum):
    """How far the search for numbers on a page is; a person may mark it at any time."""

    NOT_ASKED = "not_asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayPage:
    """One page of a batch; `place` counts from 1, `version` changes when the picture does.

    `number` and `kind` are the case and the paper it belongs to, `page` of `pages` its place in that paper,
    all empty until known. `reason` says why it lies in the tray, `trouble` what kept it from being filed.
    """

    place: int
    held: QuarantineId = field(repr=False)
    thumbnail: bytes = field(repr=False)
    width: int
    height: int
    dpi: int
    codes: tuple[Code, ...] = ()
    version: int = 1
    standing: Standing = Standing.WAITING
    number: str = ""
    kind: PaperKind | None = None
    page: int = 0
    pages: int = 0
    by_code: bool = False
    is_separator: bool = False
    reason: TrayReason | None = None
    search: Search = Search.NOT_ASKED
    boxes: tuple[Box, ...] = ()
    filing: bool = False
    trouble: Exception | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.standing is Standing.WAITING

    @property
    def is_assigned(self) -> bool:
        """Whether it waits under a case and a kind of paper."""
        return self.waits and bool(self.number) and self.kind is not None

    @property
    def may_show_number(self) -> bool:
        """Whether a person has to look for an Individual Number on it (8.5)."""
        return self.kind in NUMBER_PAPERS


@dataclass(slots=True, kw_only=True)
class Batch:
    """One batch; `opening` counts its files still to be opened, `refused` names those not taken in.

    `ending` says that its end is being recorded, `ended` that it is.
    """

    batch_id: BatchId
    number: str
    source: ScanSource
    taken_at: datetime
    taken_by: str
    files: int = 0
    opening: int = 0
    pages: list[TrayPage] = field(default_factory=list)
    refused: list[tuple[int, Exception]] = field(default_factory=list)
    ending: bool = False
    ended: bool = False

    @property
    def waiting(self) -> list[TrayPage]:
        """The pages that still wait."""
        return [page for page in self.pages if page.waits]

    @property
    def tray(self) -> list[TrayPage]:
        """The waiting pages that belong to no case yet."""
        return [page for page in self.waiting if not page.is_assigned and not page.is_separator]

    @property
    def being_filed(self) -> list[TrayPage]:
        """The pages that are on their way into the store."""
        return [page for page in self.waiting if page.filing]

    @property
    def separators(self) -> list[TrayPage]:
        """The separator sheets, which nobody keeps."""
        return [page for page in self.waiting if page.is_separator]

    @property
    def lost(self) -> int:
        """How many pages must be scanned again."""
        return sum(page.standing is Standing.LOST for page in self.pages)

    @property
    def is_done(self) -> bool:
        """Whether no page waits any more."""
        return not self.opening and not self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePile:
    """The waiting pages of one case in a batch, by kind of paper."""

    number: str
    papers: Mapping[PaperKind, tuple[TrayPage, ...]]

    @property
    def count(self) -> int:
        """How many pages wait."""
        return sum(map(len, self.papers.values()))

    @property
    def may_show_number(self) -> list[TrayPage]:
        """The pages that a person has to look at one by one (8.5)."""
        return [page for pages in self.papers.values() for page in pages if page.may_show_number]

    @property
    def own_forms(self) -> Mapping[PaperKind, tuple[TrayPage, ...]]:
        """The papers that identify themselves by their code on every page."""
        return {
            kind: pages
            for kind, pages in self.papers.items()
            if kind not in NUMBER_PAPERS and all(page.by_code for page in pages)
        }


def piles(pages: Iterable[TrayPage]) -> list[CasePile]:
    """Return the waiting pages by case, in the order the cases first appear; without those being filed."""
    found: dict[str, dict[PaperKind, list[TrayPage]]] = {}
    for page in pages:
        if page.is_assigned and page.kind is not None and not page.filing:
            found.setdefault(page.number, {}).setdefault(page.kind, []).append(page)
    return [
        CasePile(number=number, papers={kind: tuple(of_kind) for kind, of_kind in papers.items()})
        for number, papers in found.items()
    ]


def placed(page: TrayPage, found: Sorted, *, known: frozenset[str]) -> TrayPage:
    """Return a page as its code files it, or in the tray with the reason; `known` are the cases on record."""
    match found:
        case SeparatorSheet():
            return replace(page, is_separator=True)
        case Unassigned(doubt=doubt):
            return replace(page, reason=TrayReason(doubt.value))
        case Filed(number=number) if number not in known:
            return replace(page, reason=TrayReason.UNKNOWN_NUMBER)
        case Filed():
            kind = kind_of_document(found.document)
            if kind is None:
                return replace(page, reason=TrayReason.UNKNOWN_KIND)
            by_code = found.by is FiledBy.OWN_CODE
            return replace(
                page, number=found.number, kind=kind, page=found.page, pages=found.pages, by_code=by_code
            )


def kind_of_document(document: str) -> PaperKind | None:
    """Return the kind of paper that a sheet's or a separator's code names, or None for no paper of a case."""
    if document in FORM_CODES:
        return FORM_CODES[document]
    return PaperKind(document) if document in list(PaperKind) else None


def numbered(pages: Sequence[TrayPage]) -> list[TrayPage]:
    """Return the pages of one paper with their places in it: as their codes say, else as they lie."""
    if all(page.by_code for page in pages):
        return list(pages)
    return [replace(page, page=place, pages=len(pages)) for place, page in enumerate(pages, start=1)]
