"""Files to and from the post's software: cut by octets, never inside a character; numbers read (17.4)."""

from datetime import date

import pytest
from hypothesis import given, strategies

from inro.practice.packing import PackingRefused
from inro.practice.post_file import HEAD, LinesRefused, PostLine, accepted_numbers, cut_octets, post_file
from inro.practice.postage import PostCodes

LINE = PostLine(
    number="P26-000001-A",
    posted_on=date(2026, 12, 1),
    codes=PostCodes(kind="3", registration="1"),
    postal_code="371-0026",
    address="群馬県前橋市架空町1丁目1番1号　架空レジデンス304",
    name="渡辺　高志",
)
JAPANESE = strategies.text(alphabet="東京都千代田区aA1-ｶﾅ　〒ー", max_size=80)


@given(JAPANESE, strategies.integers(1, 60))
def test_a_cut_is_as_long_as_it_can_be_and_splits_nothing(text, octets):
    head, rest = cut_octets(text, octets=octets)
    assert head + rest == text
    assert len(head.encode("cp932")) <= octets
    assert not rest or len((head + rest[0]).encode("cp932")) > octets


def test_an_address_runs_over_into_the_next_field():
    address = "あ" * 24 + "1" + "い" * 30
    [_, line] = post_file([LINE.__class__(**_changed(address=address))]).decode("cp932").splitlines()
    fields = [field.strip('"') for field in line.split(",")]
    assert len(fields) == len(HEAD)
    assert fields[13:16] == ["あ" * 24 + "1", "い" * 25, "い" * 5]
    assert fields[:2] + fields[5:6] + fields[8:9] == ["P26-000001-A", "20261201", "3", "1"]
    assert (fields[12], fields[16], fields[17]) == ("371-0026", "渡辺　高志", "様")


def _changed(**changes) -> dict:
    return {name: getattr(LINE, name) for name in LINE.__dataclass_fields__} | changes


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": "𠮷田　高志"}, ("name", "lacking", "𠮷")),
        ({"address": "架空町🏠"}, ("address", "lacking", "🏠")),
        ({"address": "あ" * 76}, ("address", "too_long", "P26-000001-A")),
        ({"name": "あ" * 26}, ("name", "too_long", "P26-000001-A")),
    ],
)
def test_a_file_is_made_whole_or_not_at_all(changes, fault):
    with pytest.raises(LinesRefused) as refused:
        post_file([LINE, PostLine(**_changed(**changes))])
    [found] = refused.value.faults
    assert (found.line, found.field, found.problem, found.value) == (2, *fault)


def test_numbers_are_read_in_both_encodings_with_a_head_or_without():
    text = f"{HEAD[0]},お問い合わせ番号\r\nP26-000001-A,131-12-38385-2\r\n\r\nP26-000002-B,13112383861\r\n"
    for data in (text.encode("cp932"), text.encode("utf-8-sig")):
        lines = accepted_numbers(data)
        assert [(one.line, one.number) for one in lines] == [(2, "P26-000001-A"), (4, "P26-000002-B")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"", "no_lines"), (b"\x81", "not_text"), (b"a\0,b", "not_text"), (b"a,b\n" * 5001, "too_many")],
)
def test_what_is_no_such_file_is_refused(data, problem):
    with pytest.raises(PackingRefused) as refused:
        accepted_numbers(data)
    assert refused.value.problem == problem


def test_a_line_without_a_number_is_named():
    with pytest.raises(LinesRefused) as refused:
        accepted_numbers(b"a,b\nc\n")
    assert [(one.line, one.problem) for one in refused.value.faults] == [(2, "missing")]
