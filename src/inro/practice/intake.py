"""How papers reach the intake desk, and what becomes of a scanned page (8.4, 8.5, 21.2, 40(7))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inro.practice.editions import Terms
from inro.practice.enclosures import (
    ISSUED_PAPERS,
    SEALED_PAPERS,
    PaperKind,
    RequiredPaper,
    oldest_issue,
    required_papers,
)
from inro.practice.errors import Refused
from inro.practice.stated import StatedForm


class ArrivalWay(StrEnum):
    """How an envelope came; what comes by fax is never an original (8.4, 21.2)."""

    POST = "post"
    HAND = "hand"
    FAX = "fax"


class ScanSource(StrEnum):
    """Where a batch of scanned pages came from."""

    UPLOAD = "upload"
    SCANNER = "scanner"


class DiscardReason(StrEnum):
    """Why a scanned page is kept by nobody."""

    BLANK = "blank"
    SCANNED_TWICE = "scanned_twice"
    UNREADABLE = "unreadable"
    SEPARATOR = "separator"
    NOT_OURS = "not_ours"


class TrayReason(StrEnum):
    """Why a scanned page is filed under no case; the first four are what its codes leave open."""

    NO_CODE = "no_code"
    DAMAGED_CODE = "damaged_code"
    TWO_CODES = "two_codes"
    CONTRADICTION = "contradiction"
    UNKNOWN_NUMBER = "unknown_number"
    UNKNOWN_KIND = "unknown_kind"
    FILED_BEFORE = "filed_before"
    PUT_BACK = "put_back"


class RedactionVerdict(StrEnum):
    """What a person found on a page that may show an Individual Number (8.5)."""

    BLACKED_OUT = "blacked_out"
    NONE_THERE = "none_there"


class ReadingPurpose(StrEnum):
    """Why a person reads what is on record of a case; no other reason is one (40(1), 40(7))."""

    INTAKE = "intake"
    EXAMINATION = "examination"
    ISSUANCE = "issuance"
    DELIVERY = "delivery"
    REVOCATION = "revocation"
    BILLING = "billing"
    RENEWAL = "renewal"
    DISCLOSURE = "disclosure"
    RETENTION = "retention"
    INSPECTION = "inspection"


class PaperFault(StrEnum):
    """Why an enclosed paper is a deficiency (8.4, 9.2)."""

    MISSING = "missing"
    TOO_OLD = "too_old"
    NO_ORIGINAL = "no_original"


class EnclosureRefused(Refused):
    """What was stated of an enclosed paper does not go together; `field` is what to correct (8.4)."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


class FaxBringsNoOriginal(Refused):
    """A paper that came by fax was called an original (8.4, 21.2)."""


class NumberInText(Refused):
    """A free text holds an Individual Number or a resident record code; the text is kept nowhere (8.5)."""

    def __init__(self, *, field: str) -> None:
        super().__init__(field=field)
        self.field = field


class RedactionMissing(Refused):
    """A page that may show an Individual Number was to be stored without a person's word on it (8.5)."""

    def __init__(self, *, kind: PaperKind) -> None:
        super().__init__(kind=kind.value)


class RedactionRefused(Refused):
    """A person's word on a page contradicts itself: boxes and yet none there, or none of either (8.5)."""

    def __init__(self, *, verdict: RedactionVerdict, boxes: int) -> None:
        super().__init__(verdict=verdict.value, boxes=boxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedPaper:
    """One paper as the clerk finds it in the envelope; `shelf` is where the original is kept (8.4)."""

    kind: PaperKind
    pages: int
    original: bool = True
    issuer: str = ""
    issued_on: date | None = None
    shelf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRedaction:
    """A person's word on one page: boxes blacked out (left, top, right, bottom in pixels), or none there."""

    verdict: RedactionVerdict
    boxes: tuple[tuple[int, int, int, int], ...] = ()

    def check(self) -> None:
        """Refuse boxes where none is there, and none where something was blacked out (8.5).

        Raises: RedactionRefused.
        """
        if bool(self.boxes) is not (self.verdict is RedactionVerdict.BLACKED_OUT):
            raise RedactionRefused(verdict=self.verdict, boxes=len(self.boxes))


def is_kept_on_shelf(kind: PaperKind) -> bool:
    """Return whether the sheet itself is kept and so has a place on a shelf (40(4), ordinance 12(5))."""
    return kind in SEALED_PAPERS or kind in ISSUED_PAPERS


def check_enclosed(*, paper: EnclosedPaper, way: ArrivalWay, arrived_on: date) -> None:
    """Refuse a paper whose particulars are not whole, or that cannot have come that way (8.4, 21.2).

    Raises: EnclosureRefused, FaxBringsNoOriginal.
    """
    if paper.original and way is ArrivalWay.FAX:
        raise FaxBringsNoOriginal
    for problem in enclosed_problems(paper=paper, arrived_on=arrived_on):
        raise problem


def enclosed_problems(*, paper: EnclosedPaper, arrived_on: date) -> tuple[EnclosureRefused, ...]:
    """Return everything that is lacking or wrong in the particulars of a paper (8.4)."""
    issued = paper.kind in ISSUED_PAPERS
    kept = paper.original and is_kept_on_shelf(paper.kind)
    problems = (
        ("pages", "none", paper.pages < 1),
        ("issuer", "missing", issued and not paper.issuer),
        ("issued_on", "missing", issued and paper.issued_on is None),
        ("issued_on", "later", paper.issued_on is not None and paper.issued_on > arrived_on),
        ("shelf", "missing", kept and not paper.shelf),
    )
    return tuple(
        EnclosureRefused(field=field, problem=problem) for field, problem, found in problems if found
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedPaper:
    """A paper of a case that is here; `too_old` was found on its arrival."""

    kind: PaperKind
    original: bool
    too_old: bool
    issued_on: date | None
    arrived_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPoint:
    """A deficiency of the enclosed papers; `oldest` is the earliest day of issue that would have done."""

    fault: PaperFault
    kind: PaperKind
    clause: str
    issued_on: date | None = None
    arrived_on: date | None = None
    oldest: date | None = None


def paper_points(
    *, form: StatedForm, arrived: Sequence[ArrivedPaper], terms: Terms
) -> tuple[PaperPoint, ...]:
    """Return what is deficient of the papers a form needs; one good paper of a kind suffices (8.4, 9.2)."""
    points = (
        _point(paper, [one for one in arrived if one.kind is paper.kind], terms)
        for paper in required_papers(form)
    )
    return tuple(point for point in points if point is not None)


def _point(paper: RequiredPaper, arrived: Sequence[ArrivedPaper], terms: Terms) -> PaperPoint | None:
    if not arrived:
        return PaperPoint(fault=PaperFault.MISSING, kind=paper.kind, clause=paper.clause)
    if any(one.original and not one.too_old for one in arrived):
        return None
    last = arrived[-1]
    return PaperPoint(
        fault=PaperFault.TOO_OLD if last.too_old else PaperFault.NO_ORIGINAL,
        kind=paper.kind,
        clause=paper.clause,
        issued_on=last.issued_on,
        arrived_on=last.arrived_on,
        oldest=oldest_issue(arrived_on=last.arrived_on, terms=terms),
    )
