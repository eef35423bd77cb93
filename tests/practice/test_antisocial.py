"""Who has looked for anti-social forces, and whose word stands (46)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inro.practice.antisocial import (
    LONGEST_REMARK,
    CheckResult,
    CheckSource,
    OfficerCheck,
    check_remark,
    checked_by,
    is_matched,
    standing_checks,
)
from inro.practice.letters import LetterRefused

LOOKED = OfficerCheck(
    person="p-1",
    source=CheckSource.NEWS_DATABASE,
    result=CheckResult.NO_MATCH,
    checked_at=datetime(2026, 12, 1, 3, tzinfo=UTC),
)
LATER = LOOKED.checked_at + timedelta(minutes=5)
MATCH = replace(LOOKED, result=CheckResult.MATCH)


def test_a_match_of_any_officer_in_any_source_stands():
    assert not is_matched([LOOKED, replace(LOOKED, person="p-2", result=CheckResult.OTHER_PERSON)])
    assert is_matched([LOOKED, replace(MATCH, person="p-2")])
    # What another source does not hold takes nothing back.
    elsewhere = replace(LOOKED, source=CheckSource.WEB_SEARCH, checked_at=LATER)
    assert is_matched([MATCH, elsewhere])
    assert is_matched([MATCH, replace(LOOKED, person="p-2", checked_at=LATER)])


def test_an_officers_later_word_on_the_same_source_takes_its_place():
    mended = replace(MATCH, result=CheckResult.OTHER_PERSON, checked_at=LATER)
    assert standing_checks([mended, MATCH]) == (mended,)
    assert not is_matched([mended, MATCH])
    assert is_matched([replace(MATCH, checked_at=LATER), LOOKED])


def test_who_looked_anywhere_has_looked():
    assert checked_by([LOOKED, replace(LOOKED, person="p-2")]) == {"p-1", "p-2"}
    assert checked_by([]) == frozenset()


@pytest.mark.parametrize("result", [CheckResult.MATCH, CheckResult.OTHER_PERSON])
def test_a_match_and_a_namesake_need_their_grounds(result):
    check_remark(result=result, remark="生年月日が違う")
    check_remark(result=CheckResult.NO_MATCH, remark="")
    with pytest.raises(LetterRefused, match="missing"):
        check_remark(result=result, remark=" ")
    with pytest.raises(LetterRefused, match="too_long"):
        check_remark(result=CheckResult.NO_MATCH, remark="あ" * (LONGEST_REMARK + 1))
