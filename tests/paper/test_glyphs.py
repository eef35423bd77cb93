"""Every character of a sheet is drawn as registered, or the sheet is refused (8.7, 8.8, 8.12)."""

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from inro.paper import fonts
from inro.paper.errors import FontMissing, GlyphMissing
from inro.paper.fonts import NAMES, TEXT, WORDS, Face, require_face
from inro.paper.glyphs import check_glyphs, coverage, missing_glyphs, plain_forms, units
from inro.paper.press import TEMPLATES

JIS_X_0208 = [
    character
    for character in map(chr, range(0x80, 0x10000))
    if len(encoded := character.encode("euc_jp", "ignore")) == 2 and encoded[0] >= 0xA1
]


def test_every_character_a_certificate_may_show_is_in_the_name_face():
    assert len(JIS_X_0208) == 6879
    assert missing_glyphs("".join(JIS_X_0208)) == ()


@pytest.mark.parametrize("name", ["邉\U000e0100", "邉\U000e010f", "𠮷", "髙", "﨑", "彅", "辻\U000e0102"])
def test_registered_variants_are_drawn(name):
    assert missing_glyphs(name) == ()


@pytest.mark.parametrize("name", ["邉\U000e01ef", "一\U000e0100\U000e0100", "👤", "ก", "\ue000"])
def test_what_no_face_draws_is_refused_by_field(name):
    with pytest.raises(GlyphMissing) as refusal:
        check_glyphs({"recipient": {"address": ["前橋市", name]}})
    assert refusal.value.field == "recipient.address[1]"
    assert refusal.value.code_points.startswith("U+")


def test_plain_forms_are_the_text_faces_own_glyph_for_the_base():
    with TTFont(require_face(TEXT), lazy=True) as font:
        names = font.getBestCmap()
        assert all(names[ord(unit[0])].startswith("aj") for unit in plain_forms())
    assert "邉\U000e0100" in plain_forms()
    assert len(plain_forms()) == 10_052
    assert not {(ord(unit[0]), ord(unit[1])) for unit in plain_forms()} & coverage(NAMES).sequences


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_units_put_together_are_the_text(text):
    assert "".join(units(text)) == text
    assert all(len(unit) in (1, 2) for unit in units(text))


def test_the_words_of_the_templates_are_in_the_faces_that_draw_them():
    words = "".join(path.read_text("utf-8") for path in TEMPLATES.iterdir() if path.name.endswith(".typ"))
    wide = "".join(
        sorted({character for character in words if unicodedata.east_asian_width(character) in "WF"})
    )
    assert missing_glyphs(wide, face=WORDS) == ()
    assert missing_glyphs(wide, face=TEXT) == ()


def test_a_missing_font_names_its_package(tmp_path: Path):
    absent = Face(family="Absent", file=tmp_path / "absent.ttf", package="fonts-absent")
    with pytest.raises(FontMissing) as refusal:
        fonts.require_face(absent)
    assert refusal.value.package == "fonts-absent"
