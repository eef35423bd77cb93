"""A scanner in software: pages of a PDF as a scanner gives them, with noise, skew and turned any way."""

import io
import random
from collections.abc import Sequence

import numpy as np
import pypdfium2
from PIL import Image

NOISE = 25
SKEW_DEGREES = 4.0


def rasterised(pdf: bytes, *, dpi: int = 200) -> list[Image.Image]:
    """Return the pages of a PDF in grey, clean and straight."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L").copy()
            for page in list(document)
        ]
    finally:
        document.close()


def roughened(
    picture: Image.Image,
    *,
    rng: random.Random,
    noise: float = NOISE,
    skew: float = SKEW_DEGREES,
    quarter_turns: int | None = None,
) -> Image.Image:
    """Return a picture as it lay on the glass: askew by up to `skew` degrees, turned, with gaussian noise."""
    turns = rng.randrange(4) if quarter_turns is None else quarter_turns
    askew = picture.rotate(rng.uniform(-skew, skew), Image.Resampling.BICUBIC, fillcolor=245)
    turned = askew.rotate(90 * turns, expand=True)
    grains = np.random.default_rng(rng.getrandbits(32)).normal(0, noise, (turned.height, turned.width))
    return Image.fromarray((np.asarray(turned, dtype=np.float32) + grains).clip(0, 255).astype(np.uint8))


def scanned(pictures: Sequence[Image.Image], *, kind: str = "TIFF", dpi: int = 200, **how: object) -> bytes:
    """Return pictures as one file of a scanner."""
    out = io.BytesIO()
    first, *others = pictures
    if kind in {"TIFF", "PDF"}:
        how |= {"save_all": True, "append_images": others}
    stated = {"resolution": float(dpi)} if kind == "PDF" else {"dpi": (dpi, dpi)}
    first.save(out, kind, **stated, **how)
    return out.getvalue()
