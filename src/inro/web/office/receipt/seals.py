"""The slip's name and seal beside the application's, and one laid over the other (8.1, 18.4).

Pictures come from the case's documents alone, while they are open to the clerk.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from inro.paper.seals import SEAL_PLACES, SLIP_SEAL, Sealer, SealPlace
from inro.practice.enclosures import PaperKind
from inro.store.ids import ApplicationId
from inro.store.reads.intake import DocumentRecord, documents_of
from inro.web.office.case_documents import is_open
from inro.web.office.examination.papers import SLIDES, slide

_MARGIN_MM = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPicture:
    """One page with the part of it that is looked at, in millimetres."""

    page: DocumentRecord
    view_box: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seals:
    """What is compared; each is None where the page is not stored. The last four lay one over the other."""

    opened: str
    application: SealPicture | None
    certificate: SealPicture | None
    slip: SealPicture | None
    laid: str
    shift: str
    scale: str
    visibility: str
    slides: dict[str, int]


def seals(request: HttpRequest, *, number: str, application: ApplicationId) -> Seals | None:
    """Return the pictures to compare, None while the documents are closed to the clerk (40(7))."""
    if not is_open(request, number):
        return None
    pages = [page for page in documents_of(application) if page.wrapped_key is not None]
    places = {name: slide(request.GET.get(name, ""), *bounds) for name, bounds in SLIDES.items()}
    own, slip_seal = SEAL_PLACES[Sealer.SUBSCRIBER], SLIP_SEAL
    return Seals(
        opened=request.GET["opened"],
        application=_picture(pages, PaperKind.APPLICATION_FORM, own),
        certificate=_picture(pages, PaperKind.SEAL_CERTIFICATE, None),
        slip=_picture(pages, PaperKind.RECEIPT_SLIP, slip_seal),
        laid=_view_box(own),
        # So moved, the slip's seal lies where the form's is; the clerk moves it on from there.
        shift=f"{own.x - slip_seal.x + places['x']} {own.y - slip_seal.y + places['y']}",
        scale=f"{places['size'] / 100:.2f}",
        visibility=f"{places['opacity'] / 100:.2f}",
        slides=places,
    )


def _picture(pages: list[DocumentRecord], kind: PaperKind, place: SealPlace | None) -> SealPicture | None:
    found = [page for page in pages if page.kind is kind]
    if not found:
        return None
    return SealPicture(page=found[-1], view_box=_view_box(place))


def _view_box(place: SealPlace | None) -> str:
    if place is None:
        return "0 0 210 297"
    side = place.side + 2 * _MARGIN_MM
    return f"{place.x - _MARGIN_MM} {place.y - _MARGIN_MM} {side} {side}"
