"""The token of the officers' roster, opened at a ceremony and by no daily process (Ordinance 6(17))."""

from typing import Self

from inro.adapters.opened_token import SigningToken
from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import ROSTER_KEY
from inro.adapters.token_keys import make_rsa_key

_BITS = 3072


class RosterToken(SigningToken):
    """The open roster token."""

    LABEL = ROSTER_KEY

    @classmethod
    def make(cls, token: Token) -> Self:
        """Make the key in an empty token.

        Raises: KeyRefused, TokenLost.
        """
        make_rsa_key(token=token, label=ROSTER_KEY, bits=_BITS)
        return cls(token)
