"""What a code says reads back as itself, and nothing else passes for it (8.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.paper.scan.code import DamagedCode, SeparatorCode, SheetCode, check_letter, read_code
from inro.practice.enclosures import PaperKind

NUMBERS = st.from_regex(r"[A-Z][0-9]{2}-[0-9]{6}-[A-Z]", fullmatch=True)
CODE = SheetCode(kind="RA1", number="A26-000001-K", page=1, pages=2)


@given(NUMBERS, st.integers(1, 999), st.integers(1, 999))
def test_a_sheets_code_reads_back(number, page, pages):
    code = SheetCode(kind="RA1", number=number, page=min(page, pages), pages=pages)
    assert read_code(code.payload) == code


@given(NUMBERS, st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True))
def test_a_separators_code_reads_back(number, document):
    code = SeparatorCode(number=number, document=document)
    assert read_code(code.payload) == code


@pytest.mark.parametrize("kind", PaperKind)
def test_every_kind_of_paper_can_have_a_separator(kind):
    code = SeparatorCode(number=CODE.number, document=kind.value)
    assert read_code(code.payload) == code


def test_the_payload_is_that_of_sheets_already_printed():
    assert CODE.payload.startswith("RA1:A26-000001-K:1/2:")


@pytest.mark.parametrize("text", ["", "https://city.example/check?id=1", "123456789012", "ra1:x:1/1:A"])
def test_a_strangers_code_is_none_of_ours(text):
    assert read_code(text) is None


@pytest.mark.parametrize(
    "body", ["RA1:A26-000001-K:3/2", "RA1:A26-000001-K:0/2", "RA1:A26:1", "SP1:A26:Kind", "RA1:"]
)
def test_ours_but_out_of_order_is_damaged(body):
    assert read_code(f"{body}:{check_letter(body)}") == DamagedCode()


@given(st.integers(4, len(CODE.payload) - 1), st.sampled_from("ABCXYZ0189-"))
def test_a_changed_character_never_reads_as_another_code(place, character):
    changed = CODE.payload[:place] + character + CODE.payload[place + 1 :]
    if abs(ord(character) - ord(CODE.payload[place])) * (place + 1) % 23:
        assert read_code(changed) in (None, DamagedCode())


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_none(text):
    read_code(text)
