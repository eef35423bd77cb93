"""Folding unites what is one character and changes none into another; the raw text stays (8.7)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.folding import SIGNS, comparison_key, fold, fold_unit
from inro.japanese.gate import JIS_X_0208, outside_gate, passes_gate
from inro.japanese.units import TextRefused, split_units, without_selector

names = st.text(st.sampled_from(sorted(JIS_X_0208)))
half_width = st.characters(min_codepoint=0xFF61, max_codepoint=0xFF9F) | st.characters(
    min_codepoint=0x20, max_codepoint=0x7E
)


@pytest.mark.parametrize(
    ("received", "folded"),
    [("～", "〜"), ("－", "−"), ("∥", "‖"), ("￠", "¢"), ("￡", "£"), ("￢", "¬"), ("—", "―")],
)
def test_the_seven_signs_with_two_code_points(received, folded):
    assert fold(received) == fold_unit(received) == folded
    assert passes_gate(folded)
    assert not passes_gate(received)


def test_there_are_seven():
    assert len(SIGNS) == 7


@pytest.mark.parametrize(
    ("received", "folded"),
    [
        ("ABCxyz019", "ＡＢＣｘｙｚ０１９"),
        ("1-2-3", "１−２−３"),
        ("Web~開発", "Ｗｅｂ〜開発"),
        (r"(株)A&B\C", "（株）Ａ＆Ｂ＼Ｃ"),
        ("""O'Brien "X\"""", "Ｏ’Ｂｒｉｅｎ　”Ｘ”"),
        ("ｶﾌﾞｼｷｶﾞｲｼｬ ﾊﾟﾝ･ｰ｡", "カブシキガイシャ　パン・ー。"),
        ("ｳﾞｧ", "ヴァ"),
        ("ﾞｱﾟ", "゛ア゜"),
        ("ｱﾞ", "ア゛"),
        ("か\u3099は\u309a", "がぱ"),
        ("カﾞ", "ガ"),
        ("¥‾", "￥￣"),
    ],
)
def test_width_and_marks(received, folded):
    assert fold(received) == folded
    assert passes_gate(folded)


@pytest.mark.parametrize("kept", ["髙", "神", "㈱", "Ⅲ", "①", "℃", "邉\U000e0100", "é", "ﬁ", "㌔"])
def test_what_only_a_normal_form_would_change_is_kept(kept):
    assert fold(kept) == kept


@given(names)
def test_what_passes_the_gate_is_not_touched(text):
    assert fold(text) == text
    assert split_units(text) == list(text)


@given(st.text(half_width))
def test_half_width_passes_the_gate_afterwards(text):
    # ワ and ヲ with a mark are characters of their own that JIS X 0208 lacks.
    assert set(outside_gate(fold(text))) <= {"ヷ", "ヺ"}


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters() | half_width | st.sampled_from("ﾞﾟ\u3099\u309aか邉\U000e0100")))
def test_unit_by_unit_is_the_same_as_the_whole(text):
    try:
        units = split_units(text)
    except TextRefused:
        return
    assert "".join(units) == text
    parts = [without_selector(unit) for unit in units]
    assert "".join(fold_unit(character) + selector for character, selector in parts) == fold(text)


@given(st.text(half_width | st.sampled_from(sorted(JIS_X_0208))))
def test_a_key_does_not_depend_on_the_writing(text):
    assert comparison_key(text) == comparison_key(fold(text))
    assert unicodedata.is_normalized("NFKC", comparison_key(text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ﾐﾎﾝ建設(株)", "ミホン建設（株）", True),
        ("A～B", "Ａ〜Ｂ", True),
        ("神田", "神田", True),
        ("㈱見本", "(株)見本", True),
        ("髙橋", "高橋", False),
        ("邉\U000e0100", "邉", False),
    ],
)
def test_keys_compare_writings_not_characters(one, other, same):
    assert (comparison_key(one) == comparison_key(other)) is same
