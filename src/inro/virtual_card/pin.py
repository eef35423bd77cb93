"""The card's PIN: kept as a salted scrypt value only, locked after 15 wrong ones in a row (19.5)."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import Any, Self

TRIES = 15
SHORTEST, LONGEST = 4, 16

_COST, _BLOCK = 1 << 14, 8


@dataclass(slots=True, kw_only=True)
class PinSlot:
    """How many wrong PINs are allowed and left, and what a right one hashes to (empty: none set)."""

    limit: int
    left: int
    salt: bytes = b""
    verifier: bytes = b""

    @property
    def is_set(self) -> bool:
        """Whether a PIN has been set."""
        return bool(self.verifier)

    def record(self) -> dict[str, Any]:
        """Return the slot for the card file."""
        return {
            "limit": self.limit,
            "left": self.left,
            "salt": self.salt.hex(),
            "verifier": self.verifier.hex(),
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """Return the slot that `record` describes."""
        return cls(
            limit=record["limit"],
            left=record["left"],
            salt=bytes.fromhex(record["salt"]),
            verifier=bytes.fromhex(record["verifier"]),
        )

    def set(self, pin: bytes) -> bytearray:
        """Take `pin` as the new one and return the key under which it seals private keys."""
        self.salt = os.urandom(16)
        verifier, sealing_key = _derive(pin, self.salt)
        self.verifier = verifier
        self.left = self.limit
        return sealing_key

    def open(self, pin: bytes) -> bytearray | None:
        """Return the sealing key if `pin` is right, else None; spends nothing by itself."""
        verifier, sealing_key = _derive(pin, self.salt)
        return sealing_key if hmac.compare_digest(verifier, self.verifier) else None


def _derive(pin: bytes, salt: bytes) -> tuple[bytes, bytearray]:
    # Two halves of one slow hash: the stored one tells a right PIN, the other never leaves memory.
    octets = hashlib.scrypt(pin.rstrip(b"\0"), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=1 << 26, dklen=64)
    return octets[:32], bytearray(octets[32:])
