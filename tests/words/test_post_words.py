"""Every problem of the dispatch and receipt desks says what to correct, in both languages (17.4, 18)."""

import ast
from pathlib import Path

import pytest

from inro.practice.packing import PackingRefused
from inro.practice.parcels import Content, WrongContents, WrongTrackingNumber
from inro.practice.post_file import LineFault
from inro.practice.powers import PowerRefused
from inro.words.post import contents_words, line_fault_words, post_problem_words, tracking_words

SOURCES = Path(__file__).resolve().parents[2] / "src" / "inro"
REFUSALS = {"PackingRefused": PackingRefused, "PowerRefused": PowerRefused}
FAULTS = {
    "number": ("unknown", "twice", "has_one"),
    "tracking": ("missing", "format", "check-digit", "kind", "twice", "given_already"),
    "name": ("lacking", "too_long"),
    "address": ("lacking", "too_long"),
}


def refused() -> set[tuple[str, str]]:
    """Return every field and problem that the code refuses by name."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS:
                named = {one.arg: one.value for one in node.keywords}
                problem = named["problem"]
                both = (problem.body, problem.orelse) if isinstance(problem, ast.IfExp) else (problem,)
                found |= {(named["field"].value, one.value) for one in both}
    return found


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_problem_has_words(language):
    assert len(refused()) > 8
    for field, problem in refused():
        assert post_problem_words(PackingRefused(field=field, problem=problem), language)
    for field, problems in FAULTS.items():
        for problem in problems:
            told = line_fault_words(LineFault(line=3, field=field, problem=problem, value="X"), language)
            assert "3" in told
            assert "X" in told
    for problem in ("format", "check-digit", "kind"):
        assert "12" in tracking_words(WrongTrackingNumber(number="12", problem=problem), language)


def test_a_mixed_parcel_is_told_whole():
    wrong = WrongContents(
        missing=frozenset({Content.CARD}),
        surplus=(Content.PIN_MAILER,),
        applications=frozenset({"A1", "A2"}),
    )
    assert (
        contents_words(wrong, "ja")
        == "入っていません：ICカード。入れてはいけません：暗証番号通知書。申込みが混ざっています：A1, A2"
    )
    assert contents_words(wrong, "en").startswith("missing: IC card; not in here: PIN mailer")
