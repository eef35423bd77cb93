"""Numbers with check digits, and finding those that must not be kept (8.2, 8.5)."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.number_detector import (
    ForbiddenNumber,
    ForbiddenNumberFound,
    find_forbidden_numbers,
    holds_forbidden_number,
)
from inro.japanese.numbers import (
    NumberVerdict,
    corporate_number_of,
    is_corporate_number,
    is_individual_number,
    read_corporate_number,
    registration_number_of,
)

TWELVE = st.text(alphabet="0123456789", min_size=12, max_size=12)
ELEVEN = st.text(alphabet="0123456789", min_size=11, max_size=11)
# The National Tax Agency's own number, which it publishes as its example.
TAX_AGENCY = "7000012050002"
FICTIONAL = "123456789018"


def individual_number(eleven: str) -> str:
    """The number of eleven digits: places counted from the right; a remainder of 0 or 1 gives 0."""
    total = 0
    for n in range(1, 12):
        weight = n + 1 if n <= 6 else n - 5
        total += int(eleven[-n]) * weight
    remainder = total % 11
    return eleven + str(0 if remainder <= 1 else 11 - remainder)


INDIVIDUAL = ELEVEN.map(individual_number)


def wide(digits: str) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)


def grouped(digits: str, size: int, sign: str) -> str:
    return sign.join(re.findall(f".{{{size}}}", digits))


WRITINGS = [
    str,
    wide,
    lambda digits: grouped(digits, 4, " "),
    lambda digits: grouped(digits, 4, "-"),
    lambda digits: grouped(wide(digits), 4, "　"),
    lambda digits: grouped(wide(digits), 4, "－"),
    lambda digits: grouped(digits, 4, "ー"),
    lambda digits: grouped(digits, 1, " "),
    lambda digits: grouped(digits, 3, "・"),
    lambda digits: grouped(digits, 6, "\n"),
    lambda digits: grouped(digits, 4, " - "),
    lambda digits: grouped(digits, 4, "\u200b"),
    lambda digits: digits[:4] + "-" + digits[4:8] + " " + digits[8:],
    lambda digits: digits[:5] + " " + digits[5:],
    lambda digits: "".join("〇一二三四五六七八九"[int(digit)] for digit in digits),
    lambda digits: "".join(chr(0x0660 + int(digit)) for digit in digits),
]
AROUND = [("", ""), ("個人番号:", "です"), ("氏名 山田", "（写し）"), ("scan_", ".pdf"), ("No.", "\n電話")]


def test_the_tax_agency_s_own_number():
    assert is_corporate_number(TAX_AGENCY)
    assert registration_number_of(TAX_AGENCY) == "000012050002"
    assert corporate_number_of("000012050002") == TAX_AGENCY


@given(TWELVE)
def test_a_corporate_number_and_its_registration_number_are_each_other_s_inverse(registration):
    number = corporate_number_of(registration)
    assert number[0] in "123456789"
    assert registration_number_of(number) == registration
    odd = sum(int(digit) for digit in registration[::-1][0::2])
    even = sum(int(digit) for digit in registration[::-1][1::2])
    assert (int(number[0]) + odd + 2 * even) % 9 == 0


@given(TWELVE, st.sampled_from("0123456789"))
def test_one_first_digit_only_is_right(registration, first):
    assert is_corporate_number(first + registration) == (
        first + registration == corporate_number_of(registration)
    )


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        (TAX_AGENCY, NumberVerdict.VALID),
        ("Ｔ７０００－０１２０５－０００２", NumberVerdict.VALID),
        ("t7 0000 1205 0002", NumberVerdict.VALID),
        ("8000012050002", NumberVerdict.WRONG_CHECK_DIGIT),
        ("000012050002", NumberVerdict.WRONG_LENGTH),
        ("", NumberVerdict.NOT_DIGITS),
        ("700001205000Z", NumberVerdict.NOT_DIGITS),
        ("7-0000-1205-0002-1", NumberVerdict.WRONG_LENGTH),
    ],
)
def test_a_corporate_number_is_read_in_any_writing(typed, verdict):
    reading = read_corporate_number(typed)
    assert reading.verdict is verdict
    assert reading.number == (TAX_AGENCY if verdict is NumberVerdict.VALID else "")


@pytest.mark.parametrize("text", ["", "00001205000", "00001205000x", "٠٠٠٠١٢٠٥٠٠٠٢"])
def test_what_is_no_registration_number_has_no_corporate_number(text):
    with pytest.raises(ValueError, match="12 digits"):
        corporate_number_of(text)
    with pytest.raises(ValueError, match="no valid"):
        registration_number_of(text)


@given(ELEVEN, st.sampled_from("0123456789"))
def test_one_last_digit_only_makes_an_individual_number(eleven, last):
    assert is_individual_number(eleven + last) == (eleven + last == individual_number(eleven))


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1234567890123", "１２３４５６７８９０１８", "12345678901x"]
)
def test_what_has_not_12_ascii_digits_is_no_individual_number(text):
    assert is_individual_number(FICTIONAL)
    assert not is_individual_number(text)


@given(INDIVIDUAL, st.sampled_from(WRITINGS), st.sampled_from(AROUND))
def test_an_individual_number_is_found_in_any_writing(number, writing, around):
    before, after = around
    written = writing(number)
    found = find_forbidden_numbers(before + written + after)
    expected = ForbiddenNumberFound(
        kind=ForbiddenNumber.INDIVIDUAL_NUMBER, start=len(before), end=len(before) + len(written)
    )
    assert expected in found


@given(INDIVIDUAL)
def test_a_finding_says_nothing_of_the_number(number):
    (found, *_) = find_forbidden_numbers(f"番号 {number}")
    assert number not in repr(found)
    assert not re.search("[0-9]{3}", repr(found))


@given(TWELVE.filter(lambda digits: not is_individual_number(digits)), st.sampled_from([0, 1, 3, 4]))
def test_twelve_digits_that_do_not_check_are_let_through(digits, writing):
    assert find_forbidden_numbers(f"注文 {WRITINGS[writing](digits)} です") == ()


@given(TWELVE)
def test_a_corporate_number_is_let_through(registration):
    number = corporate_number_of(registration)
    for written in (number, f"T{number}", wide(number), f"{number[0]}-{grouped(registration, 4, '-')}"):
        assert not holds_forbidden_number(f"法人番号 {written}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "電話 03-1234-5678",
        "090-1234-5678",
        "2026/11/23 10:15",
        "20261123_1015.pdf",
        "1丁目23番45号",
        "六本木一二三",
    ],
)
def test_telephones_dates_and_addresses_are_let_through(text):
    assert find_forbidden_numbers(text) == ()


def test_every_place_is_told_and_none_twice():
    text = f"一 {FICTIONAL} 二 {grouped(FICTIONAL, 4, '-')}"
    assert [text[found.start : found.end] for found in find_forbidden_numbers(text)] == [
        FICTIONAL,
        grouped(FICTIONAL, 4, "-"),
    ]


def test_a_number_beside_another_is_found():
    assert holds_forbidden_number(f"12 {grouped(FICTIONAL, 4, ' ')}")
    assert holds_forbidden_number(f"{FICTIONAL}\n03-1234-5678")
    assert holds_forbidden_number(f"1. {grouped(FICTIONAL, 4, ' ')}")


@pytest.mark.parametrize("label", ["住民票コード", "住民票コード：", "住民票ｺｰﾄﾞ (11桁) ", "住民票コード\n"])
def test_a_resident_record_code_is_found_by_its_label(label):
    text = f"{label}12345678901"
    (found,) = find_forbidden_numbers(text)
    assert found.kind is ForbiddenNumber.RESIDENT_RECORD_CODE
    assert text[found.start : found.end] == "12345678901"
    assert find_forbidden_numbers("携帯 09012345678") == ()


@given(st.text())
def test_no_text_stops_the_search(text):
    for found in find_forbidden_numbers(text):
        assert 0 <= found.start < found.end <= len(text)


def test_one_in_ten_rows_of_twelve_digits_checks():
    rng = Random(1)
    rows = ["".join(rng.choices("0123456789", k=12)) for _ in range(20_000)]
    assert 0.085 < sum(map(is_individual_number, rows)) / len(rows) < 0.115
