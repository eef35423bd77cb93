"""Pictures of the pages of a sheet we made, and sheets bound into one pile for the printer (9.2)."""

import io
import threading
from collections.abc import Sequence
from typing import Final

import pikepdf
import pypdfium2

MEDIA_TYPE: Final = "image/png"
# The renderer is not made for two threads at once.
_one_at_a_time = threading.Lock()


def page_count(pdf: bytes) -> int:
    """Return how many pages a sheet of ours has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def page_picture(pdf: bytes, *, page: int, width: int) -> bytes:
    """Return one page, counted from 1, of a sheet of ours as PNG `width` pixels wide.

    Raises: ValueError for a page that is not there.
    """
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= page <= len(document):
                raise ValueError(f"no page {page}")
            sheet = document[page - 1]
            picture = sheet.render(scale=width / sheet.get_width()).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def bound(pdfs: Sequence[bytes]) -> bytes:
    """Return sheets in one PDF, each beginning on the front of a leaf where both sides are printed."""
    with pikepdf.new() as pile:
        for pdf in pdfs:
            with pikepdf.open(io.BytesIO(pdf)) as document:
                if len(pile.pages) % 2:
                    box = pile.pages[-1].mediabox
                    pile.add_blank_page(page_size=(float(box[2]), float(box[3])))
                pile.pages.extend(document.pages)
        out = io.BytesIO()
        pile.save(out)
    return out.getvalue()
