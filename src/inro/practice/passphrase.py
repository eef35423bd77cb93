"""The passphrase that opens a draft or its status again: how it looks, is read and is kept (40(6), 40(7)).

Sixteen of 31 characters that no one takes for another, in groups of four: 79 bits. Only a hash is kept.
"""

import hashlib
import unicodedata
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SALT_OCTETS, HASH_OCTETS = 16, 32
GROUPS, GROUP = 4, 4
# 16 MiB and some 50 ms a try: enough beside 79 bits, and little enough for a public page.
_COST, _BLOCK, _LANES = 2**14, 8, 1


def new_passphrase(choose: Callable[[str], str]) -> str:
    """Return a passphrase whose characters `choose` draws from the alphabet, such as `secrets.choice`."""
    groups = ("".join(choose(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def read_passphrase(text: str) -> str:
    """Return what was typed as it was told: capitals of half width, no hyphens and spaces."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character in ALPHABET)


def passphrase_hash(passphrase: str, *, salt: bytes) -> bytes:
    """Return what is kept of a passphrase, however it was typed (scrypt, RFC 7914)."""
    typed = read_passphrase(passphrase).encode()
    return hashlib.scrypt(typed, salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=HASH_OCTETS)
