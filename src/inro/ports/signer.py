"""A key that signs without leaving its device."""

from typing import Protocol


class Signer(Protocol):
    """Signs with RSASSA-PKCS1-v1_5 and SHA-256 (12.8) by one key of one token."""

    @property
    def public_key_info(self) -> bytes:
        """The key's SubjectPublicKeyInfo, DER."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the signature over `data`.

        Raises: PortError.
        """
        ...


class Authenticator(Protocol):
    """A secret key that authenticates records without leaving its device (HMAC-SHA-256)."""

    def authenticate(self, data: bytes) -> bytes:
        """Return the 32-octet code of `data`.

        Raises: PortError.
        """
        ...
