"""The slip's name and seal beside the application's, and one laid over the other (8.1, 18.4).

Pictures come from the case's documents alone, while they are open to the clerk.
"""

from dataclasses import dataclass
from math import isfinite

from django.http import HttpRequest

from inro.paper.seals import SEAL_PLACES, SLIP_SEAL, Laying, Sealer, SealPlace, seen
from inro.practice.enclosures import PaperKind
from inro.store.ids import ApplicationId
from inro.store.reads.intake import DocumentRecord, documents_of
from inro.web.office.case_documents import is_open

# In tenths, since a seal's strokes are finer than whole millimetres: least, most, to begin with.
_SLIDES = {
    "x": (-40.0, 40.0, 0.0),
    "y": (-40.0, 40.0, 0.0),
    "turn": (-180.0, 180.0, 0.0),
    "size": (50.0, 200.0, 100.0),
    "opacity": (0.0, 100.0, 50.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPicture:
    """One page with the part of it that is looked at, in millimetres."""

    page: DocumentRecord
    view_box: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seals:
    """What is compared; each is None where the page is not stored. The last three lay one over the other."""

    opened: str
    application: SealPicture | None
    certificate: SealPicture | None
    slip: SealPicture | None
    laid: str
    transform: str
    visibility: str
    slides: dict[str, str]


def seals(request: HttpRequest, *, number: str, application: ApplicationId) -> Seals | None:
    """Return the pictures to compare, None while the documents are closed to the clerk (40(7))."""
    if not is_open(request, number):
        return None
    pages = [page for page in documents_of(application) if page.wrapped_key is not None]
    given = {name: _given(request.GET.get(name, ""), *bounds) for name, bounds in _SLIDES.items()}
    own, slip_seal = SEAL_PLACES[Sealer.SUBSCRIBER], SLIP_SEAL
    laying = Laying(right=given["x"], down=given["y"], turn=given["turn"], size=given["size"])
    return Seals(
        opened=request.GET["opened"],
        application=_picture(pages, PaperKind.APPLICATION_FORM, own),
        certificate=_picture(pages, PaperKind.SEAL_CERTIFICATE, None),
        slip=_picture(pages, PaperKind.RECEIPT_SLIP, slip_seal),
        laid=_view_box(own),
        # So the slip's seal lies where the form's is; the clerk moves and turns it on from there.
        transform=laying.transform(place=slip_seal, onto=own),
        visibility=f"{given['opacity'] / 100:.2f}",
        slides={name: f"{value:g}" for name, value in given.items()},
    )


def _picture(pages: list[DocumentRecord], kind: PaperKind, place: SealPlace | None) -> SealPicture | None:
    found = [page for page in pages if page.kind is kind]
    if not found:
        return None
    return SealPicture(page=found[-1], view_box=_view_box(place))


def _view_box(place: SealPlace | None) -> str:
    if place is None:
        return "0 0 210 297"
    return " ".join(f"{part:g}" for part in seen(place))


def _given(text: str, least: float, most: float, otherwise: float) -> float:
    """Return what an address says of a slide, within its bounds; what is no number is what it begins with."""
    try:
        value = round(float(text), 1)
    except ValueError:
        return otherwise
    return min(max(value, least), most) if isfinite(value) else otherwise
