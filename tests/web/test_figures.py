"""Figures as drawn, as tables and as files; what the public is told of the usual time (17.1, 18.7, 40(7))."""

import csv
import io
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from benchmarks.queue_world import make_cases
from benchmarks.world import NOW
from inro.practice.figures import LEAST_TOLD
from inro.usecases.queue import mend_queue
from inro.web.figures.bars import bars
from inro.web.figures.columns import Column, Mark, columns, top_of
from inro.web.figures.grid import grid
from inro.web.office import clock
from inro.web.office.figures.shown import FIGURES
from inro.web.public import clock as public_clock
from tests.web.test_pages import text_of

LATER = NOW + timedelta(days=1)


@pytest.fixture
def cases(db, monkeypatch) -> None:
    """Cases in every state, on the day after the last."""
    make_cases(range(1, 301))
    mend_queue(now=NOW)
    for shown in (clock, public_clock):
        monkeypatch.setattr(shown, "now", lambda: LATER)


def test_every_figure_is_drawn_with_its_words_and_its_table(clerk, cases):
    answer = clerk.get("/figures/")
    page = answer.content.decode()
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) == len(FIGURES) == page.count('<table class="counts">')
    for drawing in drawings:
        tree = ET.fromstring(drawing)
        assert [child.tag for child in tree][:2] == ["title", "desc"]
        named = tree.get("aria-labelledby").split()
        assert [child.get("id") for child in tree][:2] == named
        assert all(child.text for child in tree[:2])
        assert "style" not in {name for element in tree.iter() for name in element.attrib}
    text = text_of(answer)
    for part in (
        "発行までの日数",
        "受領書の期限 20日（第18条第7項）",
        "30日超",
        "失効 32日目",
        "有効期間満了",
    ):
        assert part in text


def test_a_record_without_cases_is_drawn_too(clerk, db):
    text = text_of(clerk.get("/figures/"))
    assert "この期間に発行した証明書はありません" in text
    assert "この期間に送った不備通知書はありません" in text


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(("charset", "encoding"), [("", "utf-8-sig"), ("cp932", "cp932")])
def test_the_file_holds_the_table_with_plain_numbers(clerk, cases, name, charset, encoding):
    answer = clerk.get(f"/figures/{name}.csv", {"charset": charset})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode(encoding))))
    assert len({len(line) for line in lines}) == 1
    assert all(cell.isdigit() for line in lines[1:] for cell in line[1:])


def test_what_is_no_figure_is_not_there(clerk, db):
    assert clerk.get("/figures/salaries.csv").status_code == 404


def test_words_in_a_drawing_stay_words():
    hostile = '<script>"&'
    for drawn in (
        columns([Column(label=hostile, count=3)], name="a", title=hostile, said=hostile, axis=hostile),
        bars([Column(label=hostile, count=3)], name="b", title=hostile, said=hostile),
        grid(rows=[(hostile, [1])], heads=[hostile], name="c", title=hostile, said=hostile),
    ):
        tree = ET.fromstring(drawn)
        assert "script" not in {element.tag for element in tree.iter()}
        assert tree[0].text == hostile


def test_a_drawing_of_nothing_is_whole():
    marks = (Mark(after=2, words="x"),)
    for drawn in (
        columns([], name="a", title="t", said="s", axis="x", marks=marks),
        bars([], name="b", title="t", said="s"),
        grid(rows=[("x", [])], heads=[], name="c", title="t", said="s"),
    ):
        ET.fromstring(drawn)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (2, 2), (3, 4), (5, 10), (11, 20), (41, 100), (999, 1000)]
)
def test_the_scale_holds_the_highest_column(most, top):
    assert top_of(most) == top


@pytest.mark.parametrize("issued", [LEAST_TOLD - 1, LEAST_TOLD])
def test_the_public_is_told_the_usual_time_of_enough_cases_only(public, cases, monkeypatch, issued):
    monkeypatch.setattr("inro.web.public.usual.issue_days", lambda **_days: {9: issued - 1, 14: 1})
    text = text_of(public.get("/status/"))
    assert ("半数の申込みは9日以内、9割は9日以内" in text) is (issued == LEAST_TOLD)
    assert ("発行までの日数の目安" in text) is (issued == LEAST_TOLD)


def test_the_usual_time_is_this_installations_own(public, cases):
    assert "半数の申込みは1日以内、9割は1日以内" in text_of(public.get("/status/"))
