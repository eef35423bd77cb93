"""The child process that looks for numbers: `python -I -m inro.paper.scan.number_child`.

Each page comes on standard input as width and height of four octets each and rows of grey pixels; one line of
JSON with boxes goes back. Recognised text goes nowhere.
"""

import json
import sys
from dataclasses import astuple, dataclass
from typing import Any, BinaryIO, Final

import cv2
import numpy as np
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from inro.paper.redaction import Box, Proposal
from inro.paper.scan.confinement import allow_cpu, confine
from inro.paper.scan.number_boxes import Line, number_boxes

_MEMORY: Final = 6 * 2**30
_CPU_SECONDS: Final = 120
_SETTINGS: Final = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Global.text_score": 0.0,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_SURE: Final = 0.8
_KEPT: Final = 0.4
_ENOUGH_IS_READ: Final = 0.5

type Pixels = "np.ndarray[Any, np.dtype[np.uint8]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What was read of a page turned so; `share` of its lines is certain."""

    quarter_turns: int
    share: float = 0.0
    on_its_side: bool = False
    lines: tuple[Line, ...] = ()


def main() -> None:
    """Answer for one page after another until standard input ends."""
    recogniser = _warm_recogniser()
    confine(memory=_MEMORY)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (pixels := _next_page(source)) is not None:
        allow_cpu(_CPU_SECONDS)
        proposal = proposal_for(recogniser, pixels)
        boxes = [list(astuple(box)) for box in proposal.boxes]
        told = {"boxes": boxes, "quarter_turns": proposal.quarter_turns}
        target.write(json.dumps(told).encode() + b"\n")
        target.flush()


def proposal_for(recogniser: RapidOCR, pixels: Pixels) -> Proposal:
    """Return boxes for a page; where little of it can be read it is turned until most can be."""
    best = _read(recogniser, pixels, quarter_turns=0)
    for turns in (1, 3, 2) if best.on_its_side else (2, 1, 3):
        if best.share >= _ENOUGH_IS_READ or not best.lines:
            break
        best = max(best, _read(recogniser, pixels, quarter_turns=turns), key=lambda reading: reading.share)
    turns = best.quarter_turns
    height, width = pixels.shape if turns % 2 == 0 else pixels.shape[::-1]
    boxes = number_boxes(best.lines, width=width, height=height)
    return Proposal(
        boxes=tuple(_turned_back(box, turns, width, height) for box in boxes), quarter_turns=turns
    )


def _read(recogniser: RapidOCR, pixels: Pixels, *, quarter_turns: int) -> _Reading:
    """Return what can be read on a page turned clockwise; a line that stands on end counts as not read."""
    turned = np.ascontiguousarray(np.rot90(pixels, -quarter_turns))
    found = recogniser(cv2.cvtColor(turned, cv2.COLOR_GRAY2BGR))
    if not isinstance(found, RapidOCROutput) or found.boxes is None or not found.txts or not found.scores:
        return _Reading(quarter_turns=quarter_turns)
    lines = [_line(corners, text) for corners, text in zip(found.boxes, found.txts, strict=True)]
    scored = list(zip(lines, found.scores, strict=True))
    sure = sum(score >= _SURE and not line.on_end for line, score in scored)
    return _Reading(
        quarter_turns=quarter_turns,
        share=sure / len(lines),
        on_its_side=sum(line.on_end for line in lines) * 2 > len(lines),
        lines=tuple(line for line, score in scored if line.text and score >= _KEPT),
    )


def _line(corners: Any, text: str) -> Line:
    """Return a line from four corners, clockwise from the upper left."""
    across, down = [float(corner[0]) for corner in corners], [float(corner[1]) for corner in corners]
    run = max(across[1] - across[0], 1.0)
    return Line(
        text=text,
        left=min(across),
        top=min(down),
        right=max(across),
        bottom=max(down),
        tilt=max(min((down[1] - down[0]) / run, 0.2), -0.2),
    )


def _turned_back(box: Box, turns: int, width: int, height: int) -> Box:
    """Return a box of a page that was turned clockwise, as it lies on the page that was not."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    for _ in range(turns):
        left, top, right, bottom = top, width - right, bottom, width - left
        width, height = height, width
    return Box(left=left, top=top, right=right, bottom=bottom, why=box.why)


def _warm_recogniser() -> RapidOCR:
    """Return a recogniser whose models are loaded, as no file can be opened later."""
    cv2.setNumThreads(1)
    recogniser = RapidOCR(params=_SETTINGS)
    sample = np.full((120, 400, 3), 255, dtype=np.uint8)
    cv2.putText(sample, "1234 5678", (20, 80), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 3)
    recogniser(sample)
    return recogniser


def _next_page(source: BinaryIO) -> Pixels | None:
    size = source.read(8)
    if len(size) < 8:
        return None
    width, height = int.from_bytes(size[:4]), int.from_bytes(size[4:])
    return np.frombuffer(source.read(width * height), dtype=np.uint8).reshape(height, width)


if __name__ == "__main__":
    main()
