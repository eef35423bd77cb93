"""Every use case names its act, whose duties stand in one table, or is a process's alone (40(7))."""

import ast
from pathlib import Path

import pytest

from inro.practice.acts import Act
from inro.practice.permission import ACT_DUTIES, PUBLIC_ACTS

USECASES = Path(__file__).parents[2] / "src" / "inro" / "usecases"
OF_A_PROCESS = "check_process"


def is_use_case(function: ast.stmt) -> bool:
    if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
        return False
    arguments = {argument.arg for argument in function.args.kwonlyargs}
    # `act` itself is the frame of every use case, `check_approval` the rule of some.
    return {"actor", "now"} <= arguments and function.name not in {"act", "check_approval"}


def asks(function: ast.FunctionDef) -> list[str]:
    """Return what a use case asks of its actor: the names of acts, or that it is a process."""
    asked = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "actor.check":
            asked += [ast.unparse(argument).removeprefix("Act.").lower() for argument in node.args]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "actor.check_process":
            asked.append(OF_A_PROCESS)
    return asked


FUNCTIONS = {
    function.name: function
    for path in sorted(USECASES.glob("*.py"))
    for function in ast.parse(path.read_text("utf-8")).body
    if is_use_case(function)
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_use_case_names_its_act_or_is_a_processs(name):
    assert asks(FUNCTIONS[name]) in ([name], [OF_A_PROCESS])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_use_case_asks_before_anything_else(name):
    body = [node for node in FUNCTIONS[name].body if not is_docstring(node)]
    assert ast.unparse(body[0]).startswith("actor.check")


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_no_act_of_a_use_case_is_without_a_row():
    acts = {Act(name) for name in FUNCTIONS if asks(FUNCTIONS[name]) == [name]}
    assert acts <= ACT_DUTIES.keys() | PUBLIC_ACTS
    assert {Act.ACCEPT_APPLICATION, Act.REJECT_APPLICATION, Act.DECIDE_REVOCATION} <= acts


def test_no_use_case_repeats_duties():
    for path in USECASES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "actor.check":
                assert "Duty" not in ast.unparse(node)
