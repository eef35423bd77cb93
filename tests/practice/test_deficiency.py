"""Points, the time to mend, and more of it by a person (9.2, 43)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inro.practice.calendar import Calendar, end_of_day, start_of_day
from inro.practice.deadlines import deficiency_deadline
from inro.practice.deficiency import (
    LONGEST,
    MOST_POINTS,
    CorrectionStage,
    DeficiencyPoint,
    ExtensionFacts,
    check_extension,
    check_points,
    correction_stage,
)
from inro.practice.letters import LetterRefused
from inro.practice.transitions import GuardRefused
from tests.practice.figures import TERMS

POINT = DeficiencyPoint(
    item="利用申込書", finding="押印がありません。", remedy="押印してください。", clause="8.1"
)
ARRIVED = date(2026, 12, 1)
DUE = date(2026, 12, 21)
EXTENSION = ExtensionFacts(reason="入院中", extended_to=date(2026, 12, 28), due=DUE, today=ARRIVED)


def deadline(**how):
    return deficiency_deadline(notice_arrived_on=ARRIVED, terms=TERMS, calendar=Calendar(), **how)


def test_a_point_comes_back_as_it_was_written():
    assert DeficiencyPoint.from_record(POINT.as_record()) == POINT


@pytest.mark.parametrize(
    ("points", "field", "problem"),
    [
        ([], "points", "none"),
        ([POINT] * (MOST_POINTS + 1), "points", "too_many"),
        ([POINT, replace(POINT, item=" ")], "item-2", "missing"),
        ([replace(POINT, remedy="")], "remedy-1", "missing"),
        ([replace(POINT, finding="あ" * (LONGEST["finding"] + 1))], "finding-1", "too_long"),
    ],
)
def test_a_letter_says_of_each_point_what_is_wrong_and_what_mends_it(points, field, problem):
    check_points([POINT] * MOST_POINTS)
    with pytest.raises(LetterRefused) as refusal:
        check_points(points)
    assert (refusal.value.field, refusal.value.problem) == (field, problem)


def test_the_time_runs_to_the_end_of_its_day_in_japan():
    due = deadline()
    assert due.day == DUE
    assert correction_stage(None, end_of_day(DUE)) is CorrectionStage.NOT_NOTIFIED
    assert correction_stage(due, end_of_day(DUE)) is CorrectionStage.RUNNING
    assert correction_stage(due, start_of_day(DUE + timedelta(days=1))) is CorrectionStage.LAPSED


def test_an_extension_makes_the_time_longer_and_never_shorter():
    longer = deadline(extended_to=date(2026, 12, 28))
    assert longer.day == date(2026, 12, 28)
    assert "extended to 2026-12-28" in longer.derivation()
    assert deadline(extended_to=date(2026, 12, 10)) == deadline()


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"due": None}, "notice_has_arrived"),
        ({"reason": " "}, "extension_has_its_reason"),
        ({"extended_to": DUE}, "extension_gives_more_time"),
        ({"today": date(2026, 12, 29)}, "extension_is_to_come"),
    ],
)
def test_more_time_needs_a_notice_a_reason_and_a_later_day(changes, guard):
    check_extension(EXTENSION)
    check_extension(replace(EXTENSION, today=date(2026, 12, 28)))
    with pytest.raises(GuardRefused) as refusal:
        check_extension(replace(EXTENSION, **changes))
    assert refusal.value.guard == guard
