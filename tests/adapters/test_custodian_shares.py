"""PINs split among custodians (SLIP-39) and handed from process to process (Ordinance 6(17))."""

import os
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.adapters.custodian_shares import (
    SharesRefused,
    officer_pin,
    recover_pin,
    recover_secret,
    split_secret,
    user_pin,
)
from inro.adapters.pin_handover import pin_pipe, read_pin
from inro.ports.errors import PinRefused

SECRET = bytes(range(16))
SHARES = split_secret(secret=SECRET, threshold=3, custodians=5)


def test_any_three_of_five_bring_the_secret_back():
    for chosen in combinations(SHARES, 3):
        assert recover_secret(chosen) == SECRET
        assert recover_secret(chosen[::-1]) == SECRET


def test_more_than_needed_or_one_twice_does_no_harm():
    assert recover_secret(SHARES) == SECRET
    assert recover_secret([SHARES[0], *SHARES[:3]]) == SECRET
    assert recover_secret([f"  {share.upper()}\n" for share in SHARES[1:4]]) == SECRET


@pytest.mark.parametrize("shares", [[], SHARES[:1], SHARES[:2], [SHARES[0]] * 3])
def test_too_few_custodians_are_told_how_many_are_needed(shares):
    with pytest.raises(SharesRefused, match=f"{len(set(shares))} different shares of {3 if shares else 2}"):
        recover_secret(shares)


def test_shares_of_two_tokens_do_not_mix():
    other = split_secret(secret=SECRET, threshold=3, custodians=5)
    with pytest.raises(SharesRefused, match="share 3 is of another secret"):
        recover_secret([*SHARES[:2], other[2]])


@given(st.integers(0, 4), st.integers(0, 19), st.sampled_from(["academic", "zero", "notaword", ""]))
def test_a_misspelled_share_is_named_and_no_word_repeated(share, place, word):
    words = SHARES[share].split()
    if words[place] == word:
        return
    words[place] = word
    typed = [*SHARES[:share], " ".join(words), *SHARES[share + 1 :]]
    with pytest.raises(SharesRefused, match=f"share {share + 1} is misspelled") as caught:
        recover_secret(typed)
    said = set(str(caught.value).replace(":", "").split())
    fixed = {"shares", "share", "is", "misspelled", "read", "it", "from", "the", "paper", "again"}
    assert said <= {*fixed, str(share + 1)}


@pytest.mark.parametrize(("threshold", "custodians"), [(1, 1), (1, 3), (0, 2), (4, 3), (2, 17)])
def test_a_split_for_one_or_for_more_than_there_are_is_refused(threshold, custodians):
    with pytest.raises(SharesRefused):
        split_secret(secret=SECRET, threshold=threshold, custodians=custodians)


def test_a_secret_of_another_length_is_refused():
    with pytest.raises(SharesRefused):
        split_secret(secret=bytes(15), threshold=2, custodians=3)


@given(st.binary(min_size=16, max_size=16))
def test_pins_are_39_digits_and_neither_shows_the_other(secret):
    user, officer = user_pin(secret), officer_pin(secret)
    assert len(user) == len(officer) == 39
    assert user.isdigit()
    assert officer.isdigit()
    assert user != officer
    assert user == user_pin(bytearray(secret))


def test_custodians_are_asked_one_after_the_other():
    asked: list[int] = []

    def prompt(number: int) -> str:
        asked.append(number)
        return SHARES[number]

    assert recover_pin(prompt) == user_pin(SECRET)
    assert asked == [1, 2, 3]


def test_a_pin_goes_through_a_pipe():
    with pin_pipe(user_pin(SECRET)) as descriptor:
        assert read_pin(os.dup(descriptor)) == user_pin(SECRET)


@pytest.mark.parametrize("pin", [b"", b"1" * 256])
def test_no_pin_or_too_long_a_pin_is_refused(pin):
    with pin_pipe(bytearray(pin)) as descriptor, pytest.raises(PinRefused, match=f"{len(pin)} octets"):
        read_pin(os.dup(descriptor))


def test_a_descriptor_not_there_is_refused():
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(PinRefused, match="supervisor"):
        read_pin(writing)
