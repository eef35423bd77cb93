"""The CA's token: the issuing key and the key of the signer's journal (Ordinance 4(4), 6(17))."""

from typing import Self

from inro.adapters.opened_token import SigningToken
from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import CA_KEY, JOURNAL_KEY
from inro.adapters.token_keys import SecretKey, make_rsa_key, make_secret_key


class CaToken(SigningToken):
    """The open CA token: `ports.signer.Signer` by its key "ca", `Authenticator` by its key "journal"."""

    LABEL = CA_KEY

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self._journal = SecretKey(token=token, label=JOURNAL_KEY)

    @classmethod
    def make(cls, token: Token, *, bits: int) -> Self:
        """Make both keys in an empty token.

        Raises: KeyRefused, TokenLost.
        """
        make_rsa_key(token=token, label=CA_KEY, bits=bits)
        make_secret_key(token=token, label=JOURNAL_KEY)
        return cls(token)

    @property
    def signatures(self) -> int:
        """How many signatures by the CA key this process has asked for since it opened the token."""
        return self._key.signatures

    def authenticate(self, data: bytes) -> bytes:
        """Return the 32-octet code of `data` by the journal's key.

        Raises: TokenLost, ForeignProcess.
        """
        return self._journal.authenticate(data)
