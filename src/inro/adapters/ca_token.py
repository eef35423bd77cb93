"""The CA's token: the issuing key and the key of the signer's journal (Ordinance 4(4), 6(17))."""

from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import CA_KEY, JOURNAL_KEY, TokenAddress
from inro.adapters.token_keys import KeyAttributes, SecretKey, SigningKey, make_rsa_key, make_secret_key


class CaToken:
    """The open CA token: `ports.signer.Signer` by its key "ca", `Authenticator` by its key "journal"."""

    def __init__(self, token: Token) -> None:
        self._token = token
        self._ca = SigningKey(token=token, label=CA_KEY)
        self._journal = SecretKey(token=token, label=JOURNAL_KEY)

    @classmethod
    def open(cls, address: TokenAddress, pin: bytearray) -> "CaToken":
        """Log in and check both keys; the caller wipes `pin` afterwards.

        Raises: TokenMissing, PinRefused, ModuleUnusable, TokenLost, KeyRefused.
        """
        token = Token.open(address, pin)
        try:
            return cls(token)
        except BaseException:
            token.close()
            raise

    @classmethod
    def make(cls, token: Token, *, bits: int) -> "CaToken":
        """Make both keys in an empty token.

        Raises: KeyRefused, TokenLost.
        """
        make_rsa_key(token=token, label=CA_KEY, bits=bits)
        make_secret_key(token=token, label=JOURNAL_KEY)
        return cls(token)

    def __enter__(self) -> "CaToken":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def public_key_info(self) -> bytes:
        """The CA key's SubjectPublicKeyInfo, DER."""
        return self._ca.public_key_info

    @property
    def attributes(self) -> KeyAttributes:
        """What the token says of the CA key."""
        return self._ca.attributes

    @property
    def signatures(self) -> int:
        """How many signatures by the CA key this process has asked for since it opened the token."""
        return self._ca.signatures

    def sign(self, data: bytes) -> bytes:
        """Return the CA's signature over `data` (RSASSA-PKCS1-v1_5, SHA-256).

        Raises: TokenLost, ForeignProcess.
        """
        return self._ca.sign(data)

    def authenticate(self, data: bytes) -> bytes:
        """Return the 32-octet code of `data` by the journal's key.

        Raises: TokenLost, ForeignProcess.
        """
        return self._journal.authenticate(data)

    def close(self) -> None:
        """Log out."""
        self._token.close()
