"""The checklist's file is a valid one or the process does not start (8, 9.1)."""

import pytest

from inro.configuration.checklists import load_checklist
from inro.configuration.errors import ConfigurationRefused
from inro.practice.shown import Shown
from tests.given import POLICY

SHIPPED = (POLICY / "checklists" / "application.toml").read_text("utf-8")
OWN = """
[[items]]
item = "own_question"
paper = "other"
clause = "9.1"
applies = "always"
shown = "nothing"
label = "自社の項目"
english = "The operator's own"
reasons = ["理由"]
"""


def read(tmp_path, text: str):
    file = tmp_path / "application.toml"
    file.write_text(text, "utf-8")
    return load_checklist(file)


def test_the_shipped_checklist_is_read_whole(tmp_path):
    checklist = read(tmp_path, SHIPPED)
    assert checklist.most_systems == 1
    assert len({one.item for one in checklist.items}) == len(checklist.items)
    assert next(one for one in checklist.items if one.item == "home_address").shown is Shown.HOME


def test_an_operator_may_add_items(tmp_path):
    added = read(tmp_path, SHIPPED + OWN).items[-1]
    assert (added.item, added.finding) == ("own_question", "open_points")


BROKEN = {
    "an unknown key": (SHIPPED + OWN + 'colour = "red"\n', "items.own_question.colour"),
    "an unknown key of the file": (SHIPPED.replace("most_systems = 1", "most_systems = 1\nmost = 2"), "most"),
    "a missing item": (SHIPPED.replace('item = "home_address"', 'item = "house"'), "items.home_address"),
    "a required item of others": (
        SHIPPED.replace('clause = "8.5"\napplies = "always"', 'clause = "8.5"\napplies = "proxy"'),
        "items.individual_number",
    ),
    "an item twice": (SHIPPED + OWN + OWN, "items.own_question"),
    "no such paper": (SHIPPED + OWN.replace('"other"', '"parchment"'), "items.own_question.paper"),
    "no such statement": (SHIPPED + OWN.replace('"nothing"', '"shoe size"'), "items.own_question.shown"),
    "a reason too long": (SHIPPED + OWN.replace("理由", "長" * 201), "items.own_question.reasons"),
    "no reason": (SHIPPED + OWN.replace('["理由"]', "[]"), "items.own_question"),
    "a name with spaces": (SHIPPED + OWN.replace("own_question", "Own question"), "items.item"),
    "too many systems": (SHIPPED.replace("most_systems = 1", "most_systems = 11"), "most_systems"),
    "a code twice": (SHIPPED.replace('code = "02"', 'code = "01"'), "authority_items.code"),
}


@pytest.mark.parametrize(("text", "key"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_named(tmp_path, text, key):
    with pytest.raises(ConfigurationRefused) as refusal:
        read(tmp_path, text)
    assert refusal.value.key == key
    assert refusal.value.do
