"""Pages of a PDF, after its objects were looked through for whatever is not a picture of paper.

Runs in the child only.
"""

import io
import zlib
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
import pypdfium2
from pikepdf import settings
from pypdfium2 import raw

from inro.paper.scan.errors import FileFault, FileRefused
from inro.paper.scan.limits import Limits
from inro.paper.scan.rendering import LEAST_DPI, MOST_DPI, Rendered, rendered

_POINTS_PER_INCH: Final = 72
# Keys and values (ISO 32000-2) of scripts, programs, files inside, forms with a life of their own, media.
_ACTIVE_KEYS: Final = frozenset(
    [
        "/JS",
        "/JavaScript",
        "/EmbeddedFiles",
        "/EF",
        "/XFA",
        "/RichMediaContent",
        "/RichMediaSettings",
        "/Launch",
    ]
)
_ACTIVE_VALUES: Final = {
    "/S": frozenset(
        [
            "/JavaScript",
            "/Launch",
            "/GoToR",
            "/GoToE",
            "/ImportData",
            "/SubmitForm",
            "/Rendition",
            "/Movie",
            "/Sound",
            "/RichMediaExecute",
            "/GoTo3DView",
            "/SetOCGState",
        ]
    ),
    "/Type": frozenset(["/EmbeddedFile", "/Rendition", "/MediaClip"]),
    "/Subtype": frozenset(["/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/FileAttachment"]),
}
_INFLATING: Final = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
_DEEPEST: Final = 64
_CHUNK: Final = 2**20


def pages_of_pdf(data: bytes, *, limits: Limits) -> Iterator[Rendered]:
    """Yield the pages of a PDF.

    Raises: FileRefused.
    """
    count = _checked_pages(data, limits)
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) != count:
            raise FileRefused(FileFault.MALFORMED, "page tree")
        for place in range(count):
            yield _rendered(document, place, limits)
    except pypdfium2.PdfiumError:
        raise FileRefused(FileFault.MALFORMED, "PDF") from None


def _checked_pages(data: bytes, limits: Limits) -> int:
    """Return the number of pages of a PDF that holds nothing but pages."""
    # The key stands in plain octets; qpdf itself would look for a device of chance, which a child has not.
    if b"/Encrypt" in data:
        raise FileRefused(FileFault.ENCRYPTED)
    settings.set_qpdf_limits(flate_max_memory=limits.inflated, max_stream_filters=2)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            count = len(pdf.pages)
            if not 0 < count <= limits.pages:
                raise FileRefused(
                    FileFault.TOO_MANY_PAGES if count else FileFault.MALFORMED, f"{count} pages"
                )
            _check_objects(pdf, limits)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, LookupError, RuntimeError):
        fault = FileFault.BOMB if settings.qpdf_limit_errors() else FileFault.MALFORMED
        raise FileRefused(fault, "PDF") from None
    return count


def _check_objects(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Look at every object there is, those in object streams too, whether anything refers to it or not."""
    _check(pdf.trailer, limits)
    for found in pdf.objects:
        _check(found, limits)


def _check(root: Any, limits: Limits) -> None:
    waiting = [(root, 0)]
    while waiting:
        found, depth = waiting.pop()
        if depth > _DEEPEST:
            raise FileRefused(FileFault.MALFORMED, "nesting")
        if isinstance(found, pikepdf.Stream):
            _check_stream(found, limits)
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            items = found.items()
            for key, value in items:
                _check_entry(key, value)
            parts = [value for _, value in items]
        elif isinstance(found, pikepdf.Array):
            parts = list(found)
        else:
            continue
        # What has a number of its own is looked at by its own number.
        waiting += [(part, depth + 1) for part in parts if not getattr(part, "is_indirect", False)]


def _check_entry(key: str, value: Any) -> None:
    if key in _ACTIVE_KEYS:
        raise FileRefused(FileFault.ACTIVE_CONTENT, key)
    if key in _ACTIVE_VALUES and isinstance(value, pikepdf.Name) and str(value) in _ACTIVE_VALUES[key]:
        raise FileRefused(FileFault.ACTIVE_CONTENT, str(value))


def _check_stream(stream: pikepdf.Stream, limits: Limits) -> None:
    if "/F" in stream:
        raise FileRefused(FileFault.ACTIVE_CONTENT, "/F")
    if stream.get("/Subtype") == "/Image":
        width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
        if width * height > limits.pixels:
            raise FileRefused(FileFault.TOO_MANY_PIXELS, f"{width} x {height}")
    named = stream.get("/Filter")
    filters = [str(one) for one in named] if isinstance(named, pikepdf.Array) else [str(named)]
    if sum(one in _INFLATING for one in filters) > 1:
        raise FileRefused(FileFault.BOMB, "packed twice")
    if filters[:1] in (["/FlateDecode"], ["/Fl"]):
        _check_inflated(stream.read_raw_bytes(), limits)


def _check_inflated(packed: bytes, limits: Limits) -> None:
    """Unpack piece by piece, keeping none, and stop where it grows beyond the limit."""
    inflater = zlib.decompressobj()
    size = 0
    while packed and not inflater.eof:
        try:
            size += len(inflater.decompress(packed, _CHUNK))
        except zlib.error:
            raise FileRefused(FileFault.MALFORMED, "stream") from None
        if size > limits.inflated:
            raise FileRefused(FileFault.BOMB, f"> {limits.inflated}")
        packed = inflater.unconsumed_tail


def _rendered(document: pypdfium2.PdfDocument, place: int, limits: Limits) -> Rendered:
    page = document[place]
    try:
        width, height = page.get_size()
        dpi = _dpi(page)
        scale = dpi / _POINTS_PER_INCH
        if not 0 < width * height * scale * scale <= limits.pixels:
            raise FileRefused(FileFault.TOO_MANY_PIXELS, f"{width:.0f} x {height:.0f} pt")
        bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
    finally:
        page.close()
    return rendered(picture, dpi=dpi)


def _dpi(page: pypdfium2.PdfPage) -> int:
    """Return the dpi of the finest picture on a page, within what a page of ours may have."""
    finest = LEAST_DPI
    for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)):
        stated = picture.get_metadata()
        finest = max(
            finest, round(min(stated.horizontal_dpi, MOST_DPI)), round(min(stated.vertical_dpi, MOST_DPI))
        )
    return finest
