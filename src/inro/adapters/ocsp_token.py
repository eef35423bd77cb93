"""The responder's token: the key that answers for the CA while its certificate lives (RFC 6960 4.2.2.2)."""

from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import OCSP_KEY, TokenAddress
from inro.adapters.token_keys import SigningKey


class OcspToken:
    """The open token: `ports.signer.Signer` by its key "ocsp", usable from several threads."""

    def __init__(self, token: Token) -> None:
        self._token = token
        self._key = SigningKey(token=token, label=OCSP_KEY)

    @classmethod
    def open(cls, address: TokenAddress, pin: bytearray) -> "OcspToken":
        """Log in and check the key; the caller wipes `pin` afterwards.

        Raises: TokenMissing, PinRefused, ModuleUnusable, TokenLost, KeyRefused.
        """
        token = Token.open(address, pin)
        try:
            return cls(token)
        except BaseException:
            token.close()
            raise

    def __enter__(self) -> "OcspToken":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def public_key_info(self) -> bytes:
        """The key's SubjectPublicKeyInfo, DER."""
        return self._key.public_key_info

    def sign(self, data: bytes) -> bytes:
        """Return the signature over `data` (RSASSA-PKCS1-v1_5, SHA-256).

        Raises: TokenLost, ForeignProcess.
        """
        return self._key.sign(data)

    def close(self) -> None:
        """Log out."""
        self._token.close()
