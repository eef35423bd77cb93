"""Numbers that people type: a slip of the finger is noticed (ISO/IEC 7064, MOD 37,36)."""

import pytest
from hypothesis import assume
from hypothesis import given as cases
from hypothesis import strategies as st

from inro.store.numbers import check_character, is_number, mailer_number, next_number
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


@cases(st.integers(1, 9_999_999), st.integers(1, 99))
def test_a_mailers_number_tells_order_and_attempt(order, attempt):
    number = mailer_number(order=order, attempt=attempt)
    assert is_number(number)
    assert len(number) <= 16
    assert number.startswith(f"M{order:07d}-{attempt:02d}-")
