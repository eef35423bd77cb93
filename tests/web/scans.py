"""Piles as a scanner gives them: our printed forms, separator sheets, resident records of nobody."""

import random
from collections.abc import Sequence
from datetime import date

from PIL import Image

from inro.paper.form import render_application_form
from inro.paper.scan.page import picture_of
from inro.paper.separator import Separator, render_separators
from tests.forms import FORM
from tests.paper.forms import APPLICATION
from tests.paper.resident_record import resident_record
from tests.paper.scanner import rasterised, roughened, scanned
from tests.paper.sheets import OPERATOR


def form(number: str) -> list[Image.Image]:
    """Return the pages of an application's printed form as a scanner sees them."""
    return rasterised(render_application_form(form=FORM, **{**APPLICATION, "number": number}))


def separator(number: str, document: str = "resident_record") -> Image.Image:
    """Return a separator sheet as a scanner sees it."""
    sheet = Separator(number=number, document=document, words="住民票の写し")
    (page,) = rasterised(render_separators(separators=[sheet], made_on=date(2026, 12, 1), operator=OPERATOR))
    return page


def record(rng: random.Random, *, writing: str | None = "groups", quarter_turns: int = 0) -> Image.Image:
    """Return a resident record with a number in a writing, or with none."""
    return picture_of(resident_record(rng, writing=writing, quarter_turns=quarter_turns).page).convert("L")


def pile(pages: Sequence[Image.Image]) -> bytes:
    """Return pages as one file of a scanner."""
    return scanned(pages, kind="TIFF", compression="jpeg", quality=80)


def rough(pages: Sequence[Image.Image], rng: random.Random) -> list[Image.Image]:
    """Return pages as they lay on the glass: askew, turned, with noise."""
    return [roughened(page, rng=rng) for page in pages]
