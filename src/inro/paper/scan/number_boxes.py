"""Where an Individual Number may stand on a page, told from rows of recognised text (8.5).

Proposals only, and rather too many: a number by its check digit, the cell right of its label, any row of ten
digits or more. The text itself goes no further than this.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from inro.japanese.number_detector import ForbiddenNumber, find_forbidden_numbers
from inro.paper.redaction import Box, BoxReason

_LABEL = re.compile("個人番|人番号|マイナンバ|(?<!製造)個人No", re.IGNORECASE)
# What a recogniser takes digits for.
_LOOKS_LIKE = str.maketrans("OoQDIl|!", "00001111")
_LIKELY = "[0-9OoQDIl|!]"
_RUN = re.compile(rf"{_LIKELY}(?:[\s\-‐―−ー・.,:]{{0,3}}{_LIKELY}){{9,}}")
_SURE_DIGITS = 8
# In heights of a row's text: how far apart pieces of one row stand, how far from its label a number may begin
# and, where nothing is read, end, how wide it is, and what is added around it.
_GAP, _REACH, _NUMBER, _MARGIN = 4.0, 20.0, 12.0, 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of text and its upright frame in pixels; `tilt` is how far it falls for each pixel."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    tilt: float = 0.0

    @property
    def height(self) -> float:
        """Height of the text itself, without what the tilt adds to its frame."""
        return max(self.bottom - self.top - abs(self.tilt) * (self.right - self.left), 1.0)

    @property
    def middle(self) -> float:
        """Height of the middle on the page."""
        return (self.top + self.bottom) / 2

    @property
    def on_end(self) -> bool:
        """Whether a text of some length is higher than wide: its page lies on its side."""
        return len(self.text) > 2 and self.bottom - self.top > self.right - self.left


def number_boxes(lines: Sequence[Line], *, width: int, height: int) -> tuple[Box, ...]:
    """Return boxes for a page of `width` by `height` pixels, top to bottom, none inside another."""
    if not lines:
        return ()
    tilt = _tilt(lines)
    found = [box for row in _rows(lines, tilt) for box in _boxes_of_row(row, tilt)]
    inside = [box for frame in found if (box := _within(frame, width, height))]
    return tuple(sorted(_without_covered(inside), key=lambda box: (box.top, box.left)))


type _Frame = tuple[BoxReason, float, float, float, float]


def _boxes_of_row(row: Sequence[Line], tilt: float) -> Iterator[_Frame]:
    for piece in _pieces(row):
        yield from _digits(piece)
    for place, line in enumerate(row):
        if _LABEL.search(unicodedata.normalize("NFKC", line.text)):
            yield _cell(line, row[place + 1 :], tilt)


def _digits(piece: Sequence[Line]) -> Iterator[_Frame]:
    """Yield frames of the lines that hold a valid number or a long row of digits between them."""
    text, places = "", []
    for line in piece:
        folded = unicodedata.normalize("NFKC", line.text)
        places.append((len(text), len(text) + len(folded), line))
        text += folded + " "
    likely = text.translate(_LOOKS_LIKE)
    spans = [
        (BoxReason.VALID_NUMBER, found.start, found.end)
        for reading in dict.fromkeys((text, likely))
        for found in find_forbidden_numbers(reading)
        if found.kind is ForbiddenNumber.INDIVIDUAL_NUMBER
    ]
    spans += [(BoxReason.DIGIT_RUN, *run.span()) for run in _RUN.finditer(text) if _is_run(run[0])]
    for reason, start, end in spans:
        touched = [line for begins, ends, line in places if begins < end and start < ends]
        yield reason, *_frame(touched)


def _is_run(text: str) -> bool:
    return sum(character.isdigit() for character in text) >= _SURE_DIGITS


def _cell(label: Line, behind: Sequence[Line], tilt: float) -> _Frame:
    """Return the frame right of a label, to the end of what stands behind it or as a number reaches."""
    reach = label.right + _REACH * label.height
    close = [line for line in behind if line.left < reach]
    # A number of which only the beginning is read is still as wide as twelve digits.
    ends = [line.left + _NUMBER * label.height for line in close[:1]]
    ends += [line.right + _MARGIN * label.height for line in close]
    right = max(ends, default=reach)
    fall = tilt * (right - label.right)
    middle = label.middle + tilt * (label.right - label.left) / 2
    half = label.height * (0.5 + _MARGIN)
    # The label's own line may hold the number too.
    left = label.left if any(character.isdigit() for character in label.text) else label.right
    return BoxReason.LABEL_CELL, left, middle + min(fall, 0) - half, right, middle + max(fall, 0) + half


def _pieces(row: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of a row in groups that stand close together: a number may be set digit by digit."""
    piece: list[Line] = []
    for line in row:
        if piece and line.left - piece[-1].right > _GAP * line.height:
            yield piece
            piece = []
        piece.append(line)
    if piece:
        yield piece


def _rows(lines: Sequence[Line], tilt: float) -> Iterator[list[Line]]:
    """Yield lines that stand beside each other on a page that lies askew, each row from left to right."""

    def level(line: Line) -> float:
        return line.middle - tilt * (line.left + line.right) / 2

    row: list[Line] = []
    for line in sorted(lines, key=level):
        if row and level(line) - level(row[-1]) > 0.5 * min(line.height, row[-1].height):
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(line)
    yield sorted(row, key=lambda one: one.left)


def _tilt(lines: Sequence[Line]) -> float:
    """Return the tilt of the page: the median over lines, long ones counting more."""
    longest = sorted(lines, key=lambda line: line.left - line.right)[: max(len(lines) // 2, 1)]
    return median(line.tilt for line in longest)


def _frame(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    margin = _MARGIN * max(line.height for line in lines)
    return (
        min(line.left for line in lines) - margin,
        min(line.top for line in lines) - margin,
        max(line.right for line in lines) + margin,
        max(line.bottom for line in lines) + margin,
    )


def _within(frame: _Frame, width: int, height: int) -> Box | None:
    reason, left, top, right, bottom = frame
    box = Box(
        left=max(int(left), 0),
        top=max(int(top), 0),
        right=min(int(right) + 1, width),
        bottom=min(int(bottom) + 1, height),
        why=reason,
    )
    return box if box.left < box.right and box.top < box.bottom else None


def _without_covered(boxes: Sequence[Box]) -> list[Box]:
    """Leave out boxes inside another, of equal ones the weaker reason, and cells whose number was found."""
    strongest = sorted(boxes, key=lambda box: list(BoxReason).index(box.why))
    numbers = [box for box in boxes if box.why is BoxReason.VALID_NUMBER]
    kept: list[Box] = []
    for box in sorted(strongest, key=lambda box: -box.area):
        found = box.why is BoxReason.LABEL_CELL and any(box.holds_middle_of(number) for number in numbers)
        if not found and not any(other.covers(box) for other in kept):
            kept.append(box)
    return kept
