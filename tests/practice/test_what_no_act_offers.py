"""Acts the terms leave out stand in no table and are no use case (13, 14, 15, 17.2, 19.3, 34.2, 45.2)."""

import ast
from pathlib import Path

import pytest

from inro.practice.acts import Act
from inro.practice.notices import NoticeKind

HOUSE = Path(__file__).parents[2] / "src" / "inro"
FORBIDDEN = {
    "transfer": "13",
    "assign": "13",
    "succeed": "14",
    "inherit": "14",
    "edit": "15",
    "amend": "15",
    "reissue": "17.2",
    "renew": "6.2",
    "extend": "6.2",
    "unrevoke": "22.1",
    "suspend": "22.1",
    "hold": "22.1",
    "reprint": "19.3",
    "reset": "19.3",
    "unblock": "19.4",
    "recover": "19.3",
    "refund": "34.2",
    "promote": "45.2",
    "advertise": "45.2",
}
# These speak of a paper's time, of the whole service, of a disposal that waits: not of a certificate.
ELSEWHERE = {"extend_deficiency", "suspend_service", "hold_disposal", "hold_ceremony"}


def functions_of_the_use_cases() -> set[str]:
    return {
        node.name
        for path in (HOUSE / "usecases").glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_act_and_no_use_case_does_what_the_terms_leave_out(word):
    names = ({act.value for act in Act} | functions_of_the_use_cases()) - ELSEWHERE
    assert not {name for name in names if word in name.split("_")}


def test_every_exception_is_an_act():
    assert {act.value for act in Act} >= ELSEWHERE


def test_no_notice_promotes_anything():
    # 45.2: what identity proofing brought serves the service alone, so there is nothing else to send.
    words = {word for kind in NoticeKind for word in kind.value.split("_")}
    assert not words & {"promotion", "campaign", "offer", "survey", "proposal"}
