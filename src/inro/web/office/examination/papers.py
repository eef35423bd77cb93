"""The papers beside the checklist: one page, two side by side, or one laid over the other (8.1, 40(7)).

Pictures come from the case's documents alone, while they are open to the clerk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language

from inro.paper.scan.preview import ZOOM_PERCENT
from inro.paper.seals import SEAL_PLACES, Sealer
from inro.practice.enclosures import PaperKind
from inro.store.reads.application import ApplicationRecord
from inro.store.reads.intake import DocumentRecord, documents_of
from inro.web.office.case_documents import is_open
from inro.words.states import word

# Where the seal of an item stands on our form, and the paper that has it on record.
_SEAL_ITEMS = {
    "applicant_seal": (PaperKind.SEAL_CERTIFICATE, Sealer.SUBSCRIBER),
    "representative_seal": (PaperKind.REPRESENTATIVE_SEAL_CERTIFICATE, Sealer.REPRESENTATIVE),
    "proxy_seal": (PaperKind.PROXY_SEAL_CERTIFICATE, Sealer.PROXY),
}
_KEPT = ("opened", "page", "beside", "laid", "zoom", "turns")
_MARGIN_MM = 8.0
_A4_MM = (210, 297)
# What a seal is laid over by: bounds in millimetres, percent and degrees.
SLIDES = {"x": (-200, 200, 0), "y": (-280, 280, 0), "size": (50, 200, 100), "opacity": (0, 100, 50)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One paper with the address that shows its first page."""

    kind: PaperKind
    address: str
    is_shown: bool

    @property
    def label(self) -> str:
        """What the paper is called, without what its name adds in brackets."""
        return word(self.kind, get_language() or "ja").split("（")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumb:
    """One page of the paper shown, with the address that shows it."""

    page: DocumentRecord
    address: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A page that can be put beside the one shown, or laid over it."""

    page: DocumentRecord
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoom:
    """A magnification; 100 % is the width of the pane."""

    percent: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A page laid over the one shown: the part of the sheet that is looked at, and how the upper one lies."""

    page: DocumentRecord
    seal: str
    view_box: str
    x: int
    y: int
    size: int
    opacity: int

    @property
    def scale(self) -> str:
        """The size as a factor."""
        return f"{self.size / 100:.2f}"

    @property
    def visibility(self) -> str:
        """The opacity as a fraction."""
        return f"{self.opacity / 100:.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What stands in the left pane; `opened` is empty while the documents are closed to the clerk."""

    opened: str
    tabs: list[Tab] = field(default_factory=list)
    thumbs: list[Thumb] = field(default_factory=list)
    shown: DocumentRecord | None = None
    beside: DocumentRecord | None = None
    overlay: Overlay | None = None
    others: list[Other] = field(default_factory=list)
    zooms: list[Zoom] = field(default_factory=list)
    zoom: int = ZOOM_PERCENT[0]
    turns: int = 0
    turned: str = ""
    alone: str = ""
    seals: list[Sealer] = field(default_factory=list)
    overlays: dict[str, str] = field(default_factory=dict)


def papers(request: HttpRequest, case: ApplicationRecord) -> Papers:
    """Return the left pane as the address asks for it."""
    if not is_open(request, case.number):
        return Papers(opened="")
    pages = [page for page in documents_of(case.application_id) if page.wrapped_key is not None]
    asked = {name: request.GET[name] for name in _KEPT if name in request.GET}
    shown = _page(pages, asked.get("page")) or (pages[0] if pages else None)
    if shown is None:
        return Papers(opened=asked["opened"])
    turns = int(asked["turns"]) if asked.get("turns") in {"1", "2", "3"} else 0
    zoom = _zoom(asked.get("zoom", ""))
    laid = _page(pages, asked.get("beside") if request.GET.get("over") else asked.get("laid"))
    return Papers(
        opened=asked["opened"],
        tabs=_tabs(pages, shown, asked),
        thumbs=[
            Thumb(page=one, address=_address(asked, page=one.reference), is_shown=one is shown)
            for one in pages
            if one.enclosure_id == shown.enclosure_id
        ],
        shown=shown,
        beside=_page(pages, asked.get("beside")) if laid is None else None,
        overlay=_overlay(request, laid) if laid is not None else None,
        others=[
            Other(page=one, is_chosen=one.reference in {asked.get("beside"), asked.get("laid")})
            for one in pages
            if one is not shown
        ],
        zooms=[
            Zoom(percent=each, address=_address(asked, zoom=str(each)), is_chosen=each == zoom)
            for each in ZOOM_PERCENT
        ],
        zoom=zoom,
        turns=turns,
        turned=_address(asked, turns=str((turns + 1) % 4)),
        alone=_address(asked, beside="", laid=""),
        seals=list(Sealer),
        overlays=_overlays(pages, asked),
    )


def kept_query(request: HttpRequest) -> str:
    """Return the part of the address that says what is shown of the papers."""
    return urlencode({name: request.GET[name] for name in _KEPT if name in request.GET})


def _tabs(pages: Sequence[DocumentRecord], shown: DocumentRecord, asked: dict[str, str]) -> list[Tab]:
    first = {page.kind: page for page in reversed(pages)}
    return [
        Tab(kind=kind, address=_address(asked, page=first[kind].reference), is_shown=kind is shown.kind)
        for kind in dict.fromkeys(page.kind for page in pages)
    ]


def _overlays(pages: Sequence[DocumentRecord], asked: dict[str, str]) -> dict[str, str]:
    """Return, by item, the address that lays a certificate's seal over the form's."""
    forms = [page for page in pages if page.kind is PaperKind.APPLICATION_FORM]
    return {
        item: _address(
            asked, page=forms[-1].reference, laid=page.reference, seal=seal, beside="", zoom="", turns=""
        )
        for item, (kind, seal) in _SEAL_ITEMS.items()
        for page in [page for page in pages if page.kind is kind][:1]
        if forms
    }


def _overlay(request: HttpRequest, laid: DocumentRecord) -> Overlay:
    slides = {name: slide(request.GET.get(name, ""), *bounds) for name, bounds in SLIDES.items()}
    seal = request.GET.get("seal", "")
    return Overlay(page=laid, seal=seal, view_box=_view_box(seal), **slides)


def _view_box(seal: str) -> str:
    """Return which part of the sheet is looked at, in millimetres: around a seal's place, or all of it."""
    if seal not in list(Sealer):
        return f"0 0 {_A4_MM[0]} {_A4_MM[1]}"
    place = SEAL_PLACES[Sealer(seal)]
    side = place.side + 2 * _MARGIN_MM
    return f"{place.x - _MARGIN_MM} {place.y - _MARGIN_MM} {side} {side}"


def slide(typed: str, least: int, most: int, otherwise: int) -> int:
    """Return a typed measure of an overlay within its bounds."""
    try:
        return min(max(int(typed), least), most)
    except ValueError:
        return otherwise


def _page(pages: Sequence[DocumentRecord], reference: str | None) -> DocumentRecord | None:
    return next((page for page in pages if page.reference == reference), None)


def _zoom(typed: str) -> int:
    return next((each for each in ZOOM_PERCENT if str(each) == typed), ZOOM_PERCENT[0])


def _address(asked: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({name: value for name, value in (asked | changes).items() if value})
