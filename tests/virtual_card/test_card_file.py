"""The card's one file: encrypted, marked virtual, replaced whole or not at all (17.1)."""

import os
from pathlib import Path

import pytest

from inro.virtual_card.card import VirtualCard
from inro.virtual_card.card_file import CardFile, make_blank_card
from inro.virtual_card.errors import CardFileRefused
from tests.virtual_card.given_card import (
    FILE_KEY,
    KEY,
    PIN,
    FailingCardFile,
    PowerLost,
    card_with_key,
    padded,
    sign,
    status,
    tries,
    verify,
)


def test_file_says_that_the_card_is_virtual(tmp_path: Path):
    make_blank_card(path=tmp_path / "a.card", file_key=FILE_KEY)
    assert (tmp_path / "a.card").read_bytes().startswith(b"inro card 1 medium=virtual\n")
    assert (tmp_path / "a.card").stat().st_mode & 0o777 == 0o600


def test_file_reveals_neither_pin_nor_key(tmp_path: Path):
    card_with_key(tmp_path)
    numbers = KEY.private_numbers()
    secrets = [PIN, padded(PIN), PIN.hex().encode()]
    for number in (numbers.p, numbers.q, numbers.d, numbers.dmp1, numbers.dmq1, numbers.iqmp):
        size = (number.bit_length() + 7) // 8
        secrets += [number.to_bytes(size), number.to_bytes(size, "little"), f"{number:x}".encode()]
    held = (tmp_path / "a.card").read_bytes()
    assert not [secret for secret in secrets if secret in held]


def test_decrypted_state_holds_the_pin_only_hashed_and_the_key_only_sealed(tmp_path: Path):
    card_with_key(tmp_path)
    (tmp_path / "copy.card").write_bytes((tmp_path / "a.card").read_bytes())
    plain = CardFile.open(path=tmp_path / "copy.card", file_key=FILE_KEY).load().encode()
    assert PIN not in plain
    assert PIN.hex().encode() not in plain
    assert f"{KEY.private_numbers().p:x}".encode() not in plain


@pytest.mark.parametrize("place", [0, 20, 30, 60, -1])
def test_altered_file_is_refused(tmp_path: Path, place: int):
    path = tmp_path / "a.card"
    make_blank_card(path=path, file_key=FILE_KEY)
    octets = bytearray(path.read_bytes())
    octets[place] ^= 1
    path.write_bytes(octets)
    with pytest.raises(CardFileRefused):
        CardFile.open(path=path, file_key=FILE_KEY).load()


def test_wrong_key_missing_file_and_short_key_are_refused(tmp_path: Path):
    path = tmp_path / "a.card"
    with pytest.raises(CardFileRefused, match="no such card file"):
        CardFile.open(path=path, file_key=FILE_KEY)
    make_blank_card(path=path, file_key=FILE_KEY)
    with pytest.raises(CardFileRefused, match="another key"):
        CardFile.open(path=path, file_key=os.urandom(32)).load()
    with pytest.raises(CardFileRefused, match="16 octets"):
        CardFile.open(path=path, file_key=bytes(16))


def test_card_is_in_one_reader_only(tmp_path: Path):
    path = tmp_path / "a.card"
    make_blank_card(path=path, file_key=FILE_KEY)
    first = CardFile.open(path=path, file_key=FILE_KEY)
    with pytest.raises(CardFileRefused, match="in another reader"):
        CardFile.open(path=path, file_key=FILE_KEY)
    first.close()
    CardFile.open(path=path, file_key=FILE_KEY).close()


def test_a_card_file_is_never_made_over_another(tmp_path: Path):
    path = tmp_path / "a.card"
    make_blank_card(path=path, file_key=FILE_KEY)
    before = path.read_bytes()
    with pytest.raises(CardFileRefused):
        make_blank_card(path=path, file_key=FILE_KEY)
    assert path.read_bytes() == before


def test_half_written_successor_leaves_the_card_as_it_was(tmp_path: Path):
    card_with_key(tmp_path)
    whole = (tmp_path / "a.card").read_bytes()
    (tmp_path / "b.card").write_bytes(whole)
    (tmp_path / "b.card.new").write_bytes(whole[: len(whole) // 2])
    card = VirtualCard(CardFile.open(path=tmp_path / "b.card", file_key=FILE_KEY))
    assert verify(card) == "9000"
    assert status(sign(card, b"digest")) == "9000"
    assert (tmp_path / "b.card.new").exists() is False


def test_card_that_cannot_write_has_changed_nothing(tmp_path: Path):
    folder = tmp_path / "gone"
    folder.mkdir()
    card = card_with_key(folder)
    (folder / "a.card.new").mkdir()  # the successor's name is taken: every write fails
    before = (folder / "a.card").read_bytes()
    with pytest.raises(OSError, match="Is a directory"):
        verify(card)
    assert (folder / "a.card").read_bytes() == before
    (folder / "a.card.new").rmdir()
    assert tries(card) == "63CF"


def test_power_lost_while_the_try_is_written_costs_that_try(tmp_path: Path):
    card_with_key(tmp_path)
    (tmp_path / "b.card").write_bytes((tmp_path / "a.card").read_bytes())
    card_file = FailingCardFile.open(path=tmp_path / "b.card", file_key=FILE_KEY)
    card_file.fails = True
    for _ in range(3):
        with pytest.raises(PowerLost):
            verify(VirtualCard(card_file), PIN)  # the right one: the try is spent before it is compared
    card_file.fails = False
    assert tries(VirtualCard(card_file)) == "63CC"
