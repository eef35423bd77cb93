"""Makes any picture an upright page of 8-bit grey or RGB at 200 to 300 dpi, and reads its codes.

Runs in the child only.
"""

from dataclasses import dataclass
from typing import Final

import zxingcpp
from PIL import Image, ImageChops, ImageOps

from inro.paper.scan.code import DamagedCode, SeparatorCode, SheetCode, read_code

MOST_DPI: Final = 300
LEAST_DPI: Final = 200
_BELIEVED_DPI: Final = range(90, 1201)
_A4_LONG_SIDE_INCHES: Final = 297 / 25.4
_COLOUR_IS_SEEN: Final = 24
_COARSENED: Final = 4
_QR_CODES: Final = zxingcpp.barcode_formats_from_str("QRCode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A page as rows of pixels; `codes` are payloads of our own codes, an empty one for each not readable."""

    pixels: bytes
    mode: str
    width: int
    height: int
    dpi: int
    codes: tuple[str, ...]


def rendered(picture: Image.Image, *, dpi: int) -> Rendered:
    """Return an RGB or L picture as a page, grey if no colour is to be seen in it."""
    page = picture if _has_colour(picture) else picture.convert("L")
    return Rendered(
        pixels=page.tobytes(),
        mode=page.mode,
        width=page.width,
        height=page.height,
        dpi=dpi,
        codes=_payloads(page.convert("L")),
    )


def upright(picture: Image.Image) -> tuple[Image.Image, int]:
    """Return a picture from a file as L or RGB, turned as its EXIF says, its pixels square, and its dpi.

    A fax has twice as many pixels across as down; a picture that states no dpi, or an absurd one, is taken
    for a photograph of A4.
    """
    across, down = _stated_dpi(picture)
    page = _flat(picture)
    if across != down:
        finer = max(across, down)
        page = page.resize(
            (page.width * finer // across, page.height * finer // down), Image.Resampling.BICUBIC
        )
        across = finer
    page = ImageOps.exif_transpose(page)
    dpi = across or round(max(page.size) / _A4_LONG_SIDE_INCHES)
    if dpi > MOST_DPI:
        size = (max(page.width * MOST_DPI // dpi, 1), max(page.height * MOST_DPI // dpi, 1))
        page, dpi = page.resize(size, Image.Resampling.BOX, reducing_gap=2), MOST_DPI
    return page, max(dpi, 1)


def _stated_dpi(picture: Image.Image) -> tuple[int, int]:
    """Return the dpi across and down, zeros where they are missing or absurd."""
    stated = picture.info.get("dpi", (0, 0))
    try:
        across, down = (round(float(value)) for value in stated)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return 0, 0
    return (across, down) if across in _BELIEVED_DPI and down in _BELIEVED_DPI else (0, 0)


def _flat(picture: Image.Image) -> Image.Image:
    """Return a picture of any mode as L or RGB, on white where it is transparent."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in {"1", "L"}:
        return picture.convert("L")
    if picture.has_transparency_data:
        on_white = Image.new("RGBA", picture.size, "white")
        on_white.alpha_composite(picture.convert("RGBA"))
        on_white.info = dict(picture.info)
        return on_white.convert("RGB")
    return picture.convert("RGB")


def _has_colour(picture: Image.Image) -> bool:
    if picture.mode == "L":
        return False
    red, green, blue = picture.reduce(_COARSENED).split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return any(any(difference.histogram()[_COLOUR_IS_SEEN:]) for difference in differences)


def _payloads(page: Image.Image) -> tuple[str, ...]:
    rows = memoryview(page.tobytes()).cast("B", (page.height, page.width))
    found = zxingcpp.read_barcodes(rows, formats=_QR_CODES, return_errors=True)
    payloads = []
    for barcode in found:
        code = read_code(barcode.text) if barcode.valid else DamagedCode()
        if isinstance(code, SheetCode | SeparatorCode):
            payloads.append(code.payload)
        elif code is not None:
            payloads.append("")
    return tuple(payloads)
