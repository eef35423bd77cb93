"""Certificate serial numbers: twenty octets of chance (RFC 5280 4.1.2.2)."""

from collections.abc import Callable

SERIAL_OCTETS = 20


def new_serial(rng: Callable[[int], bytes]) -> int:
    """Draw a positive serial of exactly twenty octets; `rng(n)` gives n random octets.

    The top bit is clear, so the INTEGER stays at twenty octets, and the first octet is not zero, so no serial
    is shorter: 127 x 256^19 values, 158.9 bits of entropy where peers were caught with 63.
    """
    while True:
        octets = rng(SERIAL_OCTETS)
        first = octets[0] & 0x7F
        if first:
            return int.from_bytes(bytes((first,)) + octets[1:], "big")


def is_proper_serial(serial: int) -> bool:
    """Say whether `serial` has the form `new_serial` gives."""
    return 1 << 152 <= serial < 1 << 159
