"""What people and programs write into fields: drawn whole and in its box, or refused (8.7, 8.12)."""

import threading
from dataclasses import fields, replace

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from inro.paper.errors import GlyphMissing, TextTooLong
from inro.paper.fonts import installed_fonts
from inro.paper.form import render_application_form
from inro.paper.lengths import LIMITS, MOST_AUTHORITIES, MOST_REPLACEMENTS
from inro.paper.wrapping import breakable
from inro.practice.content import Authority
from inro.practice.stated import StatedAddress, StatedContact, StatedForm
from tests.forms import AUTHORITY, FORM, WHOLE
from tests.hostile import hostile_names
from tests.hostile_channels import bare, glyphs_missing, through_paper
from tests.paper.forms import APPLICATION, MARRIED, pages_as_images, pixels

NASTY = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.characters(min_codepoint=0x20000, max_codepoint=0x3FFFF), max_size=20),
    st.text(alphabet="がか\u3099\u0301e\u200d\u202e\u2066\ufeff\u00ad", max_size=20),
    st.text(alphabet="\ud83d\ude00\udfff\x00\x1b\ue000\U000f0000髙", max_size=10),
    st.text(alphabet="邉\U000e0100\U000e0101辻\ufe00葛﨑𠮷神", max_size=20),
    st.sampled_from(
        ["ー" * 64, "」" * 64, "W" * 64, "#panic()", "$x$ *_`<a>", "\\u{41}", '"', "--", "fi ffl"]
    ),
)


def printed(pdf: bytes) -> str:
    """Return the text layer without what wraps or spaces it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return bare(text)


def render_named(name: str) -> bytes | GlyphMissing:
    """Return the form of an applicant of this name, or why there is none."""
    try:
        return render_application_form(form=replace(FORM, legal_name=name), **APPLICATION)
    except GlyphMissing as refusal:
        return refusal


@settings(max_examples=150, deadline=None)
@given(NASTY)
def test_a_name_is_printed_whole_or_refused_by_field_and_character(name):
    made = render_named(name)

    if isinstance(made, GlyphMissing):
        assert made.field == "form.legal_name"
        assert set(made.character) <= set(name)
        assert made.code_points.startswith("U+")
        str(made.data["character"]).encode("utf-8")
    else:
        assert bare(name) in printed(made)


def test_hostile_names_are_printed_whole_without_a_blank_or_refused():
    passed = through_paper(hostile_names(100))
    assert passed.count == 100
    assert passed.taken > 10 < passed.refused


def test_a_missing_glyph_would_be_seen():
    source = '#set text(font: "IPAmjMincho", fallback: false)\n山😀'.encode()
    drawn = typst.compile(source, font_paths=installed_fonts(), ignore_system_fonts=True)
    assert glyphs_missing(drawn) == 1


@pytest.mark.parametrize(
    "character",
    [
        "\ud800",
        "\x00",
        "\x1b",
        "\n",
        "\u200b",
        "\u2060",
        "\u202e",
        "\u00ad",
        "\u3099",
        "\ue000",
        "\uf860",
        "👤",
    ],
)
def test_what_cannot_be_seen_as_itself_is_refused(character):
    with pytest.raises(GlyphMissing) as refusal:
        render_application_form(form=replace(FORM, kana=f"タカ{character}"), **APPLICATION)
    assert refusal.value.field == "form.kana"
    assert refusal.value.character == character


def test_a_megabyte_is_refused_by_length_before_anything_else():
    with pytest.raises(TextTooLong) as refusal:
        render_application_form(form=replace(FORM, legal_name="\ud800" * 1_000_000), **APPLICATION)
    assert (refusal.value.field, refusal.value.limit) == ("form.legal_name", LIMITS["legal_name"])
    assert refusal.value.length == 1_000_000


def test_lists_have_a_limit_too():
    for field, entry, limit in (
        ("authorities", AUTHORITY, MOST_AUTHORITIES),
        ("replacements", FORM.replacements[0], MOST_REPLACEMENTS),
    ):
        with pytest.raises(TextTooLong) as refusal:
            render_application_form(form=replace(FORM, **{field: (entry,) * (limit + 1)}), **APPLICATION)
        assert refusal.value.field == field


def longest(character: str) -> StatedForm:
    """Return a form in which every field is as long as it may be."""
    address = StatedAddress(
        postal_code="100-0099",
        prefecture=character * 10,
        city=character * 40,
        street=character * 100,
        building=character * 100,
    )
    assert MARRIED.organization is not None
    assert MARRIED.proxy is not None
    assert MARRIED.billing is not None
    return replace(
        MARRIED,
        legal_name=character * 64,
        certificate_name=character * 64,
        kana=character * 64,
        romaji=character * 100,
        home=address,
        organization=replace(
            MARRIED.organization,
            name=character * 120,
            address=address,
            representative_title=character * 40,
            representative_name=character * 64,
        ),
        authorities=(Authority(principal=character * 120, system=character * 100, text=character * 1000),),
        proxy=replace(MARRIED.proxy, name=character * 64, kana=character * 64, home=address),
        billing=replace(MARRIED.billing, name=character * 64, organization=character * 120, address=address),
        contact=StatedContact(telephone=character * 30, fax=character * 30, email=character * 254),
        replacements=MARRIED.replacements * (MOST_REPLACEMENTS // 2),
    )


@pytest.mark.parametrize("character", ["鬱", "W", "」", "ー", "1"])
def test_the_longest_fields_stay_whole_and_inside_the_page(character):
    form = longest(character)
    pdf = render_application_form(form=form, **APPLICATION)

    text = printed(pdf)
    # Runs may be broken by a page's end and by its head, so each character is counted.
    least = 64 * 4 + 250 * 4 + 120 * 3 + 254
    assert text.count(character) >= least
    for page in pages_as_images(pdf):
        page.paste(255, (pixels(20.7), 0, page.width - pixels(20.7), page.height))
        assert min(page.tobytes()) > 128


def test_a_run_without_a_break_gets_breaks_and_no_other_text_does():
    assert breakable("東京都架空区見本町一丁目２番３号" * 5) == "東京都架空区見本町一丁目２番３号" * 5
    assert breakable("a" * 23) == "a" * 23
    assert breakable("a" * 24) == "\u200b".join("a" * 24)
    assert breakable("ー\U000e0100" * 12) == "\u200b".join(["ー\U000e0100"] * 12)


def test_threads_do_not_mix_their_forms():
    names = ["山田　一郎", "佐藤　花子", "鈴木　次郎", "高橋　美咲"]
    alone = [render_application_form(form=replace(WHOLE, legal_name=name), **APPLICATION) for name in names]
    made: dict[str, list[bytes]] = {name: [] for name in names}

    def render(name: str) -> None:
        for _ in range(5):
            made[name].append(render_application_form(form=replace(WHOLE, legal_name=name), **APPLICATION))

    threads = [threading.Thread(target=render, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [set(made[name]) for name in names] == [{pdf} for pdf in alone]


def test_every_field_of_a_form_that_is_text_has_a_limit():
    texts = {field.name for field in fields(StatedForm) if field.type in ("str", str)}
    assert texts == {"legal_name", "certificate_name", "kana", "romaji"}
