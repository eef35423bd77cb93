"""Command APDUs, their status words and simple TLV data (ISO/IEC 7816-3 12.1, 7816-4 5.3 to 5.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum


class Status(IntEnum):
    """SW1 SW2 the virtual card answers with."""

    DONE = 0x9000
    WRONG_LENGTH = 0x6700
    SECURITY_NOT_SATISFIED = 0x6982
    PIN_LOCKED = 0x6983
    CONDITIONS_NOT_SATISFIED = 0x6985
    NO_FILE_SELECTED = 0x6986
    WRONG_DATA = 0x6A80
    FILE_NOT_FOUND = 0x6A82
    NO_ROOM = 0x6A84
    WRONG_PARAMETERS = 0x6A86
    REFERENCE_NOT_FOUND = 0x6A88
    ALREADY_THERE = 0x6A89
    WRONG_OFFSET = 0x6B00
    UNKNOWN_INSTRUCTION = 0x6D00
    UNKNOWN_CLASS = 0x6E00


class Declined(Exception):
    """A command ends with a status word other than 9000."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command APDU; `expected` is Le as a count of octets, 0 when absent."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes
    expected: int

    @property
    def p1p2(self) -> int:
        """Both parameter octets as one number."""
        return self.p1 << 8 | self.p2

    @property
    def chained(self) -> bool:
        """Whether more commands of the same chain follow (7816-4 5.3.3)."""
        return bool(self.cla & 0x10)


def parse_command(octets: bytes) -> Command:
    """Take a command APDU apart, short or extended length.

    Raises: Declined (6700).
    """
    if len(octets) < 4:
        raise Declined(Status.WRONG_LENGTH)
    data, expected = _body(octets[4:])
    cla, ins, p1, p2 = octets[:4]
    return Command(cla=cla, ins=ins, p1=p1, p2=p2, data=data, expected=expected)


def _body(body: bytes) -> tuple[bytes, int]:
    extended = len(body) >= 3 and body[0] == 0
    width = 2 if extended else 1
    start = 1 if extended else 0
    if not body:
        return b"", 0
    if len(body) == start + width:
        return b"", _expected(body[start:])
    count = int.from_bytes(body[start : start + width])
    data, rest = body[start + width :][:count], body[start + width :][count:]
    if count == 0 or len(data) != count or len(rest) not in (0, width):
        raise Declined(Status.WRONG_LENGTH)
    return data, _expected(rest) if rest else 0


def _expected(octets: bytes) -> int:
    return int.from_bytes(octets) or 1 << 8 * len(octets)


def read_tlv(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and value of each BER-TLV object in turn; tags of one or two octets.

    Raises: Declined (6A80).
    """
    while octets:
        tag_size = 2 if octets[0] & 0x1F == 0x1F else 1
        tag, octets = int.from_bytes(octets[:tag_size]), octets[tag_size:]
        size, octets = _length(octets)
        if size > len(octets):
            raise Declined(Status.WRONG_DATA)
        yield tag, octets[:size]
        octets = octets[size:]


def _length(octets: bytes) -> tuple[int, bytes]:
    if not octets or octets[0] > 0x82 or octets[0] == 0x80:
        raise Declined(Status.WRONG_DATA)
    if octets[0] < 0x80:
        return octets[0], octets[1:]
    count = octets[0] & 0x7F
    if len(octets) < 1 + count:
        raise Declined(Status.WRONG_DATA)
    return int.from_bytes(octets[1 : 1 + count]), octets[1 + count :]


def write_tlv(tag: int, value: bytes) -> bytes:
    """Return one BER-TLV object with a value shorter than 128 octets and a tag of one octet."""
    return bytes([tag, len(value)]) + value
