"""Scans of every usual kind become pages, upright, at 200 to 300 dpi, with their codes read (8.1)."""

import io
import random

import img2pdf
import pytest
from PIL import Image, ImageDraw

from inro.paper.form import render_application_form
from inro.paper.scan.code import DamagedCode, SheetCode
from inro.paper.scan.opening import open_file, pages_of
from inro.paper.scan.page import picture_of
from tests.paper.forms import APPLICATION, MARRIED, NUMBER
from tests.paper.scanner import rasterised, roughened, scanned


@pytest.fixture(scope="module")
def form():
    return rasterised(render_application_form(form=MARRIED, **APPLICATION))


def code(page):
    return SheetCode(kind="RA1", number=NUMBER, page=page, pages=2)


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("TIFF", {"compression": "group4"}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "jpeg"}),
        ("TIFF", {}),
        ("PDF", {}),
    ],
)
def test_every_page_of_a_pile_is_opened_and_read(form, kind, how):
    pictures = (
        [page.convert("1", dither=Image.Dither.NONE) for page in form] if "group4" in how.values() else form
    )
    pages = open_file(scanned(pictures, kind=kind, **how))
    assert [page.codes for page in pages] == [(code(1),), (code(2),)]
    assert all((page.width // 2, page.height, page.dpi) == (827, 2339, 200) for page in pages)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("mode", ["L", "RGB", "1", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_a_picture_of_any_mode_becomes_grey(form, kind, mode):
    if (kind == "JPEG" and mode in {"P", "LA", "RGBA", "I;16"}) or (kind, mode) == ("PNG", "CMYK"):
        kind = "TIFF"
    page = form[0].point([value * 256 for value in range(256)], "I").convert(mode) if mode == "I;16" else None
    [opened] = open_file(scanned([page or form[0].convert(mode)], kind=kind))
    assert opened.codes == (code(1),)
    with Image.open(io.BytesIO(opened.image)) as stored:
        assert (stored.mode, stored.format) == ("L", "PNG")


def test_colour_is_kept_where_there_is_some(form):
    red = form[0].convert("RGB")
    ImageDraw.Draw(red).ellipse((900, 1800, 1100, 2000), outline="red", width=8)
    [page] = open_file(scanned([red], kind="JPEG"))
    assert picture_of(page).mode == "RGB"


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (1654, 2339)), (3, (1654, 2339)), (6, (2339, 1654)), (8, (2339, 1654))]
)
@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_photograph_is_turned_as_its_camera_says(form, kind, orientation, size):
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    form[0].save(out, kind, exif=exif, dpi=(200, 200))
    [page] = open_file(out.getvalue())
    assert (page.width, page.height) == size
    assert page.codes == (code(1),)
    assert Image.open(io.BytesIO(page.image)).getexif() == {}


def test_a_fax_gets_square_pixels(form):
    out = io.BytesIO()
    form[0].resize((1728, 1169)).save(out, "TIFF", dpi=(204, 98))
    [page] = open_file(out.getvalue())
    assert page.dpi == 204
    assert abs(page.width / page.height - 210 / 297) < 0.01


@pytest.mark.parametrize(("stated", "dpi"), [((600, 600), 300), ((72, 72), 283), ((0, 0), 283)])
def test_pages_are_not_finer_than_needed_and_absurd_resolutions_are_guessed(form, stated, dpi):
    out = io.BytesIO()
    form[0].resize((2339, 3307)).save(out, "JPEG", dpi=stated)
    [page] = open_file(out.getvalue())
    assert page.dpi == dpi


def test_a_pdf_is_rendered_as_fine_as_its_pictures(form):
    out = io.BytesIO()
    form[0].resize((2480, 3508)).save(out, "PNG")
    a4 = (img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297))
    [page] = open_file(img2pdf.convert(out.getvalue(), layout_fun=img2pdf.get_layout_fun(a4)))
    assert (page.dpi, page.width // 2) == (300, 1240)


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 1.0])
def test_a_code_that_is_partly_covered_is_read_right_or_not_at_all(form, share):
    rng = random.Random(share)
    pictures = []
    for _ in range(4):
        picture = form[0].copy()
        across, down, side = ((210 - 21 - 18) / 25.4 * 200, 14.4 / 25.4 * 200, 18 / 25.4 * 200)
        left, top = (start + rng.uniform(0, 1 - share) * side for start in (across, down))
        ImageDraw.Draw(picture).rectangle((left, top, left + share * side, top + share * side), fill=0)
        pictures.append(roughened(picture, rng=rng))
    for page in pages_of(scanned(pictures)):
        assert set(page.codes) <= {code(1), DamagedCode()}


@pytest.mark.parametrize("quarter_turns", range(4))
def test_codes_are_read_from_noisy_pages_in_any_rotation(quarter_turns):
    rng = random.Random(quarter_turns)
    numbers = [f"A26-{rng.randrange(10**6):06}-K" for _ in range(2)]
    pictures = [
        roughened(page, rng=rng, quarter_turns=quarter_turns)
        for number in numbers
        for page in rasterised(render_application_form(form=MARRIED, **{**APPLICATION, "number": number}))
    ]
    found = [page.codes for page in pages_of(scanned(pictures))]
    assert found == [
        (SheetCode(kind="RA1", number=number, page=page, pages=2),) for number in numbers for page in (1, 2)
    ]
