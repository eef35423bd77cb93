"""Numbers are proposed by recognition and burnt in so that no tool brings them back (8.5)."""

import io
import json
import os
import random
import signal
import subprocess

import pikepdf
import pytest
from PIL import Image

from inro.demo.servers.programs import program
from inro.paper.redaction import Box, BoxReason, NumberSearch, burn_in, propose_boxes
from inro.paper.scan.child_process import Child
from inro.paper.scan.errors import BoxRefused, NumbersNotSought
from inro.paper.scan.opening import open_file
from inro.paper.scan.page import page_of_pixels
from tests.paper.processes import children
from tests.paper.read_back import pages_of, text_of
from tests.paper.resident_record import resident_record

BLANK = page_of_pixels(b"\xff" * 60_000, mode="L", width=200, height=300, dpi=200)


def box_of(frame):
    left, top, right, bottom = frame
    return Box(left=left, top=top, right=right, bottom=bottom)


@pytest.fixture(scope="module")
def search():
    with NumberSearch() as search:
        yield search


@pytest.mark.parametrize(("writing", "turns"), [("groups", 0), ("wide", 3), ("spaced", 0)])
def test_a_number_on_a_resident_record_is_covered_by_a_proposed_box(search, writing, turns):
    record = resident_record(random.Random(11), writing=writing, quarter_turns=turns)
    proposal = search.propose_boxes(record.page)
    covering = [box for box in proposal.boxes if box.covers(box_of(record.number_at))]
    assert BoxReason.VALID_NUMBER in {box.why for box in covering}
    assert proposal.quarter_turns == turns


def test_a_record_without_a_number_gets_proposals_but_no_valid_number(search):
    record = resident_record(random.Random(12), writing=None)
    reasons = {box.why for box in search.propose_boxes(record.page).boxes}
    assert BoxReason.VALID_NUMBER not in reasons
    assert BoxReason.LABEL_CELL in reasons


def test_a_blank_page_has_nothing_to_propose():
    assert propose_boxes(BLANK).boxes == ()


def test_only_frames_and_reasons_leave_the_child():
    record = resident_record(random.Random(13), writing="plain")
    with Child("inro.paper.scan.number_child", seconds=120) as child:
        with Image.open(io.BytesIO(record.page.image)) as picture:
            child.tell(record.page.width.to_bytes(4), record.page.height.to_bytes(4), picture.tobytes())
        told = child.hear()
    assert told.keys() == {"boxes", "quarter_turns"}
    for *frame, why in told["boxes"]:
        assert all(isinstance(side, int) and side < 2_400 for side in frame)
        assert BoxReason(why)


def test_a_search_that_ends_is_told():
    before = children()
    with NumberSearch() as search:
        [child] = children() - before
        os.kill(child, signal.SIGKILL)
        with pytest.raises(NumbersNotSought) as refused:
            search.propose_boxes(BLANK)
    assert refused.value.data == {"detail": "SIGKILL"}
    assert children() == before


@pytest.fixture(scope="module")
def burnt():
    record = resident_record(random.Random(14), writing="hyphens", dpi=300)
    box = box_of(record.number_at)
    return record, box, burn_in(record.page, [box])


def test_the_only_picture_is_the_page_with_its_boxes_black(burnt, tmp_path):
    record, box, pdf = burnt
    subprocess.run([program("pdfimages"), "-png", "-", tmp_path / "out"], input=pdf, check=True)
    [found] = tmp_path.glob("out*.png")
    with Image.open(found) as picture, Image.open(io.BytesIO(record.page.image)) as scan:
        assert (picture.mode, picture.size) == ("L", scan.size)
        assert picture.crop((box.left, box.top, box.right, box.bottom)).getextrema() == (0, 0)
        expected = scan.copy()
        expected.paste(0, (box.left, box.top, box.right, box.bottom))
        assert picture.tobytes() == expected.tobytes()


def test_no_tool_finds_text_fonts_or_information(burnt, tmp_path):
    _, _, pdf = burnt
    stored = tmp_path / "page.pdf"
    stored.write_bytes(pdf)
    assert text_of(pdf) == ""
    assert pages_of(pdf) == 1
    assert pdf.count(b"%%EOF") == 1
    assert "Fonts (" not in told_by("mutool", "info", stored)
    tags = json.loads(told_by("exiftool", "-j", stored))[0].keys()
    kept = {tag for tag in tags if not tag.startswith(("File", "Source", "Directory", "ExifTool"))}
    assert kept <= {"MIMEType", "PDFVersion", "Linearized", "PageCount"}
    assert "not linearized" in told_by("qpdf", "--check", stored)


def told_by(tool, *arguments):
    return subprocess.run([program(tool), *arguments], capture_output=True, text=True, check=True).stdout


def test_a_kept_page_opens_again(burnt):
    record, _, pdf = burnt
    [seen] = open_file(pdf)
    assert (seen.dpi, seen.height) == (300, record.page.height)


def test_nothing_but_page_and_picture_is_in_the_file(burnt):
    _, _, pdf = burnt
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in opened.trailer
        streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream)]
        assert sorted(str(one.get("/Subtype", "")) for one in streams) == ["", "/Image"]


def test_the_same_page_is_kept_as_the_same_octets(burnt):
    record, box, pdf = burnt
    assert burn_in(record.page, [box]) == pdf


def test_a_page_without_a_number_is_kept_in_the_same_form():
    pdf = burn_in(BLANK)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert [float(side) for side in opened.pages[0].MediaBox] == [0, 0, 72, 108]
    assert text_of(pdf) == ""


@pytest.mark.parametrize(
    "frame",
    [(-1, 0, 5, 5), (0, -1, 5, 5), (0, 0, 201, 5), (0, 0, 5, 301), (5, 5, 5, 9), (9, 5, 5, 9), (5, 9, 9, 5)],
)
def test_a_box_that_is_not_on_its_page_is_refused(frame):
    with pytest.raises(BoxRefused):
        burn_in(BLANK, [box_of(frame)])
