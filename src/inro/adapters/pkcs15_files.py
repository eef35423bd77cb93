"""The PKCS#15 files of a subscriber's card as octets (ISO/IEC 7816-15, JIS X 6320-15; 5.2, 17.1)."""

from collections.abc import Iterator
from typing import Final

MASTER_FILE: Final = "3F00"
APPLICATION: Final = "5015"
DIRECTORY, OBJECTS, TOKEN_INFO = "2F00", "5031", "5032"
PIN_OBJECTS, KEY_OBJECTS, CERTIFICATE_OBJECTS, CERTIFICATE = "4401", "4402", "4404", "3400"

MODULUS_BITS: Final = 2048
KEY_REFERENCE: Final = 0
PIN_REFERENCE: Final = 1
PIN_STORED_OCTETS: Final = 16
SHORTEST_PIN: Final = 8

_OBJECT_ID = b"\x45"
_AUTHENTICATION_ID = b"\x01"
_APPLICATION_ID = bytes.fromhex("A000000063504B43532D3135")
_MAKER = "inro"

_INTEGER, _BITS, _OCTETS, _ENUMERATED, _TEXT, _SEQUENCE = 0x02, 0x03, 0x04, 0x0A, 0x0C, 0x30


def element(tag: int, *parts: bytes | memoryview) -> bytes:
    """Return one DER element with a tag of one octet."""
    value = b"".join(parts)
    if len(value) < 0x80:
        return bytes([tag, len(value)]) + value
    size = len(value).to_bytes((len(value).bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(size)]) + size + value


def elements(octets: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yield tag and content of each DER element in turn without copying any.

    Raises: ValueError.
    """
    while octets:
        if len(octets) < 2:
            raise ValueError("a DER element is cut off")
        tag, size, start = octets[0], octets[1], 2
        if size & 0x80:
            start = 2 + (size & 0x7F)
            size = int.from_bytes(octets[2:start])
        if len(octets) < start + size:
            raise ValueError("a DER element is cut off")
        yield tag, octets[start : start + size]
        octets = octets[start + size :]


def total_size(head: bytes) -> int | None:
    """Return how many octets the DER sequence beginning with `head` takes, or None if it is no sequence."""
    if len(head) < 2 or head[0] != _SEQUENCE:
        return None
    if head[1] < 0x80:
        return 2 + head[1]
    count = head[1] & 0x7F
    return 2 + count + int.from_bytes(head[2 : 2 + count])


def directory() -> bytes:
    """Return EF.DIR: where the PKCS#15 application is."""
    path = bytes.fromhex(MASTER_FILE + APPLICATION)
    return element(0x61, element(0x4F, _APPLICATION_ID), element(0x50, _MAKER.encode()), element(0x51, path))


def object_directory() -> bytes:
    """Return EF(ODF): where PIN, key and certificate are described."""
    return (
        element(0xA8, _path(PIN_OBJECTS))
        + element(0xA0, _path(KEY_OBJECTS))
        + element(0xA4, _path(CERTIFICATE_OBJECTS))
    )


def token_info(*, serial: bytes, label: str) -> bytes:
    """Return EF(TokenInfo): the card's serial and label; login required, random numbers offered."""
    return element(
        _SEQUENCE,
        element(_INTEGER, b"\0"),
        element(_OCTETS, serial),
        element(_TEXT, _MAKER.encode()),
        element(0x80, label.encode()),
        _bits(0b0110_0000, unused=5),
    )


def serial_in(token_info_file: bytes) -> bytes:
    """Return the serial that EF(TokenInfo) gives.

    Raises: ValueError.
    """
    for _, content in elements(memoryview(token_info_file)[: total_size(token_info_file) or 0]):
        for tag, value in elements(content):
            if tag == _OCTETS:
                return bytes(value)
    raise ValueError("no serial in EF(TokenInfo)")


def pin_object() -> bytes:
    """Return the AODF entry: one numeric PIN that nothing unblocks (19.3, 19.4)."""
    pin_flags = _bits(0b1001_1100, unused=2)  # case-sensitive, unblock-disabled, initialized, needs-padding
    attributes = element(
        _SEQUENCE,
        pin_flags,
        element(_ENUMERATED, b"\x01"),  # ascii-numeric
        element(_INTEGER, bytes([SHORTEST_PIN])),
        element(_INTEGER, bytes([PIN_STORED_OCTETS])),
        element(_INTEGER, bytes([PIN_STORED_OCTETS])),
        element(0x80, bytes([PIN_REFERENCE])),
        element(_OCTETS, b"\0"),
        _path(""),
    )
    return element(
        _SEQUENCE,
        element(_SEQUENCE, element(_TEXT, b"PIN"), _bits(0b1100_0000, unused=6)),
        element(_SEQUENCE, element(_OCTETS, _AUTHENTICATION_ID)),
        element(0xA1, attributes),
    )


def key_object() -> bytes:
    """Return the PrKDF entry; an imported key is called sensitive, never `local` or `neverExtractable`."""
    usage = element(_BITS, b"\x06\x20\x40")  # sign, nonRepudiation
    return element(
        _SEQUENCE,
        element(
            _SEQUENCE,
            element(_TEXT, b"Signature key"),
            _bits(0b1000_0000, unused=7),
            element(_OCTETS, _AUTHENTICATION_ID),
        ),
        element(
            _SEQUENCE,
            element(_OCTETS, _OBJECT_ID),
            usage,
            _bits(0b1000_0000, unused=7),
            element(_INTEGER, bytes([KEY_REFERENCE])),
        ),
        element(
            0xA1,
            element(_SEQUENCE, _path(""), element(_INTEGER, MODULUS_BITS.to_bytes(2))),
        ),
    )


def certificate_object() -> bytes:
    """Return the CDF entry: the certificate of the key."""
    return element(
        _SEQUENCE,
        element(_SEQUENCE, element(_TEXT, b"Certificate"), _bits(0, unused=0)),
        element(_SEQUENCE, element(_OCTETS, _OBJECT_ID)),
        element(0xA1, element(_SEQUENCE, _path(CERTIFICATE))),
    )


def _bits(octet: int, *, unused: int) -> bytes:
    return element(_BITS, bytes([unused, octet]))


def _path(file: str) -> bytes:
    return element(_SEQUENCE, element(_OCTETS, bytes.fromhex(MASTER_FILE + APPLICATION + file)))
