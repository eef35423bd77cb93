"""Pages of a TIFF, JPEG or PNG, one after another; runs in the child only."""

import io
from collections.abc import Iterator

from PIL import Image, MpoImagePlugin, TiffImagePlugin

from inro.paper.scan.errors import FileFault, FileRefused
from inro.paper.scan.limits import Limits
from inro.paper.scan.rendering import Rendered, rendered, upright

# Loaded now, as nothing can be once the child is confined; MPO is what Pillow takes some cameras' JPEGs for.
Image.preinit()
PHOTOGRAPHS = (MpoImagePlugin.MpoImageFile,)
# What Pillow raises for damage, by the part of it that stumbles.
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError)
_TEXT_BOMB = "Decompressed data too large"


def pages_of_image(data: bytes, *, kind: str, limits: Limits) -> Iterator[Rendered]:
    """Yield the pages of a picture file.

    Raises: FileRefused.
    """
    Image.MAX_IMAGE_PIXELS = None  # ours is checked below, with words of its own
    try:
        with Image.open(io.BytesIO(data), formats=(kind,)) as picture:
            yield from _frames(picture, data, limits)
    except _DAMAGE as error:
        raise FileRefused(FileFault.BOMB if _TEXT_BOMB in str(error) else FileFault.MALFORMED, kind) from None


def _frames(picture: Image.Image, data: bytes, limits: Limits) -> Iterator[Rendered]:
    if not isinstance(picture, TiffImagePlugin.TiffImageFile):
        yield _rendered(picture, limits)
        return
    for frame in range(_tiff_pages(picture, data, limits)):
        picture.seek(frame)
        yield _rendered(picture, limits)


def _tiff_pages(picture: TiffImagePlugin.TiffImageFile, data: bytes, limits: Limits) -> int:
    """Count directories before any is decoded; one that leads back to an earlier one is a trap."""
    first = int.from_bytes(data[4:8], "little" if data.startswith(b"II") else "big")
    seen = {first}
    for frame in range(limits.pages):
        picture.seek(frame)
        following = picture.tag_v2.next
        if following in seen:
            raise FileRefused(FileFault.MALFORMED, "directory loop")
        if not following:
            return frame + 1
        seen.add(following)
    raise FileRefused(FileFault.TOO_MANY_PAGES, f"> {limits.pages}")


def _rendered(picture: Image.Image, limits: Limits) -> Rendered:
    if picture.width * picture.height > limits.pixels:
        raise FileRefused(FileFault.TOO_MANY_PIXELS, f"{picture.width} x {picture.height}")
    picture.load()
    page, dpi = upright(picture)
    return rendered(page, dpi=dpi)
