"""Every problem of the desk's forms and every fault of a file has words in both languages (8.4, 8.5)."""

import ast
from pathlib import Path

import pytest

from inro.paper.scan.errors import FileFault
from inro.practice.intake import EnclosureRefused
from inro.words.intake import fault_words, problem_words

SOURCES = Path(__file__).resolve().parents[2] / "src" / "inro"


def problems() -> set[tuple[str, str]]:
    """Return every field and problem that the code refuses by name."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "EnclosureRefused":
                named = {one.arg: one.value for one in node.keywords}
                if all(isinstance(value, ast.Constant) for value in named.values()):
                    found.add((named["field"].value, named["problem"].value))
    return found


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_problem_says_what_to_correct(language):
    assert len(problems()) >= 8
    for field, problem in problems():
        assert problem_words(EnclosureRefused(field=field, problem=problem), language)


@pytest.mark.parametrize("fault", FileFault)
def test_every_fault_of_a_file_says_what_to_do(fault):
    assert fault_words(fault, "ja") != fault_words(fault, "en")
