"""The virtual card at the level of its commands: files, access conditions, key (5.2, 17.3, 19.4)."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inro.virtual_card.card import VirtualCard
from tests.virtual_card.given_card import (
    CHOOSE,
    IMPORT,
    KEY,
    OTHER_KEY,
    PIN,
    SELECT_APPLET,
    blank_card,
    card_with_key,
    card_with_pin,
    change_pin,
    create_file,
    set_pin,
    sign,
    status,
    store,
    template,
    tries,
    verify,
)

FUZZED: dict[Path, VirtualCard] = {}
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(b"text").digest()


def test_applet_greets_with_its_protocol(tmp_path: Path):
    assert blank_card(tmp_path).transmit(SELECT_APPLET).hex() == "0006039000"


def test_answer_to_reset_has_a_right_check_octet(tmp_path: Path):
    octets = blank_card(tmp_path).answer_to_reset
    check = 0
    for octet in octets[1:]:
        check ^= octet
    assert check == 0


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("80CA000000", "6E00"),
        ("002C000110" + "00" * 16, "6D00"),  # RESET RETRY COUNTER: nothing unblocks this card
        ("0047000000", "6D00"),
        ("00A4020C020001", "6A86"),
        ("00A4000C027777", "6A82"),
        ("00A404000C" + "11" * 12, "6A82"),
        ("00B0000010", "6986"),
        ("0024010210" + "31" * 16, "6A88"),  # no unblocking code either
        ("0020000110" + "31" * 16, "6A88"),
        ("10A404000CF276A288BCFBA69D34F31001", "6E00"),
        ("00", "6700"),
    ],
)
def test_blank_card_declines(tmp_path: Path, command: str, expected: str):
    assert status(blank_card(tmp_path).transmit(bytes.fromhex(command))) == expected


def test_file_is_created_written_and_read(tmp_path: Path):
    card = blank_card(tmp_path)
    assert create_file(card, "4401") == "9000"
    assert status(card.transmit(bytes.fromhex("00D6000203AABBCC"))) == "9000"
    assert card.transmit(bytes.fromhex("00B0000000")).hex() == "0000aabbcc0000009000"
    assert card.transmit(bytes.fromhex("00B0000302")).hex() == "bbcc9000"
    assert status(card.transmit(bytes.fromhex("00B0000901"))) == "6B00"
    assert status(card.transmit(bytes.fromhex("00D6000702AABB"))) == "6A84"
    assert create_file(card, "4401") == "6A89"


@pytest.mark.parametrize(
    "control", ["6F00", "6F0483024401", "6F15810200088201398302440186 08FF00000000000000", "30"]
)
def test_unfit_file_control_is_declined(tmp_path: Path, control: str):
    octets = bytes.fromhex(control)
    card = blank_card(tmp_path)
    assert status(card.transmit(b"\x00\xe0\x00\x00" + bytes([len(octets)]) + octets)) == "6A80"


def test_access_conditions_bind_once_the_pin_is_set(tmp_path: Path):
    card = blank_card(tmp_path)
    for identifier, update in (("4401", "FF"), ("4402", "90"), ("3400", "00")):
        card.transmit(bytes.fromhex("00A4000C023F00"))
        assert create_file(card, identifier, access="FFFFFFFFFF" + update + "00") == "9000"
    set_pin(card)

    def write(identifier: str) -> str:
        card.transmit(bytes.fromhex("00A4080C02" + identifier))
        return status(card.transmit(bytes.fromhex("00D6000001AA")))

    assert [write(name) for name in ("4401", "4402", "3400")] == ["6982", "6982", "9000"]
    verify(card)
    assert [write(name) for name in ("4401", "4402", "3400")] == ["6982", "9000", "9000"]
    card.reset()
    assert write("4402") == "6982"


def test_unreadable_file_is_not_read(tmp_path: Path):
    card = blank_card(tmp_path)
    create_file(card, "4401", access="FFFFFFFFFFFFFF")
    set_pin(card)
    verify(card)
    card.transmit(bytes.fromhex("00A4080C024401"))
    assert card.transmit(bytes.fromhex("00B0000000")).hex() == "6982"


def test_key_signs_after_the_pin_and_only_then(tmp_path: Path):
    card = card_with_key(tmp_path)
    assert sign(card, DIGEST_INFO).hex() == "6982"
    verify(card)
    answer = sign(card, DIGEST_INFO)
    KEY.public_key().verify(answer[:-2], b"text", padding.PKCS1v15(), hashes.SHA256())
    assert verify(card, b"00000000") == "63CE"
    assert sign(card, DIGEST_INFO).hex() == "6982"


def test_key_is_taken_in_only_after_the_pin_and_only_once(tmp_path: Path):
    card = card_with_pin(tmp_path)
    assert store(card, KEY) == "6982"
    verify(card)
    assert store(card, KEY) == "9000"
    assert store(card, OTHER_KEY) == "6A89"
    KEY.public_key().verify(sign(card, DIGEST_INFO)[:-2], b"text", padding.PKCS1v15(), hashes.SHA256())


def test_blank_card_takes_no_key(tmp_path: Path):
    assert store(blank_card(tmp_path), KEY) == "6982"


def test_interrupted_chain_stores_nothing(tmp_path: Path):
    card = card_with_pin(tmp_path)
    verify(card)
    octets = template(KEY)
    card.transmit(IMPORT)
    card.transmit(b"\x10\xdb\x3f\xff\xff" + octets[:255])
    card.transmit(SELECT_APPLET)
    verify(card)
    card.transmit(IMPORT)
    assert status(card.transmit(b"\x00\xdb\x3f\xff\xff" + octets[255:510])) == "6A80"
    assert status(card.transmit(CHOOSE)) == "6A88"


def test_endless_chain_is_cut_off(tmp_path: Path):
    card = card_with_pin(tmp_path)
    verify(card)
    card.transmit(IMPORT)
    answers = [status(card.transmit(b"\x10\xdb\x3f\xff\xff" + bytes(255))) for _ in range(9)]
    assert answers[-1] == "6700"


def test_unfit_keys_are_declined(tmp_path: Path):
    card = card_with_pin(tmp_path)
    verify(card)
    assert store(card, rsa.generate_private_key(public_exponent=65537, key_size=1024)) == "6A80"
    card.transmit(IMPORT)
    broken = template(KEY)[:-1] + bytes([template(KEY)[-1] ^ 1])
    assert status(card.transmit(b"\x00\xdb\x3f\xff\x00" + len(broken).to_bytes(2) + broken)) == "6A80"
    assert status(card.transmit(CHOOSE)) == "6A88"


def test_digest_must_fit_the_key(tmp_path: Path):
    card = card_with_key(tmp_path)
    verify(card)
    assert len(sign(card, bytes(245))) == 258
    assert sign(card, bytes(246)).hex() == "6700"


def test_holder_changes_the_pin_and_keeps_the_key(tmp_path: Path):
    card = card_with_key(tmp_path)
    assert change_pin(card, b"00000000", b"87654321") == "63CE"
    assert change_pin(card, PIN, b"87654321") == "9000"
    card.reset()
    assert verify(card) == "63CE"
    assert verify(card, b"87654321") == "9000"
    KEY.public_key().verify(sign(card, DIGEST_INFO)[:-2], b"text", padding.PKCS1v15(), hashes.SHA256())


def test_pin_is_set_from_outside_only_once(tmp_path: Path):
    card = card_with_pin(tmp_path)
    assert set_pin(card, b"87654321") == "6985"
    assert verify(card) == "9000"
    assert set_pin(card, b"87654321") == "6985"


@pytest.mark.parametrize("pin", [b"123", b"", b"1" * 17])
def test_pin_of_unfit_length_is_declined(tmp_path: Path, pin: bytes):
    card = blank_card(tmp_path)
    assert set_pin(card, pin) == "6700"
    assert tries(card) == "6A88"


def test_challenge_is_fresh(tmp_path: Path):
    card = blank_card(tmp_path)
    first, second = (card.transmit(bytes.fromhex("0084000010")) for _ in range(2))
    assert len(first) == 18
    assert first != second


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"\x00\xa4", b"\x00\xb0", b"\x00\x22", b"\x00\x2a", b"\x00\x84", b"\x10\xdb", b""]),
    rest=st.binary(max_size=60),
)
def test_whatever_is_sent_gets_a_status_and_reveals_nothing(tmp_path: Path, head: bytes, rest: bytes):
    if tmp_path not in FUZZED:
        FUZZED[tmp_path] = card_with_key(tmp_path)
    card = FUZZED[tmp_path]  # one for all examples: none of them may change it
    answer = card.transmit(head + rest)
    assert len(answer) >= 2
    numbers = KEY.private_numbers()
    assert numbers.p.to_bytes(128) not in answer
    assert tries(card) == "63CF"
