"""The code with which a person enrols a passkey, in two halves that two administrators hand over (40(7)).

Each half has 59 bits. Who knows one half alone can enrol nothing, so no administrator becomes somebody else.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from inro.practice.errors import Refused
from inro.practice.passphrase import ALPHABET, HASH_OCTETS, read_passphrase

CODE_SERVES = timedelta(hours=72)
WRONG_TRIES = 5
CLOSED_FOR = timedelta(minutes=30)
_GROUPS, _GROUP = 3, 4
# 2 MiB and some 6 ms a try: drawn at random and over in three days, it needs less than a passphrase.
_COST, _BLOCK, _LANES = 2**11, 8, 1
HALF = _GROUPS * _GROUP


class EnrolmentCodeWrong(Refused):
    """Person and code do not belong together; whether there is such a person is not told."""


class EnrolmentCodeUsed(Refused):
    """The code has enrolled a passkey before, or a newer one took its place."""


class EnrolmentCodeExpired(Refused):
    """The code was right, and its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeHalf:
    """One half as it is told, and the salt under which it is kept."""

    text: str
    salt: bytes


def new_half(choose: Callable[[str], str]) -> str:
    """Return half a code whose characters `choose` draws from the alphabet, such as `secrets.choice`."""
    return "-".join("".join(choose(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def half_hash(half: str, *, salt: bytes) -> bytes:
    """Return what is kept of half a code, however it was typed (scrypt, RFC 7914)."""
    typed = read_passphrase(half).encode()
    return hashlib.scrypt(typed, salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=HASH_OCTETS)


def read_code(first: str, second: str) -> tuple[str, str]:
    """Return the two halves as typed, or halves that fit nothing where their length is wrong."""
    halves = read_passphrase(first[:200]), read_passphrase(second[:200])
    return halves if all(len(half) == HALF for half in halves) else ("", "")
