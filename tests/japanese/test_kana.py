"""Kana in its writings, and readings of names as a form takes them (8.2, 8.10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.kana import (
    ReadingProblem,
    full_width_kana,
    half_width_kana,
    hiragana,
    katakana,
    read_reading,
)

KATAKANA = [chr(code) for code in range(ord("ァ"), ord("ヴ") + 1)]
WITHOUT_HALF_WIDTH = set("ヮヰヱヵヶ")
SPOKEN = sorted(set(KATAKANA) - set("ァィゥェォッャュョヮヵヶ"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("やまだ　たろう", "ヤマダ　タロウ"),
        ("ﾔﾏﾀﾞ ﾊﾟｳﾛ", "ヤマダ パウロ"),
        ("ゔぃくとりあ", "ヴィクトリア"),
        ("み\u3059\u3099き", "ミズキ"),
        ("ゝゞ", "ヽヾ"),
        ("山田A1", "山田A1"),
        ("ｰ｡｢｣､･", "ー。「」、・"),
    ],
)
def test_kana_of_every_writing_becomes_katakana(typed, expected):
    assert katakana(typed) == expected


def test_a_mark_that_nothing_bears_stays_a_mark():
    assert full_width_kana("ﾞｱﾞﾟ") == "゛ア゛゜"


@given(st.text(alphabet=KATAKANA))
def test_hiragana_and_katakana_are_each_other_s_inverse(text):
    assert katakana(hiragana(text)) == text


@given(st.text(alphabet=sorted(set(KATAKANA) - WITHOUT_HALF_WIDTH)))
def test_half_width_kana_comes_back_as_it_was(text):
    narrow = half_width_kana(text)
    assert all(ord("｡") <= ord(character) <= ord("ﾟ") for character in narrow)
    assert full_width_kana(narrow) == text


def test_letters_without_half_width_stay():
    assert half_width_kana("ヰヱ") == "ヰヱ"
    assert half_width_kana("ガ・ー山A") == "ｶﾞ･ｰ山A"


@given(st.text())
def test_no_text_stops_the_conversions(text):
    assert katakana(katakana(text)) == katakana(text)
    assert isinstance(half_width_kana(text), str)
    assert isinstance(read_reading(text).findings, tuple)


@given(
    st.lists(st.text(alphabet=SPOKEN, min_size=1), min_size=1, max_size=3), st.sampled_from([" ", "　", "  "])
)
def test_a_reading_has_one_wide_space_between_names(names, space):
    reading = read_reading(hiragana(space.join(names)))
    assert reading.text == "　".join(names)
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("typed", "problem", "position", "character"),
    [
        ("　 ", ReadingProblem.EMPTY, 0, ""),
        ("山田　タロウ", ReadingProblem.NOT_KANA, 0, "山"),
        ("ヤマダ　TARO", ReadingProblem.NOT_KANA, 4, "T"),
        ("ヤマダ　ータロウ", ReadingProblem.CANNOT_BEGIN, 4, "ー"),
        ("ァキラ", ReadingProblem.CANNOT_BEGIN, 0, "ァ"),
        ("ヤマダ・　タロウ", ReadingProblem.CANNOT_BEGIN, 4, "　"),
        ("ミヶ", ReadingProblem.UNSPOKEN, 1, "ヶ"),
    ],
)
def test_what_is_no_reading_is_told_with_its_place(typed, problem, position, character):
    finding = read_reading(typed).findings[0]
    assert (finding.problem, finding.position, finding.character) == (problem, position, character)


def test_foreign_and_double_readings_are_taken():
    assert read_reading("スミス＝タナカ　ジョン・ポール").findings == ()
    assert read_reading("ンゴジ").findings == ()
