"""Numbers that people type: a slip of the finger is noticed (ISO/IEC 7064, MOD 37,36)."""

import pytest
from hypothesis import assume
from hypothesis import given as cases
from hypothesis import strategies as st

from inro.paper.scan.code import SheetCode, read_code
from inro.store.models import Counter
from inro.store.numbers import (
    check_character,
    completed_number,
    is_number,
    mailer_number,
    next_number,
    next_numbers,
)
from tests import given

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
bodies = st.text(ALPHABET, min_size=1, max_size=14)


def test_the_check_character_is_the_standards_own():
    """The example of the Global Release Identifier, which uses the same system."""
    assert check_character("A12425GABC1234002") == "M"


@cases(bodies)
def test_a_body_with_its_check_character_is_a_number(body):
    assert is_number(f"{body}-{check_character(body)}")


@cases(bodies, st.data())
def test_one_wrong_character_is_noticed(body, data):
    position = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from(ALPHABET))
    assume(other != body[position])
    wrong = body[:position] + other + body[position + 1 :]
    assert not is_number(f"{wrong}-{check_character(body)}")


def test_nearly_all_exchanges_of_neighbours_are_noticed():
    """The standard promises every wrong character and nearly every exchange, not all of them."""
    noticed = tried = 0
    for count in range(1, 3000):
        body = f"A26{count:06d}"
        for position in range(len(body) - 1):
            one, other = body[position], body[position + 1]
            if one != other:
                wrong = body[:position] + other + one + body[position + 2 :]
                tried += 1
                noticed += not is_number(f"{wrong}-{check_character(body)}")
    assert noticed / tried > 0.97


@pytest.mark.parametrize(
    "text", ["", "-", "A26", "A26-000001", "a26-000001-5", "A26-00000１-5", "A26-000001-"]
)
def test_what_has_another_form_is_no_number(text):
    assert not is_number(text)


def test_each_year_and_series_counts_from_one(db):
    now = given.NOW
    numbers = [next_number("A", now=now), next_number("A", now=now), next_number("B", now=now)]
    numbers.append(next_number("A", now=now.replace(year=2027)))
    assert [number[:-2] for number in numbers] == ["A26-000001", "A26-000002", "B26-000001", "A27-000001"]


def test_the_millionth_of_a_year_has_a_digit_more_and_is_found_and_scanned(db):
    """22.1(5): a mass revocation takes as many numbers at once as there are certificates."""
    Counter.objects.create(series="R", year=2026, value=999_998)
    numbers = list(next_numbers("R", count=4, now=given.NOW))
    assert [number[:-2] for number in numbers] == ["R26-999999", "R26-1000000", "R26-1000001", "R26-1000002"]
    assert all(is_number(number) and len(number) <= 16 for number in numbers)
    for number in numbers:
        for typed in (number, number.replace("-", ""), number.lower(), f" {number[1:]} "):
            assert completed_number(typed, series="R") == number
        code = SheetCode(kind="RV1", number=number)
        assert read_code(code.payload) == code
    # Six digits do without their check; of seven the last could be one, and a wrong one is noticed.
    assert completed_number("R26-999999", series="R") == numbers[0]
    assert completed_number("R26-1000000", series="R") is None
    assert completed_number(numbers[1][:-1] + "*", series="R") is None


def test_of_six_and_seven_digits_none_is_taken_for_the_other():
    """Whoever types a number whole gets that one."""
    bodies_of_both = [
        f"A26-{count:06d}" for count in (*range(100_000, 100_400), *range(1_000_000, 1_004_000))
    ]
    numbers = {f"{body}-{check_character(body.replace('-', ''))}" for body in bodies_of_both}
    assert {completed_number(number.replace("-", ""), series="A") for number in numbers} == numbers


@cases(st.integers(1, 9_999_999), st.integers(1, 99))
def test_a_mailers_number_tells_order_and_attempt(order, attempt):
    number = mailer_number(order=order, attempt=attempt)
    assert is_number(number)
    assert len(number) <= 16
    assert number.startswith(f"M{order:07d}-{attempt:02d}-")
