"""Command APDUs and TLV data as ISO/IEC 7816-3 and 7816-4 define them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.virtual_card.apdu import Declined, parse_command, read_tlv, write_tlv

HEAD = b"\x00\xd6\x01\x02"


@given(data=st.binary(max_size=255), expected=st.integers(0, 256))
def test_short_command_is_taken_apart(data: bytes, expected: int):
    body = (bytes([len(data)]) + data if data else b"") + (bytes([expected % 256]) if expected else b"")
    command = parse_command(HEAD + body)
    assert (command.data, command.expected) == (data, expected)
    assert (command.cla, command.ins, command.p1p2) == (0x00, 0xD6, 0x0102)


@given(data=st.binary(max_size=2000), expected=st.integers(0, 65536))
def test_extended_command_is_taken_apart(data: bytes, expected: int):
    body = len(data).to_bytes(2) + data if data else b""
    body += (expected % 65536).to_bytes(2) if expected else b""
    command = parse_command(HEAD + (b"\0" + body if body else b""))
    assert (command.data, command.expected) == (data, expected)


@pytest.mark.parametrize(
    "octets", ["", "00A404", "00D6000003AABB", "00D6000001AABBCC", "00D600000000", "00D6000000000511"]
)
def test_command_of_wrong_length_is_declined(octets: str):
    with pytest.raises(Declined) as declined:
        parse_command(bytes.fromhex(octets))
    assert declined.value.status == 0x6700


@given(st.lists(st.tuples(st.integers(0x80, 0x9E), st.binary(max_size=127))))
def test_tlv_objects_come_back_in_order(objects: list[tuple[int, bytes]]):
    octets = b"".join(write_tlv(tag, value) for tag, value in objects)
    assert list(read_tlv(octets)) == objects


@given(objects=st.lists(st.binary(min_size=1, max_size=20), min_size=1), cut=st.integers(1, 20))
def test_object_cut_off_is_declined(objects: list[bytes], cut: int):
    octets = b"".join(write_tlv(0x84, value) for value in objects)
    with pytest.raises(Declined) as declined:
        list(read_tlv(octets[: -min(cut, len(objects[-1]))]))
    assert declined.value.status == 0x6A80


@given(st.binary(max_size=40))
def test_any_octets_are_objects_or_declined(octets: bytes):
    with suppress(Declined):
        assert sum(len(value) for _, value in read_tlv(octets)) < max(len(octets), 1)
