"""Where a subscriber's key pair is made before it moves onto a card (5.2, 17.3)."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyErasure:
    """Evidence that a key is gone from the equipment: objects with its id before and after."""

    method: str
    objects_before: int
    objects_after: int

    @property
    def absent(self) -> bool:
        """Whether nothing of the key was found afterwards (17.3)."""
        return self.objects_after == 0


class KeyMaker(Protocol):
    """Makes one RSA key pair at a time as session objects, never on disk."""

    def make_key(self, bits: int) -> bytes:
        """Make the key pair; return its SubjectPublicKeyInfo, DER.

        Raises: PortError.
        """
        ...

    def take_private_key(self) -> bytearray:
        """Return the private key (PKCS#8 DER) for the card, once.

        Raises: PortError.
        """
        ...

    def erase_key(self) -> KeyErasure:
        """Destroy the key in the device and look for what is left.

        Raises: PortError.
        """
        ...
