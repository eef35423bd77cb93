"""Distinguished Encoding Rules in the small: elements written and read as bytes (ITU-T X.690)."""

from collections.abc import Iterator
from typing import NamedTuple

SEQUENCE = 0x30
SET = 0x31
BOOLEAN = 0x01
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
OBJECT_IDENTIFIER = 0x06
ENUMERATED = 0x0A
UTF8_STRING = 0x0C
PRINTABLE_STRING = 0x13
IA5_STRING = 0x16
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18


class EncodingRefused(ValueError):
    """Bytes that are not DER, or not of the shape asked for; `offset` says where."""

    def __init__(self, *, problem: str, offset: int) -> None:
        super().__init__(problem, offset)
        self.problem = problem
        self.offset = offset

    def __str__(self) -> str:
        return f"{self.problem} at offset {self.offset}"


class Element(NamedTuple):
    """One element inside a buffer: `start` of the tag, `body` of the content, `end` behind it."""

    tag: int
    start: int
    body: int
    end: int


def length_octets(length: int) -> bytes:
    """Return the DER length field for `length` octets (X.690 10.1)."""
    if length < 0x80:
        return bytes((length,))
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


def encode(tag: int, *contents: bytes) -> bytes:
    """Return one element of `tag` around the joined contents."""
    return b"".join((bytes((tag,)), length_octets(sum(map(len, contents))), *contents))


def encode_integer(value: int) -> bytes:
    """Return a non-negative INTEGER in its shortest form."""
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def encode_bits(octets: bytes) -> bytes:
    """Return a BIT STRING of whole octets."""
    return encode(BIT_STRING, b"\0", octets)


def read_element(data: bytes | memoryview, offset: int = 0) -> Element:
    """Read the element at `offset`.

    Raises: EncodingRefused if it is cut short, of indefinite or overlong length, or of a high tag number.
    """
    if offset + 2 > len(data):
        raise EncodingRefused(problem="element cut short", offset=offset)
    tag, first = data[offset], data[offset + 1]
    if tag & 0x1F == 0x1F:
        raise EncodingRefused(problem="tag number too high", offset=offset)
    body = offset + 2
    length = first
    if first >= 0x80:
        body += first & 0x7F
        octets = bytes(data[offset + 2 : body])
        length = int.from_bytes(octets, "big")
        if length_octets(length) != bytes((first,)) + octets:
            raise EncodingRefused(problem="length not in its shortest form", offset=offset)
    if body + length > len(data):
        raise EncodingRefused(problem="element longer than its buffer", offset=offset)
    return Element(tag, offset, body, body + length)


def read_whole(data: bytes | memoryview, tag: int) -> Element:
    """Read one element of `tag` that fills `data`.

    Raises: EncodingRefused.
    """
    element = read_element(data)
    if element.tag != tag:
        raise EncodingRefused(problem=f"tag {element.tag:#04x} where {tag:#04x} belongs", offset=0)
    if element.end != len(data):
        raise EncodingRefused(problem="octets behind the element", offset=element.end)
    return element


def children(data: bytes | memoryview, parent: Element) -> Iterator[Element]:
    """Yield the elements inside `parent`.

    Raises: EncodingRefused.
    """
    offset = parent.body
    while offset < parent.end:
        child = read_element(data, offset)
        if child.end > parent.end:
            raise EncodingRefused(problem="element longer than its parent", offset=offset)
        yield child
        offset = child.end


class SignedParts(NamedTuple):
    """The three parts of a signed structure: what was signed, the AlgorithmIdentifier, the signature."""

    tbs: memoryview
    algorithm: bytes
    signature: bytes


def split_signed(data: bytes) -> SignedParts:
    """Split a certificate or list into its parts (RFC 5280 4.1.1, 5.1.1).

    Raises: EncodingRefused.
    """
    parts = list(children(data, read_whole(data, SEQUENCE)))
    if [part.tag for part in parts] != [SEQUENCE, SEQUENCE, BIT_STRING]:
        raise EncodingRefused(problem="not a signed structure", offset=0)
    tbs, algorithm, signature = parts
    if signature.body == signature.end or data[signature.body] != 0:
        raise EncodingRefused(problem="signature is not whole octets", offset=signature.start)
    return SignedParts(
        memoryview(data)[tbs.start : tbs.end],
        data[algorithm.start : algorithm.end],
        data[signature.body + 1 : signature.end],
    )


def join_signed(*, tbs: bytes, algorithm: bytes, signature: bytes) -> bytes:
    """Put a signed structure together (RFC 5280 4.1.1, 5.1.1)."""
    return encode(SEQUENCE, tbs, algorithm, encode_bits(signature))
