"""One page as pixels and what its codes say: all that is left of a stranger's file."""

import io
from dataclasses import dataclass

from PIL import Image

from inro.paper.scan.code import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `image` is a PNG, 8-bit grey or RGB, made by this process of pixels and nothing else."""

    image: bytes
    width: int
    height: int
    dpi: int
    codes: tuple[Code, ...] = ()


def page_of_pixels(
    pixels: bytes, *, mode: str, width: int, height: int, dpi: int, codes: tuple[Code, ...] = ()
) -> Page:
    """Return rows of pixels as a page; `mode` is L or RGB.

    Raises: ValueError where the number of octets is not that of the size.
    """
    picture = Image.frombytes(mode, (width, height), pixels)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1, dpi=(dpi, dpi))
    return Page(image=out.getvalue(), width=width, height=height, dpi=dpi, codes=codes)


def picture_of(page: Page) -> Image.Image:
    """Return a page's pixels as a picture without metadata."""
    with Image.open(io.BytesIO(page.image), formats=("PNG",)) as stored:
        fresh = Image.new("L" if stored.mode == "L" else "RGB", stored.size, "white")
        fresh.paste(stored)
    return fresh
