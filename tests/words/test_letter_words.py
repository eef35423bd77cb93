"""Every problem of the letters' forms has words; days are derived in both languages (9.2, 24.2, 43)."""

import ast
from datetime import date
from pathlib import Path

import pytest

from inro.practice.calendar import Calendar
from inro.practice.day_sum import DaySum, Operation
from inro.practice.deadlines import deficiency_deadline, draft_deadline, proxy_deficiency_deadline
from inro.practice.deficiency import LONGEST
from inro.practice.letters import LetterRefused
from inro.practice.proxy import ProxyPoint
from inro.words.day_sums import deadline_words, sum_words
from inro.words.letters import letter_problem_words
from tests.practice.figures import TERMS

SOURCES = Path(__file__).resolve().parents[2] / "src" / "inro"
DAY = date(2026, 12, 1)
# Fields that are named by what was typed in them.
TEXTS = {f"{name}-3" for name in LONGEST} | {"spoken_to", "said", "reason", "remark"}
NEEDED = {"called_at", "confirmed_at", "checked_at"}
DAYS = {"dated_on", "postmark", "extended_to", "arrived_on"}
PERSON = {"name", "postal_code", "prefecture", "city", "street"}
CHOICES = {"channel", "source", "result", *ProxyPoint}


def problems() -> set[tuple[str, str]]:
    """Return every field and problem that the code refuses by name, and those named by a variable."""
    found = {(field, "missing") for field in TEXTS | NEEDED | DAYS | PERSON | CHOICES}
    found |= {(field, "too_long") for field in TEXTS}
    found |= {(field, "not_a_time") for field in NEEDED} | {(field, "not_a_date") for field in DAYS}
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LetterRefused":
                named = {one.arg: one.value for one in node.keywords}
                if all(isinstance(value, ast.Constant) for value in named.values()):
                    found.add((named["field"].value, named["problem"].value))
    return found


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_problem_says_what_to_correct(language):
    for field, problem in problems():
        assert letter_problem_words(LetterRefused(field=field, problem=problem), language)


def test_a_points_place_is_told():
    refusal = LetterRefused(field="remedy-3", problem="missing")
    assert letter_problem_words(refusal, "ja") == "3件目：お願いの内容を入力してください"
    assert letter_problem_words(refusal, "en").startswith("Point 3: ")


def test_a_day_is_derived_in_words_of_both_languages():
    due = deficiency_deadline(
        notice_arrived_on=DAY, terms=TERMS, calendar=Calendar(), extended_to=date(2026, 12, 28)
    )
    japanese = (
        "約款第9条第2項：通知の到達の日（初日は数えない）2026年12月1日、"
        "+20日で2026年12月21日、延長により2026年12月28日"
    )
    assert deadline_words(due, "ja") == japanese
    assert deadline_words(due, "en") == (
        "Terms Article 9(2): from the day of arrival of the notice (itself not counted),"
        " 2026-12-01, +20 days make 2026-12-21, extended by a person to 2026-12-28"
    )
    assert sum_words(DaySum.of(DAY).clear_months_before(1), "en").endswith(
        " 1 clear month before: 2026-10-31"
    )
    assert sum_words(DaySum.of(DAY).plus_months(-1), "en").endswith(" -1 month makes 2026-11-01")
    call = proxy_deficiency_deadline(notified_on=DAY, terms=TERMS, calendar=Calendar())
    assert deadline_words(call, "ja").startswith("約款第24条第2項：電話の日")
    assert deadline_words(draft_deadline(saved_on=DAY, terms=TERMS), "en").startswith("Terms ")


def test_every_step_of_a_sum_has_words():
    moving = Calendar(moves_last_day=True, closed_weekdays=frozenset({5, 6}))
    made = (
        DaySum.of(date(2026, 11, 28))
        .moved_by(moving, clause="9.2")
        .plus_months(1)
        .at_month_end()
        .plus_days(3)
    )
    made = made.clear_days_before(2).clear_months_before(1).day_after()
    made = made.later_than(DaySum.of(DAY)).extended_to(date(2027, 1, 1))
    assert {step.operation for step in made.steps} == set(Operation)
    for language in ("ja", "en"):
        assert len(sum_words(made, language)) > 100
