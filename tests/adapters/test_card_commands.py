"""Personalising a card by APDUs over any transport (5.2, 17.1, 17.3, 19.5)."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from inro.adapters.card_commands import IsoAppletCard
from inro.adapters.soft_card import SoftCard
from inro.ports.card import CardLabel, CardTransport
from inro.ports.errors import CardLocked, CardRefused, PinRefused
from inro.virtual_card.card_file import make_blank_card

FILE_KEY = bytes(range(32))
LABEL = CardLabel(serial="0011223344556677", label="印籠 1")
PIN = b"31415926"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CERTIFICATE = b"\x30\x82\x06\x00" + bytes(0x600)


class PulledCard:
    """A card pulled out of its reader after so many commands."""

    def __init__(self, transport: CardTransport, commands: int) -> None:
        self._transport = transport
        self.left = commands

    def transmit(self, command: bytes | bytearray) -> bytes:
        if not self.left:
            raise CardRefused("card", "is no longer in the reader")
        self.left -= 1
        return self._transport.transmit(command)


def pkcs8(key: rsa.RSAPrivateKey = KEY) -> bytearray:
    return bytearray(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def blank(folder: Path, *, tries: int = 15) -> SoftCard:
    make_blank_card(path=folder / "a.card", file_key=FILE_KEY, tries=tries)
    return inserted(folder)


def inserted(folder: Path) -> SoftCard:
    return SoftCard.open(path=folder / "a.card", file_key=FILE_KEY)


def personalised(folder: Path) -> None:
    with blank(folder) as transport:
        card = IsoAppletCard(transport)
        assert card.initialise(LABEL, bytearray(PIN), 3400) == 15
        card.store_key(pkcs8())


def test_card_is_made_in_the_order_of_the_walk_and_proves_its_key(tmp_path: Path):
    with blank(tmp_path) as transport:
        card = IsoAppletCard(transport)
        card.require_blank()
        assert card.initialise(LABEL, bytearray(PIN), 3400) == 15
        card.store_key(pkcs8())
        signature = card.sign(bytearray(PIN), b"challenge")
    KEY.public_key().verify(signature, b"challenge", padding.PKCS1v15(), hashes.SHA256())


def test_certificate_goes_on_later_without_a_pin(tmp_path: Path):
    personalised(tmp_path)
    with inserted(tmp_path) as transport:
        IsoAppletCard(transport).write_certificate(CERTIFICATE)
    with inserted(tmp_path) as transport:
        card = IsoAppletCard(transport)
        assert hashlib.sha256(card.read_certificate()).digest() == hashlib.sha256(CERTIFICATE).digest()
        assert card.serial() == LABEL.serial
        assert card.tries_left() == 15


def test_shorter_certificate_replaces_a_longer_one(tmp_path: Path):
    personalised(tmp_path)
    short = b"\x30\x03\x02\x01\x05"
    with inserted(tmp_path) as transport:
        card = IsoAppletCard(transport)
        card.write_certificate(CERTIFICATE)
        card.write_certificate(short)
        assert card.read_certificate() == short


def test_certificate_too_long_for_its_room_leaves_the_card_alone(tmp_path: Path):
    personalised(tmp_path)
    with inserted(tmp_path) as transport:
        card = IsoAppletCard(transport)
        with pytest.raises(CardRefused, match="room for 3400"):
            card.write_certificate(b"\x30\x82\x0d\x46" + bytes(0xD46))
        with pytest.raises(CardRefused, match="no certificate"):
            card.read_certificate()


@pytest.mark.parametrize("tries", [3, 10, 14])
def test_card_that_does_not_take_fifteen_tries_is_refused(tmp_path: Path, tries: int):
    said = pytest.raises(CardRefused, match=f"after {tries} wrong PINs, not 15")
    with blank(tmp_path, tries=tries) as transport, said:
        IsoAppletCard(transport).initialise(LABEL, bytearray(PIN), 3400)


def test_card_used_before_is_refused_unchanged(tmp_path: Path):
    personalised(tmp_path)
    before = (tmp_path / "a.card").read_bytes()
    with inserted(tmp_path) as transport, pytest.raises(CardRefused, match="not blank"):
        IsoAppletCard(transport).initialise(LABEL, bytearray(b"00000000"), 3400)
    assert (tmp_path / "a.card").read_bytes() == before


@pytest.mark.parametrize("pin", [b"1234567", b"1" * 17])
def test_unfit_pin_never_reaches_the_card(tmp_path: Path, pin: bytes):
    with blank(tmp_path) as transport:
        with pytest.raises(CardRefused, match="8 to 16"):
            IsoAppletCard(transport).initialise(LABEL, bytearray(pin), 3400)
        IsoAppletCard(transport).require_blank()


def test_unfit_keys_are_refused(tmp_path: Path):
    with blank(tmp_path) as transport:
        card = IsoAppletCard(transport)
        card.initialise(LABEL, bytearray(PIN), 3400)
        with pytest.raises(CardRefused, match="1024 bits"):
            card.store_key(pkcs8(rsa.generate_private_key(public_exponent=65537, key_size=1024)))
        with pytest.raises(CardRefused, match="PKCS#8"):
            card.store_key(pkcs8()[:-1])
        with pytest.raises(CardRefused, match="PKCS#8"):
            card.store_key(bytearray(b"\x30\x03\x02\x01\x00"))
        card.store_key(pkcs8())
        with pytest.raises(CardRefused, match="6A89"):
            card.store_key(pkcs8())


def test_wrong_pins_are_told_from_a_locked_card(tmp_path: Path):
    personalised(tmp_path)
    with inserted(tmp_path) as transport:
        card = IsoAppletCard(transport)
        for left in range(14, 0, -1):
            with pytest.raises(PinRefused, match=f"{left} tries left") as refused:
                card.sign(bytearray(b"00000000"), b"text")
            assert "00000000" not in str(refused.value)
            assert card.tries_left() == left
        for pin in (b"00000000", b"00000000", PIN):
            with pytest.raises(CardLocked):
                card.sign(bytearray(pin), b"text")
        assert card.tries_left() == 0


def test_card_pulled_at_any_command_is_blank_or_never_taken_again(tmp_path: Path):
    commands = 0
    while True:
        folder = tmp_path / str(commands)
        folder.mkdir()
        with blank(folder) as transport:
            pulled = PulledCard(transport, commands)
            card = IsoAppletCard(pulled)
            try:
                card.initialise(LABEL, bytearray(PIN), 3400)
                card.store_key(pkcs8())
            except CardRefused:
                whole = IsoAppletCard(transport)
                try:
                    whole.require_blank()
                except CardRefused:
                    with pytest.raises(CardRefused, match="not blank"):
                        whole.initialise(LABEL, bytearray(PIN), 3400)
            else:
                break
        commands += 1
    assert commands == 39


def test_virtual_card_without_its_file_or_key_is_refused(tmp_path: Path):
    with pytest.raises(CardRefused, match="no such card file"):
        inserted(tmp_path)
    with blank(tmp_path), pytest.raises(CardRefused, match="another reader"):
        inserted(tmp_path)
    with pytest.raises(CardRefused, match="another key"):
        SoftCard.open(path=tmp_path / "a.card", file_key=bytes(32))
    inserted(tmp_path).close()


def test_card_file_that_cannot_be_written_is_a_refusal(tmp_path: Path):
    with blank(tmp_path) as transport:
        (tmp_path / "a.card.new").mkdir()
        with pytest.raises(CardRefused, match="cannot be written"):
            IsoAppletCard(transport).initialise(LABEL, bytearray(PIN), 3400)
        (tmp_path / "a.card.new").rmdir()
        IsoAppletCard(transport).require_blank()


class ForeignCard:
    """Something that answers every command with the same octets."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def transmit(self, command: bytes | bytearray) -> bytes:
        return self._answer


@pytest.mark.parametrize("answer", ["", "6A82", "9000", "0100039000"])
def test_foreign_card_is_refused(answer: str):
    with pytest.raises(CardRefused):
        IsoAppletCard(ForeignCard(bytes.fromhex(answer))).require_blank()
