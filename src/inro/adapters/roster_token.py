"""The token of the officers' roster, opened at a ceremony and by no daily process (Ordinance 6(17))."""

from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import ROSTER_KEY, TokenAddress
from inro.adapters.token_keys import KeyAttributes, SigningKey, make_rsa_key

_BITS = 3072


class RosterToken:
    """The open roster token: `ports.signer.Signer` by its key "roster"."""

    def __init__(self, token: Token) -> None:
        self._token = token
        self._key = SigningKey(token=token, label=ROSTER_KEY)

    @classmethod
    def open(cls, address: TokenAddress, pin: bytearray) -> "RosterToken":
        """Log in and check the key; the caller wipes `pin` afterwards.

        Raises: TokenMissing, PinRefused, ModuleUnusable, TokenLost, KeyRefused.
        """
        token = Token.open(address, pin)
        try:
            return cls(token)
        except BaseException:
            token.close()
            raise

    @classmethod
    def make(cls, token: Token) -> "RosterToken":
        """Make the key in an empty token.

        Raises: KeyRefused, TokenLost.
        """
        make_rsa_key(token=token, label=ROSTER_KEY, bits=_BITS)
        return cls(token)

    def __enter__(self) -> "RosterToken":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

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

    def close(self) -> None:
        """Log out."""
        self._token.close()
