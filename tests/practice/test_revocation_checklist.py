"""What is asked before a revocation, of which cases, and what the answers come to (21.1(2), 21.2, 22.1)."""

from dataclasses import replace

import pytest

from inro.configuration.policy import load_policy
from inro.practice.grounds import GROUNDS, Invoker, ground
from inro.practice.revocation import RequestRefused, RevocationFindings
from inro.practice.revocation_checklist import Answer, checklist_problems, findings_of
from tests import given

CHECKLIST = load_policy(given.POLICY).revocation_checklist
OF_A_PAPER = ("requester", "registered_seal", "form")


def asked(id_: str, *, former_surname: bool = False) -> tuple[str, ...]:
    return tuple(one.item for one in CHECKLIST.asked(ground(id_), former_surname=former_surname))


@pytest.mark.parametrize("id_", GROUNDS)
def test_each_ground_is_asked_its_own_items_and_a_merger_of_21_1_2_alone(id_):
    own = ground(id_).invoker is Invoker.CA
    change = ("no_merger",) if id_ == "21.1(2)" else ()
    assert asked(id_) == (("ground",) if own else (*OF_A_PAPER, *change))
    former = ("former_surname",) if not own else ()
    assert set(asked(id_, former_surname=True)) == {*asked(id_), *former}


@pytest.mark.parametrize(
    ("item", "findings"),
    [
        ("requester", {"authentic": False}),
        ("registered_seal", {"authentic": False}),
        ("form", {"complete": False}),
        ("former_surname", {"complete": False}),
        ("no_merger", {"municipal_merger": True}),
    ],
)
def test_each_item_feeds_its_finding(item, findings):
    items = CHECKLIST.asked(ground("21.1(2)"), former_surname=True)
    fit = {one.item: Answer.FIT.value for one in items}
    answers = fit | {item: Answer.LACKING.value}
    found = findings_of(items=items, answers=answers, checklist_sha256="ab")
    assert found == RevocationFindings(**findings, answers=answers, checklist="ab")
    assert not found.bear_it
    assert findings_of(items=items, answers=fit, checklist_sha256="ab").bear_it
    assert RevocationFindings.from_record(found.as_record()) == found


def test_an_item_without_an_answer_is_named():
    items = CHECKLIST.asked(ground("18.7"), former_surname=False)
    with pytest.raises(RequestRefused) as refusal:
        findings_of(items=items, answers={"ground": "perhaps"}, checklist_sha256="ab")
    assert (refusal.value.field, refusal.value.problem) == ("ground", "not_answered")


def test_a_checklist_that_leaves_out_or_bends_an_item_is_no_checklist():
    assert checklist_problems(CHECKLIST.items) == ()
    without = [one for one in CHECKLIST.items if one.item != "registered_seal"]
    assert checklist_problems(without) == (("registered_seal", "is missing", "21.2"),)
    bent = [replace(one, clause="22.1") for one in CHECKLIST.items]
    assert {item for item, _, _ in checklist_problems(bent)} == {
        "registered_seal",
        "form",
        "former_surname",
        "no_merger",
    }
    twice = (*CHECKLIST.items, CHECKLIST.items[0])
    assert checklist_problems(twice) == (("requester", "one item twice", "22.1"),)
