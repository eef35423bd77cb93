"""A token as a process has it open: logged in by its keys, logged out at the end (Ordinance 4(4), 6(17))."""

from typing import ClassVar, Self

from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import TokenAddress
from inro.adapters.token_keys import KeyAttributes, SigningKey


class OpenedToken:
    """The open token; what it can do is its kind's, and what it needs of keys is checked as it is made."""

    def __init__(self, token: Token) -> None:
        self._token = token

    @classmethod
    def open(cls, address: TokenAddress, pin: bytearray) -> Self:
        """Log in and check the keys; the caller wipes `pin` afterwards.

        Raises: TokenMissing, PinRefused, ModuleUnusable, TokenLost, KeyRefused.
        """
        token = Token.open(address, pin)
        try:
            return cls(token)
        except BaseException:
            token.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Log out."""
        self._token.close()


class SigningToken(OpenedToken):
    """`ports.signer.Signer` by the one key of that label, usable from several threads."""

    LABEL: ClassVar[str]

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self._key = SigningKey(token=token, label=self.LABEL)

    @property
    def public_key_info(self) -> bytes:
        """The key's SubjectPublicKeyInfo, DER."""
        return self._key.public_key_info

    @property
    def attributes(self) -> KeyAttributes:
        """What the token says of the key."""
        return self._key.attributes

    def sign(self, data: bytes) -> bytes:
        """Return the signature over `data` (RSASSA-PKCS1-v1_5, SHA-256).

        Raises: TokenLost, ForeignProcess.
        """
        return self._key.sign(data)
