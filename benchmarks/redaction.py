"""Numbers on synthetic resident records, covered by proposed boxes, beside the bare recogniser (8.5)."""

import random
from collections.abc import Sequence

import numpy as np
from rapidocr import RapidOCR

from benchmarks.cost import compare, cost_of, cost_with_children
from benchmarks.rows import Row, count_row, row_of
from benchmarks.size import Size
from inro.paper.redaction import Box, BoxReason, NumberSearch, Proposal
from inro.paper.scan.page import Page, picture_of
from tests.paper.resident_record import WRITINGS, ResidentRecord, resident_record

RECORDS = 100
WITH_A_NUMBER = 0.7
RECORDS_TIMED = 4
_ONE_THREAD = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def measure(size: Size) -> list[Row]:
    """Return a row for numbers covered, and one for the cost of a page beside the recogniser alone."""
    records = _records(size.of(RECORDS))
    with NumberSearch() as search:
        proposals = [search.propose_boxes(record.page) for record in records]
    timed = [record.page for record in records[: RECORDS_TIMED if size.full else 1]]
    return [_recall(records, proposals), _cost(timed, size)]


def _records(count: int) -> list[ResidentRecord]:
    rng = random.Random(85)
    numbered = round(count * WITH_A_NUMBER) or 1
    return [
        resident_record(
            rng,
            writing=WRITINGS[place % len(WRITINGS)] if place < numbered else None,
            dpi=rng.choice((200, 300)),
        )
        for place in range(count)
    ]


def _recall(records: Sequence[ResidentRecord], proposals: Sequence[Proposal]) -> Row:
    covered = [
        any(box.covers(_frame(record.number_at)) for box in proposal.boxes)
        for record, proposal in zip(records, proposals, strict=True)
        if record.number_at
    ]
    bare = [
        [box.why for box in proposal.boxes]
        for record, proposal in zip(records, proposals, strict=True)
        if not record.number_at
    ]
    return count_row(
        figure="redaction",
        subject="Individual Numbers on resident records wholly covered by a proposed box",
        against="every number",
        unit="numbers",
        found=sum(covered),
        wanted=len(covered),
        checked={
            "records": len(records),
            "covered": sum(covered),
            "without_number": len(bare),
            "valid_number_proposed_there": sum(BoxReason.VALID_NUMBER in reasons for reasons in bare),
            "boxes_a_page": round(sum(len(one.boxes) for one in proposals) / len(proposals), 1),
        },
    )


def _frame(place: tuple[int, int, int, int]) -> Box:
    left, top, right, bottom = place
    return Box(left=left, top=top, right=right, bottom=bottom)


def _cost(pages: Sequence[Page], size: Size) -> Row:
    pixels = [np.asarray(picture_of(page).convert("RGB")) for page in pages]
    recogniser = RapidOCR(params=_ONE_THREAD)
    if size.full:
        recogniser(pixels[0])  # its models are loaded when first used

    def searched() -> None:
        with NumberSearch() as search:
            for page in pages:
                search.propose_boxes(page)

    def recognised() -> None:
        for picture in pixels:
            recogniser(picture)

    comparison = compare(
        ours=lambda: cost_with_children(searched, count=len(pages)),
        others={"rapidocr": lambda: cost_of(recognised, count=len(pages))},
        # A page takes seconds, and no bound is judged in a small run.
        rounds=3 if size.full else 1,
    )["rapidocr"]
    return row_of(
        comparison,
        figure="redaction",
        subject=f"boxes proposed for a page, the child's start shared by {len(pages)}",
        against="rapidocr alone, one thread",
        per="page",
        bound=1.5,
        checked={"pages": len(pages)},
    )
