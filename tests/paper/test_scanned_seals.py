"""Seals as scanners give them: whole in the part of the page that is seen, and laid over each other (18.4).

Drawn, not photographed: ring and strokes of vermilion, set beside the middle, turned, faint, on a page that
lay askew, with noise, at the resolutions of office scanners.
"""

import math
import re
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from inro.paper.seals import SEAL_PLACES, SLIP_SEAL, Laying, Sealer, SealPlace, seen

OWN = SEAL_PLACES[Sealer.SUBSCRIBER]
VERMILION = (205, 55, 40)
PAGE = (210.0, 297.0)
# Millimetres; a registered seal has 25 at most.
DIAMETER = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """How a seal was set, beside the middle and turned, and how the page was scanned."""

    right: float = 0.0
    down: float = 0.0
    turn: float = 0.0
    skew: float = 0.0
    faint: float = 0.0
    noise: float = 0.0
    dpi: int = 200


GOOD = Scan()
ROUGH = [
    Scan(right=3.0, down=-2.5, turn=12.0),
    Scan(right=-4.0, down=3.0, turn=-35.0, skew=1.0, noise=12.0),
    Scan(turn=170.0, skew=-1.5, faint=0.6, noise=15.0, dpi=150),
    Scan(right=2.0, turn=5.0, skew=1.5, faint=0.7, dpi=300),
    Scan(down=4.0, turn=-8.0, noise=25.0, dpi=240),
    Scan(right=-3.5, down=-3.5, turn=90.0, skew=0.5, faint=0.5, noise=20.0, dpi=100),
]


def seal(dpi: int, *, other: bool = False) -> Image.Image:
    """Return a seal as a mask: a ring and the strokes of a name; `other` is another person's."""
    side = round(DIAMETER * dpi / 25.4)
    mask = Image.new("L", (side * 4, side * 4), 0)
    pen, unit = ImageDraw.Draw(mask), side * 4 / 100
    pen.ellipse([2 * unit, 2 * unit, 98 * unit, 98 * unit], fill=255)
    pen.ellipse([9 * unit, 9 * unit, 91 * unit, 91 * unit], fill=0)
    strokes = (
        [(30, 20, 70, 20), (50, 20, 50, 80), (30, 45, 70, 45), (35, 80, 65, 80), (28, 55, 40, 70)]
        if not other
        else [(25, 30, 75, 30), (35, 30, 35, 78), (65, 30, 65, 78), (35, 55, 65, 55), (25, 78, 75, 78)]
    )
    for stroke in strokes:
        pen.line([part * unit for part in stroke], fill=255, width=round(7 * unit))
    return mask.resize((side, side), Image.Resampling.LANCZOS)


def scanned(place: SealPlace, how: Scan, *, other: bool = False) -> Image.Image:
    """Return a page with a seal in a place as it came from the scanner."""
    dot = how.dpi / 25.4
    page = Image.new("RGB", (round(PAGE[0] * dot), round(PAGE[1] * dot)), (250, 249, 246))
    pen = ImageDraw.Draw(page)
    for line in range(20, 230, 9):
        pen.line(
            [20 * dot, line * dot, 190 * dot, line * dot], fill=(60, 60, 60), width=max(1, round(dot / 5))
        )
    mask = seal(how.dpi, other=other).rotate(-how.turn, Image.Resampling.BICUBIC, expand=True)
    middle = (place.middle[0] + how.right, place.middle[1] + how.down)
    corner = tuple(round(part * dot - size / 2) for part, size in zip(middle, mask.size, strict=True))
    ink = mask.point(lambda strength: round(strength * (1 - how.faint)))
    page.paste(Image.new("RGB", mask.size, VERMILION), corner, ink)
    page = page.rotate(-how.skew, Image.Resampling.BICUBIC, fillcolor=(245, 245, 245))
    if not how.noise:
        return page
    rng = np.random.default_rng(7)
    grains = rng.standard_normal((page.height, page.width, 3), dtype=np.float32) * how.noise
    return Image.fromarray((np.asarray(page, dtype=np.float32) + grains).clip(0, 255).astype(np.uint8))


def ink(page: Image.Image) -> np.ndarray:
    """Return where a page is vermilion, as a person sees it: redder than it is anything else."""
    red, green, blue = (np.asarray(page, dtype=np.float32)[..., band] for band in range(3))
    redness = Image.fromarray((red - (green + blue) / 2).clip(0, 255).astype(np.uint8))
    smooth = np.asarray(redness.resize((round(PAGE[0] * 6), round(PAGE[1] * 6)), Image.Resampling.BOX))
    return smooth > max(18, smooth.max() * 0.45)


def part(found: np.ndarray, place: SealPlace) -> np.ndarray:
    """Return what is seen of a page around a place, six dots a millimetre."""
    left, top, width, height = (round(mm * 6) for mm in seen(place))
    return found[top : top + height, left : left + width]


def laid(found: np.ndarray, laying: Laying) -> np.ndarray:
    """Lay a slip's page over the form by the very words that the page hands the browser."""
    words = laying.transform(place=SLIP_SEAL, onto=OWN)
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", words)]
    to_x, to_y, degrees, scale, from_x, from_y = numbers
    angle = math.radians(degrees)
    # For each dot of the form, the dot of the slip that comes to lie there.
    cosine, sine = math.cos(angle) / scale, math.sin(angle) / scale
    inverse = (
        cosine,
        sine,
        (-cosine * to_x - sine * to_y - from_x) * 6,
        -sine,
        cosine,
        (sine * to_x - cosine * to_y - from_y) * 6,
    )
    picture = Image.fromarray(found.astype(np.uint8) * 255)
    return np.asarray(picture.transform(picture.size, Image.Transform.AFFINE, inverse)) > 127


def agreement(one: np.ndarray, other: np.ndarray) -> float:
    """Return how much of the ink of both lies on ink of the other."""
    return float((one & other).sum() / max(1, (one | other).sum()))


def best(form: np.ndarray, slip: np.ndarray, how: Scan) -> float:
    """Return the agreement a clerk reaches who moves and turns the slip's seal about where it seems to be."""
    askew = math.radians(how.skew)
    across, along = (
        SLIP_SEAL.middle[0] + how.right - PAGE[0] / 2,
        SLIP_SEAL.middle[1] + how.down - PAGE[1] / 2,
    )
    right = across * math.cos(askew) - along * math.sin(askew) + PAGE[0] / 2 - SLIP_SEAL.middle[0]
    down = across * math.sin(askew) + along * math.cos(askew) + PAGE[1] / 2 - SLIP_SEAL.middle[1]
    turn = -(how.turn + how.skew)
    back = math.radians(turn)
    tries = [
        agreement(
            part(form, OWN),
            part(
                laid(
                    slip,
                    Laying(
                        right=-(right * math.cos(back) - down * math.sin(back)) + x,
                        down=-(right * math.sin(back) + down * math.cos(back)) + y,
                        turn=turn,
                    ),
                ),
                OWN,
            ),
        )
        for x in (-0.2, 0.1)
        for y in (-0.2, 0.1)
    ]
    return max(tries)


@pytest.mark.parametrize("how", ROUGH)
@pytest.mark.parametrize("place", [OWN, SLIP_SEAL], ids=["form", "slip"])
def test_the_whole_seal_is_in_the_part_of_the_page_that_is_looked_at(place, how):
    found = ink(scanned(place, replace(how, noise=0.0)))
    assert part(found, place).sum() == found.sum() > 400


@pytest.mark.parametrize("how", ROUGH)
def test_the_same_seal_comes_to_lie_on_itself_and_another_does_not(how):
    form = ink(scanned(OWN, GOOD))
    same = best(form, ink(scanned(SLIP_SEAL, how)), how)
    other = best(form, ink(scanned(SLIP_SEAL, how, other=True)), how)
    assert same > 0.5
    assert other < same - 0.15


def test_a_seal_scanned_larger_is_resized_about_its_middle():
    form = ink(scanned(OWN, GOOD))
    copied = scanned(SLIP_SEAL, GOOD)
    wide = copied.resize((round(copied.width * 1.1), round(copied.height * 1.1)))
    # A copier's 110 %: of the page, the part that the scanner keeps.
    grown = ink(wide.crop((wide.width - copied.width, wide.height - copied.height, wide.width, wide.height)))
    moved = (SLIP_SEAL.middle[0] * 1.1 - 21.0, SLIP_SEAL.middle[1] * 1.1 - 29.7)
    laying = Laying(
        right=(SLIP_SEAL.middle[0] - moved[0]) / 1.1,
        down=(SLIP_SEAL.middle[1] - moved[1]) / 1.1,
        size=100 / 1.1,
    )
    assert agreement(part(form, OWN), part(laid(grown, laying), OWN)) > 0.7
