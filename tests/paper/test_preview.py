"""What the screen shows of a page is a new picture, of the size and way up that was asked for (8.1, 8.5)."""

import io

import pytest
from PIL import Image, ImageDraw

from inro.paper.scan.page import page_of_pixels
from inro.paper.scan.preview import FIT_WIDTH, THUMBNAIL_WIDTH, ZOOM_PERCENT, thumbnail, view


@pytest.fixture
def page():
    picture = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 400, 400), fill="red")
    return page_of_pixels(picture.tobytes(), mode="RGB", width=1654, height=2339, dpi=200)


def shown(jpeg):
    return Image.open(io.BytesIO(jpeg), formats=("JPEG",))


def test_a_thumbnail_is_112_pixels_wide(page):
    assert shown(thumbnail(page)).size == (THUMBNAIL_WIDTH, 158)
    assert shown(thumbnail(page, quarter_turns=1)).width == THUMBNAIL_WIDTH


@pytest.mark.parametrize("zoom", ZOOM_PERCENT)
def test_a_view_grows_by_steps_up_to_the_pages_own_pixels(page, zoom):
    assert shown(view(page, zoom_percent=zoom)).width == min(FIT_WIDTH * zoom // 100, 1654)


@pytest.mark.parametrize(
    ("turns", "corner"), [(0, (5, 5)), (1, (-5, 5)), (2, (-5, -5)), (3, (5, -5)), (4, (5, 5))]
)
def test_a_page_turns_clockwise(page, turns, corner):
    picture = shown(view(page, width=400, quarter_turns=turns))
    red, green, _ = picture.getpixel((corner[0] % picture.width, corner[1] % picture.height))
    assert red > 200 > 60 > green


def test_a_preview_carries_nothing_but_pixels(page):
    picture = shown(view(page))
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("size", [{"width": 0}, {"zoom_percent": 0}])
def test_no_picture_is_without_size(page, size):
    with pytest.raises(ValueError, match="one pixel"):
        view(page, **size)
