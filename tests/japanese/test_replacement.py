"""Replacement follows the order of the tables, says its source, and lets nothing past the gate (8.7-8.12)."""

import sys
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.gate import JIS_X_0208, passes_gate
from inro.japanese.replacement import (
    Document,
    GateBroken,
    How,
    Unit,
    replace_text,
    replace_unit,
)
from inro.japanese.tables import Table, listed_units
from inro.japanese.units import TextFault, TextRefused, split_units

RESIDENT, REGISTRY = Document.RESIDENT, Document.REGISTRY
# The NTA's map has a row for the soft hyphen, which no name holds.
EVERY_LISTED = sorted({*listed_units("mj.tsv"), *listed_units("nta.tsv")} - {"\xad"})
anything = st.lists(
    st.characters(exclude_categories=[]) | st.sampled_from(EVERY_LISTED) | st.sampled_from(sorted(JIS_X_0208))
).map("".join)
documents = pytest.mark.parametrize("document", list(Document))


def one(text: str, document: Document) -> Unit:
    (unit,) = replace_text(text, document=document).units
    assert unit == replace_unit(text, document=document)
    assert unit.original == text
    return unit


@documents
@pytest.mark.parametrize("text", ["佐藤　健一", "邉齋嶋", "（株）みほん〜ABC", "ｶﾌﾞ", ""])
def test_what_passes_the_gate_stays(document, text):
    found = replace_text(text, document=document)
    assert found.original == text
    assert found.settled
    assert {unit.how for unit in found.units} <= {How.KEPT}
    assert {unit.table for unit in found.units} <= {Table.JIS_X_0208, Table.WIDTH}
    assert passes_gate(found.text)


@pytest.mark.parametrize(
    ("document", "original", "replacement", "table", "mj_number"),
    [
        # 8.8: 誤字俗字・正字一覧表 first, then 戸籍統一文字情報
        (RESIDENT, "圡", "土", Table.CORRECT_FORMS, "MJ008894"),
        (RESIDENT, "㐂", "喜", Table.CORRECT_FORMS, "MJ000006"),
        (RESIDENT, "㑹", "會", Table.CORRECT_FORMS, "MJ000089"),
        (RESIDENT, "髙", "高", Table.FAMILY_REGISTER, "MJ028902"),
        (RESIDENT, "𠮷", "吉", Table.FAMILY_REGISTER, "MJ032129"),
        (RESIDENT, "﨑", "崎", Table.FAMILY_REGISTER, "MJ030196"),
        (RESIDENT, "濵", "浜", Table.FAMILY_REGISTER, "MJ016106"),
        (RESIDENT, "栁", "柳", Table.FAMILY_REGISTER, "MJ013815"),
        (RESIDENT, "桒", "桑", Table.FAMILY_REGISTER, "MJ013904"),
        # 8.9: 誤字俗字・正字一覧表 first, then JIS縮退マップ, which disagrees with the register on 濵
        (REGISTRY, "圡", "土", Table.CORRECT_FORMS, "MJ008894"),
        (REGISTRY, "㑹", "會", Table.CORRECT_FORMS, "MJ000089"),
        (REGISTRY, "﨑", "崎", Table.TAX_AGENCY, ""),
        (REGISTRY, "濵", "濱", Table.TAX_AGENCY, ""),
        (REGISTRY, "鷗", "鴎", Table.TAX_AGENCY, ""),
        (REGISTRY, "㈱", "（株）", Table.TAX_AGENCY, ""),
        (REGISTRY, "Ⅲ", "ＩＩＩ", Table.TAX_AGENCY, ""),
        (REGISTRY, "⑳", "２０", Table.TAX_AGENCY, ""),
        # decided: what neither list nor NTA's map has goes by JIS包摂
        (REGISTRY, "髙", "高", Table.UNIFICATION, "MJ028902"),
        (REGISTRY, "𠮷", "吉", Table.UNIFICATION, "MJ032129"),
    ],
)
def test_the_order_of_the_tables(document, original, replacement, table, mj_number):
    unit = one(original, document)
    assert (unit.replacement, unit.how) == (replacement, How.REPLACED)
    assert (unit.table, unit.mj_number) == (table, mj_number)
    assert unit.mj_number in unit.source


@documents
@pytest.mark.parametrize(
    ("original", "base"),
    [
        ("邉\U000e0100", "邉"),
        ("辻\U000e0100", "辻"),
        ("葛\U000e0100", "葛"),
        ("神\ufe00", "神"),
        # decided: 戸籍統一文字情報 has 辺 and 斎 for these, UCS unification keeps the code point
        ("邊\U000e010f", "邊"),
        ("邉\U000e010f", "邉"),
        ("齋\U000e0102", "齋"),
    ],
    ids=ascii,
)
def test_a_sequence_gives_its_base_character_if_that_passes(document, original, base):
    unit = one(original, document)
    assert (unit.replacement, unit.how, unit.table) == (base, How.REPLACED, Table.SELECTOR)
    assert f"U+{ord(original[1]):04X}" in unit.source


@documents
def test_a_sequence_that_the_list_names_is_replaced_by_the_list(document):
    # 逹 passes the gate; this sequence of it is a row of the list.
    unit = one("逹\U000e0102", document)
    assert (unit.replacement, unit.table, unit.mj_number) == ("達", Table.CORRECT_FORMS, "MJ025999")
    assert one("逹", document).how is How.KEPT


@pytest.mark.parametrize(
    ("document", "replacement", "table"),
    [(RESIDENT, "高", Table.FAMILY_REGISTER), (REGISTRY, "高", Table.UNIFICATION)],
)
def test_a_selector_no_table_knows_says_nothing(document, replacement, table):
    unit = one("髙\U000e0100", document)
    assert (unit.replacement, unit.table, unit.mj_number) == (replacement, table, "MJ028902")


def test_a_sequence_of_the_plain_glyph_is_the_plain_character():
    assert one("鷗\U000e0101", REGISTRY).replacement == "鴎"
    assert one("鷗\U000e0101", RESIDENT).candidates == ("鴎",)


@documents
def test_a_sequence_of_a_glyph_of_its_own_has_no_target_but_a_note(document):
    unit = one("鷗\U000e0102", document)
    assert (unit.how, unit.replacement, unit.mj_number) == (How.KANA, "", "MJ029691")
    assert unit.candidates == ("鴎",)
    assert "参考 基底文字" in unit.source


@pytest.mark.parametrize(
    ("original", "candidate"),
    [*zip("鷗麴禱吞蔣萊頰", "鴎麹祷呑蒋莱頬", strict=True), ("㈱", "（株）"), ("Ⅲ", "ＩＩＩ")],
)
def test_what_only_the_tax_agency_knows_is_a_persons_matter_in_a_resident_record(original, candidate):
    unit = one(original, RESIDENT)
    assert (unit.how, unit.replacement, unit.table) == (How.REVIEW, "", Table.TAX_AGENCY)
    assert unit.candidates == (candidate,)
    assert candidate in unit.source


@documents
@pytest.mark.parametrize(
    ("original", "mark", "candidates"), [("㐲", "別字", ("伏",)), ("㓛", "俗字", ("切", "功"))]
)
def test_the_lists_doubtful_rows_are_a_persons_matter(document, original, mark, candidates):
    unit = one(original, document)
    assert (unit.how, unit.replacement, unit.table) == (How.REVIEW, "", Table.CORRECT_FORMS)
    assert (unit.mark, sorted(unit.candidates)) == (mark, sorted(candidates))


@documents
@pytest.mark.parametrize(
    "original", ["鄧", "彅", "侊", "𛀁", "é́"[1], "한", "😀", "\ue000", "々\u0301"[1], "\u3164"], ids=ascii
)
def test_what_no_table_has_is_katakana(document, original):
    unit = one(original, document)
    assert (unit.how, unit.replacement, unit.table) == (How.KANA, "", Table.NONE)
    assert not replace_text(f"山{original}", document=document).settled


def test_katakana_of_a_register_extract_notes_what_the_family_register_says():
    unit = one("㐀", REGISTRY)
    assert unit.how is How.KANA
    assert unit.candidates == (one("㐀", RESIDENT).replacement,) == ("丘",)
    assert "参考 戸籍統一文字情報" in unit.source


def test_a_compatibility_ideograph_without_a_row_is_its_canonical_character():
    unit = one("\uf900", RESIDENT)
    assert (unit.replacement, unit.table) == ("豈", Table.CANONICAL)


def test_every_result_passes_the_gate_and_what_does_not_has_none():
    for document in Document:
        for original in EVERY_LISTED:
            unit = one(original, document)
            settled = unit.how in (How.KEPT, How.REPLACED)
            assert bool(unit.replacement) is settled
            assert passes_gate(unit.replacement)
            assert all(passes_gate(candidate) for candidate in unit.candidates)
            assert unit.source


@pytest.mark.parametrize(
    ("document", "counts"),
    [
        (RESIDENT, {How.REPLACED: 16_144, How.REVIEW: 787, How.KANA: 3_478, How.KEPT: 2}),
        (REGISTRY, {How.REPLACED: 7_608, How.REVIEW: 202, How.KANA: 12_599, How.KEPT: 2}),
    ],
)
def test_what_becomes_of_all_that_the_tables_list(document, counts):
    assert Counter(replace_unit(unit, document=document).how for unit in EVERY_LISTED) == counts


@pytest.mark.parametrize("replacement", ["髙", "", "A", "邉\U000e0100"], ids=ascii)
@pytest.mark.parametrize("how", [How.KEPT, How.REPLACED])
def test_a_wrong_table_is_found_out(how, replacement):
    with pytest.raises(GateBroken) as refusal:
        Unit(original="髙", replacement=replacement, how=how, table=Table.FAMILY_REGISTER)
    assert refusal.value.data == {"original": "髙", "replacement": replacement}


@pytest.mark.parametrize(
    ("text", "fault", "place"),
    [
        ("山\t田", TextFault.CONTROL, 1),
        ("\x00", TextFault.CONTROL, 0),
        ("山田\x85", TextFault.CONTROL, 2),
        ("山\u202e田", TextFault.INVISIBLE, 1),
        ("山\u200b田", TextFault.INVISIBLE, 1),
        ("\ufeff山", TextFault.INVISIBLE, 0),
        ("山\u2028", TextFault.INVISIBLE, 1),
        ("\ud842", TextFault.SURROGATE, 0),
        ("山\udfb7", TextFault.SURROGATE, 1),
        ("山\ufdd0", TextFault.NO_CHARACTER, 1),
        ("\U0010ffff", TextFault.NO_CHARACTER, 0),
        ("山\ufffd", TextFault.LOST, 1),
        ("\U000e0100邉", TextFault.LOOSE_SELECTOR, 0),
        ("邉\U000e0100\U000e0101", TextFault.LOOSE_SELECTOR, 2),
        ("邉\U000e0100\ufe00", TextFault.LOOSE_SELECTOR, 2),
    ],
    ids=ascii,
)
@documents
def test_what_is_no_text_of_a_name_is_refused(document, text, fault, place):
    with pytest.raises(TextRefused) as refusal:
        replace_text(text, document=document)
    assert refusal.value.data == {"fault": fault, "place": place, "code_point": ord(text[place])}


def test_controls_formats_surrogates_and_separators_are_all_refused():
    refused = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    for character in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(character) in refused:
            with pytest.raises(TextRefused):
                split_units(character)


@documents
@given(text=anything)
def test_any_text_is_refused_or_accounted_for(document, text):
    try:
        found = replace_text(text, document=document)
    except TextRefused:
        assert not passes_gate(text)
        return
    assert "".join(unit.original for unit in found.units) == text
    assert passes_gate(found.text)
    assert found.settled is all(unit.how in (How.KEPT, How.REPLACED) for unit in found.units)


@documents
def test_a_megabyte_is_a_text_too(document):
    text = "髙橋邉\U000e0100鄧" * 70_000
    found = replace_text(text, document=document)
    assert len(found.units) == 280_000
    assert found.text == "高橋邉" * 70_000
