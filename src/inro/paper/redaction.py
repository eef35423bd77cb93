"""Individual Numbers on scanned pages: proposed by recognition, burnt in for good by a person (8.5).

Nothing is blacked out by itself. What is kept of a page is one new picture in a new PDF.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

import img2pdf
import pikepdf
from PIL import Image, ImageDraw

from inro.paper.scan.child_process import Child, ChildEnded
from inro.paper.scan.errors import BoxRefused, NumbersNotSought
from inro.paper.scan.page import Page, picture_of

_POINTS_PER_INCH: Final = 72
_MOST_BOXES: Final = 200
# A page takes about five seconds; one that lies on its side is read four times.
_SECONDS_FOR_A_PAGE: Final = 180


class BoxReason(StrEnum):
    """Why a box is proposed, the strongest first; a person's own box has none of the others."""

    VALID_NUMBER = "valid_number"
    LABEL_CELL = "label_cell"
    DIGIT_RUN = "digit_run"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in pixels of its page; `right` and `bottom` are the first pixels outside."""

    left: int
    top: int
    right: int
    bottom: int
    why: BoxReason = BoxReason.BY_HAND

    @property
    def area(self) -> int:
        """How many pixels it covers."""
        return (self.right - self.left) * (self.bottom - self.top)

    def covers(self, other: Self) -> bool:
        """Say whether `other` lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def holds_middle_of(self, other: Self) -> bool:
        """Say whether the middle of `other` lies inside."""
        across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= across < self.right and self.top <= down < self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Boxes for a person to confirm, and how many quarter turns clockwise make the page upright."""

    boxes: tuple[Box, ...]
    quarter_turns: int = 0


class NumberSearch:
    """A child process that looks for numbers on one page after another; it is kept for a whole pile.

    What it recognises stays in it: boxes and their reasons come back, no text and no digit.
    """

    def __init__(self) -> None:
        self._child = Child("inro.paper.scan.number_child", seconds=_SECONDS_FOR_A_PAGE)

    def propose_boxes(self, page: Page) -> Proposal:
        """Return where a number may stand on a page.

        Raises: NumbersNotSought, after which this search is over.
        """
        pixels = picture_of(page).convert("L").tobytes()
        try:
            self._child.tell(page.width.to_bytes(4), page.height.to_bytes(4), pixels)
            told = self._child.hear()
        except ChildEnded as ended:
            raise NumbersNotSought(detail=ended.detail) from None
        return _proposal(told, page)

    def break_off(self) -> None:
        """Give up the page being looked at, from another thread; its search is over."""
        self._child.break_off()

    def end(self) -> None:
        """End the child."""
        self._child.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()


def propose_boxes(page: Page) -> Proposal:
    """Return where a number may stand on one page, by a child process of its own.

    Raises: NumbersNotSought.
    """
    with NumberSearch() as search:
        return search.propose_boxes(page)


def _proposal(told: dict[str, Any], page: Page) -> Proposal:
    try:
        boxes = tuple(
            Box(left=left, top=top, right=right, bottom=bottom, why=BoxReason(why))
            for left, top, right, bottom, why in told["boxes"][:_MOST_BOXES]
        )
        for box in boxes:
            _check(box, page)
        return Proposal(boxes=boxes, quarter_turns=int(told["quarter_turns"]) % 4)
    except (KeyError, TypeError, ValueError, BoxRefused):
        raise NumbersNotSought(detail="no boxes") from None


def burn_in(page: Page, boxes: Sequence[Box] = ()) -> bytes:
    """Return a page as it is kept: a PDF of one grey picture, black inside the boxes, and nothing else in it.

    Every page that goes to the store is made so, with boxes or without.

    Raises: BoxRefused.
    """
    for box in boxes:
        _check(box, page)
    canvas = Image.new("L", (page.width, page.height), 255)
    canvas.paste(picture_of(page).convert("L"))
    draw = ImageDraw.Draw(canvas)
    for box in boxes:
        draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=0)
    picture = io.BytesIO()
    canvas.save(picture, "PNG", optimize=False, compress_level=6)
    size = tuple(pixels / page.dpi * _POINTS_PER_INCH for pixels in canvas.size)
    bound = img2pdf.convert(
        picture.getvalue(),
        layout_fun=img2pdf.get_layout_fun(size),
        nodate=True,
        engine=img2pdf.Engine.pikepdf,
    )
    return _bare(bound)


def _bare(bound: bytes) -> bytes:
    """Return a PDF without information dictionary and XMP, written anew so that no earlier state is in it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        for key in {"/Info", "/ID"} & set(pdf.trailer.keys()):
            del pdf.trailer[key]
        for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
            del pdf.Root[key]
        pdf.save(out, linearize=False, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _check(box: Box, page: Page) -> None:
    if not (0 <= box.left < box.right <= page.width and 0 <= box.top < box.bottom <= page.height):
        frame = f"{box.left},{box.top},{box.right},{box.bottom}"
        raise BoxRefused(box=frame, width=page.width, height=page.height)
