"""What tests of the virtual card start from, and the APDUs they send."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

from inro.virtual_card.card import VirtualCard
from inro.virtual_card.card_file import CardFile, make_blank_card
from inro.virtual_card.state import CardState

FILE_KEY = bytes(range(32))
PIN = b"31415926"
WRONG = b"27182818"
SELECT_APPLET = bytes.fromhex("00A404000CF276A288BCFBA69D34F31001")
IMPORT = bytes.fromhex("00224100068001F3840100")
CHOOSE = bytes.fromhex("002241B606800111840100")
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class PowerLost(OSError):
    """The reader's power went."""


class FailingCardFile(CardFile):
    """A card file whose card loses power right after its next write: the write lasts, the answer is lost."""

    fails = False

    def save(self, state: CardState) -> None:
        super().save(state)
        if self.fails:
            raise PowerLost


def blank_card(folder: Path, *, tries: int = 15) -> VirtualCard:
    """Return a blank card, in its reader."""
    make_blank_card(path=folder / "a.card", file_key=FILE_KEY, tries=tries)
    return VirtualCard(CardFile.open(path=folder / "a.card", file_key=FILE_KEY))


def card_with_pin(folder: Path) -> VirtualCard:
    """Return a card with PIN only."""
    card = blank_card(folder)
    assert set_pin(card) == "9000"
    return card


def card_with_key(folder: Path) -> VirtualCard:
    """Return a card with PIN and key, nothing verified."""
    card = card_with_pin(folder)
    assert verify(card) == "9000"
    assert store(card, KEY) == "9000"
    card.reset()
    return card


def status(answer: bytes) -> str:
    """Return SW1 SW2."""
    return answer[-2:].hex().upper()


def padded(pin: bytes) -> bytes:
    """Return the PIN as VERIFY carries it."""
    return pin.ljust(16, b"\0")


def set_pin(card: VirtualCard, pin: bytes = PIN) -> str:
    """Set the first PIN."""
    return status(card.transmit(bytes([0x00, 0x24, 0x01, 0x01, len(pin)]) + pin))


def verify(card: VirtualCard, pin: bytes = PIN) -> str:
    """Present a PIN."""
    return status(card.transmit(b"\x00\x20\x00\x01\x10" + padded(pin)))


def tries(card: VirtualCard) -> str:
    """Ask for the tries left."""
    return status(card.transmit(b"\x00\x20\x00\x01"))


def change_pin(card: VirtualCard, old: bytes, new: bytes) -> str:
    """Change the PIN."""
    return status(card.transmit(b"\x00\x24\x00\x01\x20" + padded(old) + padded(new)))


def template(key: rsa.RSAPrivateKey) -> bytes:
    """Return the private key template of ISO/IEC 7816-8."""
    numbers = key.private_numbers()
    half = (key.key_size + 15) // 16
    body = b""
    parts = (numbers.p, numbers.q, numbers.iqmp, numbers.dmp1, numbers.dmq1)
    for tag, number in zip(range(0x92, 0x97), parts, strict=True):
        body += bytes([tag, 0x81, half]) + number.to_bytes(half)
    return b"\x7f\x48\x82" + len(body).to_bytes(2) + body


def store(card: VirtualCard, key: rsa.RSAPrivateKey) -> str:
    """Import a key by chained commands; return the last status."""
    answer = card.transmit(IMPORT)
    octets = template(key)
    for start in range(0, len(octets), 255):
        block = octets[start : start + 255]
        more = 0x10 if start + 255 < len(octets) else 0x00
        answer = card.transmit(bytes([more, 0xDB, 0x3F, 0xFF, len(block)]) + block)
    return status(answer)


def sign(card: VirtualCard, digest_info: bytes) -> bytes:
    """Choose the key and sign; return data and status."""
    answer = card.transmit(CHOOSE)
    if status(answer) != "9000":
        return answer
    return card.transmit(bytes([0x00, 0x2A, 0x9E, 0x9A, len(digest_info)]) + digest_info + b"\0")


def create_file(card: VirtualCard, identifier: str, *, size: int = 8, access: str = "FF000000000000") -> str:
    """Create a transparent file in the current folder; `access` has the last seven octets."""
    control = bytes.fromhex(f"8102{size:04X}820101 8302{identifier}8608FF{access}")
    head = bytes([0x00, 0xE0, 0x00, 0x00, len(control) + 2, 0x6F, len(control)])
    return status(card.transmit(head + control))
