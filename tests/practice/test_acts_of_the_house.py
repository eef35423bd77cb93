"""The use cases ask for the duties that the table of acts gives them (40(7))."""

import ast
from pathlib import Path

import pytest

from inro.practice.acts import ACT_DUTIES, Act
from inro.practice.duties import Duty

USECASES = Path(__file__).parents[2] / "src" / "inro" / "usecases"


def duties_asked_for(function: ast.FunctionDef) -> frozenset[Duty] | None:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "actor.check":
            return frozenset(Duty[ast.unparse(argument).removeprefix("Duty.")] for argument in node.args)
    return None


ASKED = {
    function.name: asked
    for path in sorted(USECASES.glob("*.py"))
    for function in ast.parse(path.read_text("utf-8")).body
    if isinstance(function, ast.FunctionDef) and (asked := duties_asked_for(function)) is not None
}


@pytest.mark.parametrize("name", ASKED)
def test_a_use_case_asks_for_its_acts_duties(name):
    assert ASKED[name] == ACT_DUTIES[Act(name)]


def test_the_deciding_acts_ask():
    assert {"accept_application", "reject_application", "decide_revocation"} <= set(ASKED)
