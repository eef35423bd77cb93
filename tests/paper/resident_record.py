"""Resident records of nobody, as a scanner gives them, and where their numbers stand (8.5)."""

import io
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from inro.japanese.numbers import is_individual_number
from inro.paper.fonts import TEXT, WORDS, require_face
from inro.paper.scan.page import Page, page_of_pixels

A4_INCHES = (210 / 25.4, 297 / 25.4)
WRITINGS = ("plain", "groups", "hyphens", "wide", "wide_groups", "spaced")
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
_SURNAMES = ("佐藤", "鈴木", "高橋", "渡辺", "伊藤", "山本", "中村", "小林", "加藤", "吉田")
_GIVEN = ("一郎", "花子", "健太", "美咲", "翔太", "陽子", "隆", "恵", "大輔", "由美")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentRecord:
    """A page, and left, top, right and bottom of the number on it; None where it shows none."""

    page: Page
    number_at: tuple[int, int, int, int] | None


def individual_number(rng: random.Random) -> str:
    """Return twelve digits whose check digit is right."""
    first = f"{rng.randrange(10**11):011}"
    return next(first + last for last in "0123456789" if is_individual_number(first + last))


def written(digits: str, writing: str) -> str:
    """Return twelve digits in one of the writings offices print."""
    groups = [digits[place : place + 4] for place in (0, 4, 8)]
    return {
        "plain": digits,
        "groups": " ".join(groups),
        "hyphens": "-".join(groups),
        "wide": digits.translate(_WIDE),
        "wide_groups": "－".join(groups).translate(_WIDE),
        "spaced": " ".join(digits),
    }[writing]


def resident_record(
    rng: random.Random, *, writing: str | None, dpi: int = 200, quarter_turns: int = 0, blots: bool = False
) -> ResidentRecord:
    """Return a record with a number in the given writing, or without one but with rows of digits like it."""
    size = (round(A4_INCHES[0] * dpi), round(A4_INCHES[1] * dpi))
    paper = _dotted(size, dpi)
    drawn = _Drawn(paper, dpi)
    place = drawn.record(rng, written(individual_number(rng), writing) if writing else None)
    if blots:
        drawn.seal(place)
    return _scanned(paper, place, rng, dpi, quarter_turns)


def _dotted(size: tuple[int, int], dpi: int) -> Image.Image:
    """Return security paper: a pale ground with dots."""
    ground = np.full((size[1], size[0]), 240, dtype=np.uint8)
    step = max(dpi // 33, 3)
    ground[::step, ::step] = 190
    return Image.fromarray(ground)


class _Drawn:
    def __init__(self, paper: Image.Image, dpi: int) -> None:
        self.draw = ImageDraw.Draw(paper)
        self.dot = dpi / 72
        self.dpi = dpi

    def record(self, rng: random.Random, number: str | None) -> tuple[int, int, int, int] | None:
        """Draw the whole page; return where the number stands."""
        self.text(210, 40, "住　民　票　の　写　し", 18, WORDS)
        self.text(60, 75, f"発行番号 {rng.randrange(10**12):012}", 9)
        self.text(380, 75, f"整理番号 {rng.randrange(10**8):08}", 9)
        name = f"{rng.choice(_SURNAMES)}　{rng.choice(_GIVEN)}"
        rows = [
            ("氏名", name),
            ("生年月日", f"昭和{rng.randint(30, 63)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"),
            ("性別", rng.choice("男女")),
            (
                "住所",
                f"群馬県前橋市架空町{rng.randint(1, 9)}丁目{rng.randint(1, 30)}番{rng.randint(1, 20)}号",
            ),
            ("世帯主", name),
            ("個人番号", number if number else rng.choice(("（省略）", "＊＊＊＊＊＊＊＊", ""))),
            ("住民票コード", "（省略）"),
            ("本籍", "（省略）"),
            ("住民となった日", f"平成{rng.randint(1, 30)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"),
            ("届出日", f"平成{rng.randint(1, 30)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"),
            ("備考", f"電話 0{rng.randrange(10**9, 10**10):010}"),
        ]
        rng.shuffle(rows)
        place = None
        for line, (label, value) in enumerate(rows):
            top = 110 + 34 * line
            self.cell(55, top, 150, 34)
            self.cell(205, top, 335, 34)
            self.text(63, top + 11, label, 11)
            box = self.text(215, top + 11, value, 12)
            if label == "個人番号" and number:
                place = box
        self.text(60, 520, "この写しは、住民票の原本と相違ないことを証明する。", 11)
        self.text(60, 550, f"令和8年{rng.randint(9, 11)}月{rng.randint(1, 28)}日", 11)
        self.text(330, 575, "架空市長　見本　太郎", 13)
        self.draw.rectangle([part * self.dot for part in (470, 560, 510, 600)], outline=60, width=2)
        return place

    def text(self, left: float, top: float, words: str, size: float, face=TEXT) -> tuple[int, int, int, int]:
        font = ImageFont.truetype(str(require_face(face)), round(size * self.dot))
        corner = (left * self.dot, top * self.dot)
        self.draw.text(corner, words, font=font, fill=30)
        box = self.draw.textbbox(corner, words, font=font)
        return (int(box[0]), int(box[1]), int(box[2]), int(box[3]))

    def cell(self, left: float, top: float, width: float, height: float) -> None:
        corners = (left, top, left + width, top + height)
        self.draw.rectangle([part * self.dot for part in corners], outline=90)

    def seal(self, place: tuple[int, int, int, int] | None) -> None:
        """Put a stamp over the number."""
        if place:
            middle, radius = (place[0] + place[2]) // 2, round(14 * self.dot)
            height = (place[1] + place[3]) // 2
            circle = (middle - radius, height - radius, middle + radius, height + radius)
            self.draw.ellipse(circle, outline=120, width=3)


def _scanned(
    paper: Image.Image,
    place: tuple[int, int, int, int] | None,
    rng: random.Random,
    dpi: int,
    quarter_turns: int,
) -> ResidentRecord:
    """Return the page askew, speckled and through JPEG; a mask follows the number to its place."""
    mask = Image.new("L", paper.size, 0)
    if place:
        ImageDraw.Draw(mask).rectangle(place, fill=255)
    angle = rng.uniform(-2, 2)
    askew = paper.rotate(angle, Image.Resampling.BICUBIC, fillcolor=235).rotate(
        90 * quarter_turns, expand=True
    )
    followed = mask.rotate(angle, Image.Resampling.NEAREST).rotate(90 * quarter_turns, expand=True)
    grains = np.random.default_rng(rng.getrandbits(32)).normal(0, 18, (askew.height, askew.width))
    rough = (np.asarray(askew, dtype=np.float32) + grains).clip(0, 255).astype(np.uint8)
    packed = io.BytesIO()
    Image.fromarray(rough).save(packed, "JPEG", quality=70)
    with Image.open(packed) as picture:
        page = page_of_pixels(
            picture.tobytes(), mode="L", width=picture.width, height=picture.height, dpi=dpi
        )
    return ResidentRecord(page=page, number_at=followed.getbbox())
