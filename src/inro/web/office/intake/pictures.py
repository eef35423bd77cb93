"""Pages turned, and taken out of the store as pixels: pictures are made of these alone (8.1, 8.5)."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf

from inro.paper.redaction import Box
from inro.paper.scan.page import Page, page_of_pixels, picture_of
from inro.paper.scan.preview import turned

_POINTS_PER_INCH = 72


def turned_page(page: Page, quarter_turns: int) -> Page:
    """Return a page turned clockwise by quarters."""
    picture = turned(picture_of(page), quarter_turns)
    return page_of_pixels(
        picture.tobytes(), mode=picture.mode, width=picture.width, height=picture.height, dpi=page.dpi
    )


def turned_boxes(boxes: Sequence[Box], *, width: int, height: int, quarter_turns: int) -> tuple[Box, ...]:
    """Return boxes as they lie once their page of that size is turned clockwise by quarters."""
    for _ in range(quarter_turns % 4):
        boxes = [
            replace(box, left=height - box.bottom, top=box.left, right=height - box.top, bottom=box.right)
            for box in boxes
        ]
        width, height = height, width
    return tuple(boxes)


def _stream(sheet: pikepdf.Page) -> pikepdf.Stream:
    (picture,) = sheet.get_images().values()
    if not isinstance(picture, pikepdf.Stream):
        raise TypeError("a kept page holds one picture")
    return picture


def page_of_kept(document: bytes) -> Page:
    """Return the page of a PDF that `burn_in` made and the store has authenticated: one picture."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        sheet = pdf.pages[0]
        picture = pikepdf.PdfImage(_stream(sheet)).as_pil_image().convert("L")
        across = float(sheet.mediabox[2]) / _POINTS_PER_INCH
    return page_of_pixels(
        picture.tobytes(),
        mode="L",
        width=picture.width,
        height=picture.height,
        dpi=max(round(picture.width / across), 1),
    )
