"""A proxy recipient asked for after examination: its window, its points, its ends (23, 24)."""

from dataclasses import replace
from datetime import date

import pytest

from inro.practice.proxy import (
    TRANSITIONS,
    ApprovalFacts,
    ProxyAct,
    ProxyPoint,
    ProxyState,
    ProxyVerdict,
    RequestFacts,
    check_proxy_approval,
    check_request,
    next_state,
)
from inro.practice.transitions import ActNotAllowed, GuardRefused

# Written out a second time and independently of the table.
LIFE = {
    "received": {
        "examine": "received",
        "notify_deficiency": "deficient",
        "approve": "approved",
        "refuse": "refused",
    },
    "deficient": {
        "notify_deficiency": "deficient",
        "resubmit": "received",
        "lapse": "lapsed",
        "refuse": "refused",
    },
}
DAY = date(2026, 12, 10)
REQUEST = RequestFacts(
    issued_on=date(2026, 12, 1), slip_arrived_on=None, arrived_on=DAY, today=DAY, reason="入院"
)
FIT = dict.fromkeys(ProxyPoint, ProxyVerdict.FIT)
APPROVAL = ApprovalFacts(
    issued_on=date(2026, 12, 1),
    slip_arrived_on=None,
    today=DAY,
    verdicts=FIT,
    examiner="p-1",
    decider="p-2",
)


def test_a_request_moves_as_its_life_says_and_no_other_way():
    assert {(state.value, act.value): then.value for (state, act), then in TRANSITIONS.items()} == {
        (state, act): then for state, moves in LIFE.items() for act, then in moves.items()
    }
    for state in (ProxyState.APPROVED, ProxyState.REFUSED, ProxyState.LAPSED):
        for act in ProxyAct:
            with pytest.raises(ActNotAllowed):
                next_state(state, act)


def test_each_point_has_its_paragraph():
    assert {point.clause for point in ProxyPoint} == {"23.1", "23.2", "23.4"}


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"issued_on": None}, "window_is_open"),
        ({"issued_on": date(2026, 12, 11)}, "window_is_open"),
        ({"slip_arrived_on": DAY}, "window_is_open"),
        ({"today": date(2026, 12, 9)}, "arrival_has_happened"),
        ({"reason": ""}, "reason_is_stated"),
    ],
)
def test_a_request_is_taken_in_within_its_window_and_with_a_reason(changes, guard):
    check_request(REQUEST)
    check_request(replace(REQUEST, issued_on=DAY, slip_arrived_on=date(2026, 12, 11)))
    with pytest.raises(GuardRefused) as refusal:
        check_request(replace(REQUEST, **changes))
    assert refusal.value.guard == guard


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"slip_arrived_on": DAY}, "card_is_still_awaited"),
        ({"verdicts": {}}, "every_point_is_fit"),
        ({"verdicts": FIT | {ProxyPoint.PROXY_ADDRESS: ProxyVerdict.DEFICIENT}}, "every_point_is_fit"),
        ({"decider": "p-1"}, "another_person_approves"),
        ({"examiner": ""}, "another_person_approves"),
    ],
)
def test_only_a_request_in_order_is_approved_and_by_another_person(changes, guard):
    check_proxy_approval(APPROVAL)
    with pytest.raises(GuardRefused) as refusal:
        check_proxy_approval(replace(APPROVAL, **changes))
    assert refusal.value.guard == guard
