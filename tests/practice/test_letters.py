"""The life of a letter, and what must hold to date and to send one (9.2, 43)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inro.practice.letters import (
    TRANSITIONS,
    DatingFacts,
    LetterAct,
    LetterState,
    SendingFacts,
    check_dating,
    check_sending,
    next_state,
)
from inro.practice.transitions import ActNotAllowed, GuardRefused

# Written out a second time and independently of the table: state, then act > state.
LIFE = """
drafted: write > drafted, release > released, drop > dropped
released: print > printed, drop > dropped, hold > held
printed: print > printed, send > sent, drop > dropped, hand_over > on_way, hold > held
held: resume > released, drop > dropped
on_way: confirm > sent, fail > failed
sent: fail > failed
failed:
dropped:
"""
TODAY = date(2026, 12, 1)
DAY = timedelta(days=1)
DATING = DatingFacts(dated_on=TODAY, today=TODAY, case_waits=True)
SENDING = SendingFacts(dated_on=TODAY, sent_on=TODAY, today=TODAY, case_waits=True)


def life() -> dict[tuple[LetterState, LetterAct], LetterState]:
    expected = {}
    for line in LIFE.strip().splitlines():
        state, _, moves = line.partition(":")
        for move in filter(None, (part.strip() for part in moves.split(","))):
            act, _, then = move.partition(" > ")
            expected[LetterState(state), LetterAct(act)] = LetterState(then)
    return expected


def test_a_letter_moves_as_its_life_says_and_no_other_way():
    assert dict(TRANSITIONS) == life()
    for state in LetterState:
        for act in LetterAct:
            if (state, act) not in TRANSITIONS:
                with pytest.raises(ActNotAllowed):
                    next_state(state, act)


@pytest.mark.parametrize(
    "facts",
    [
        SENDING,
        replace(SENDING, today=TODAY + DAY),
        replace(SENDING, sent_on=TODAY + DAY, today=TODAY + DAY),
    ],
)
def test_a_letter_leaves_on_its_day_or_later(facts):
    check_sending(facts)


@pytest.mark.parametrize(
    ("facts", "guard"),
    [
        (replace(SENDING, sent_on=TODAY - DAY), "sent_no_earlier_than_dated"),
        (replace(SENDING, sent_on=TODAY + DAY), "sending_has_happened"),
        (replace(SENDING, case_waits=False), "case_still_waits"),
    ],
)
def test_a_sending_that_cannot_have_been_so_is_refused(facts, guard):
    with pytest.raises(GuardRefused) as refusal:
        check_sending(facts)
    assert refusal.value.guard == guard


@pytest.mark.parametrize(
    ("facts", "guard"),
    [
        (replace(DATING, dated_on=TODAY - DAY), "date_is_to_come"),
        (replace(DATING, case_waits=False), "case_still_waits"),
    ],
)
def test_a_letter_bears_no_day_gone_by(facts, guard):
    check_dating(replace(DATING, dated_on=TODAY + DAY))
    with pytest.raises(GuardRefused) as refusal:
        check_dating(facts)
    assert refusal.value.guard == guard
