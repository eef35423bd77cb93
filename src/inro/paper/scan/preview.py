"""Pictures of a page for the screen, made here of its pixels alone: never the file that came (8.1, 8.5)."""

import io
from typing import Final

from PIL import Image

from inro.paper.scan.page import Page, picture_of

MEDIA_TYPE: Final = "image/jpeg"
THUMBNAIL_WIDTH: Final = 112
FIT_WIDTH: Final = 900
ZOOM_PERCENT: Final = (100, 150, 200, 300)
_QUALITY: Final = 85
# A quarter turn is counted clockwise, as people turn paper.
_TURNS: Final = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


def thumbnail(page: Page, *, quarter_turns: int = 0) -> bytes:
    """Return a page as a JPEG 112 pixels wide, turned clockwise."""
    return view(page, width=THUMBNAIL_WIDTH, quarter_turns=quarter_turns)


def view(page: Page, *, width: int = FIT_WIDTH, zoom_percent: int = 100, quarter_turns: int = 0) -> bytes:
    """Return a page as a JPEG `width` pixels wide at 100 %, turned clockwise, never larger than the page is.

    Raises: ValueError for a width or zoom below 1.
    """
    if width < 1 or zoom_percent < 1:
        raise ValueError("a picture is at least one pixel wide")
    picture = turned(picture_of(page), quarter_turns)
    across = max(min(width * zoom_percent // 100, picture.width), 1)
    down = max(round(picture.height * across / picture.width), 1)
    shown = picture.resize((across, down), Image.Resampling.LANCZOS, reducing_gap=2)
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def turned(picture: Image.Image, quarter_turns: int) -> Image.Image:
    """Return a picture turned clockwise by quarters."""
    turns = quarter_turns % 4
    return picture.transpose(_TURNS[turns]) if turns else picture
