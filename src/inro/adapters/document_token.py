"""The documents' token: the keys that wrap each page's own key, newest last (28, 40(4), 40(7))."""

import re
from collections.abc import Iterable
from typing import Any

from pkcs11 import Attribute, ObjectClass

from inro.adapters.opened_token import OpenedToken
from inro.adapters.pkcs11_core import Token, translated
from inro.adapters.token_address import DOCUMENT_KEY, KeyRefused
from inro.adapters.token_keys import WrappingKey, make_wrapping_key
from inro.ports.document_store import WrappedKey
from inro.ports.errors import DocumentDamaged

_LABEL = re.compile(rf"{DOCUMENT_KEY}-([1-9][0-9]*)")
_DO = "restore the row from its backup"


class DocumentToken(OpenedToken):
    """The open token: `ports.document_store.KeyWrapper`, usable from several threads."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self._keys = {label: WrappingKey(token=token, label=label) for label in _labels(token)}
        if not self._keys:
            raise KeyRefused(
                DOCUMENT_KEY, "the token has no key for documents", "see the ceremony's transcript"
            )

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all keys, newest last."""
        return tuple(self._keys)

    def wrap(self, data_key: bytearray) -> WrappedKey:
        """Return the data key, wrapped by the newest key.

        Raises: TokenLost, ForeignProcess.
        """
        newest = self._keys[self.labels[-1]]
        return WrappedKey(label=newest.label, octets=newest.wrap(data_key))

    def unwrap(self, key: WrappedKey) -> bytearray:
        """Return the data key; the caller wipes it.

        Raises: DocumentDamaged for octets no key of that label made, KeyRefused, TokenLost, ForeignProcess.
        """
        if key.label not in self._keys:
            raise KeyRefused(
                key.label, "the token has no such key", "start the process again, or restore the token"
            )
        data_key = self._keys[key.label].unwrap(key.octets)
        if data_key is None:
            raise DocumentDamaged("wrapped key", f"not made by the key {key.label}", _DO)
        return data_key

    def add_key(self) -> str:
        """Make the next key, which wraps from now on, and return its label; the older ones stay to unwrap.

        A process that has the token open already goes on with the key it knows until it starts again.

        Raises: KeyRefused, TokenLost, ForeignProcess.
        """
        label = f"{DOCUMENT_KEY}-{_number(self.labels[-1]) + 1}"
        make_wrapping_key(token=self._token, label=label)
        self._keys[label] = WrappingKey(token=self._token, label=label)
        return label


def _labels(token: Token) -> list[str]:
    with translated(token.address):
        session = token.private_session()
        try:
            found: Iterable[Any] = session.get_objects({Attribute.CLASS: ObjectClass.SECRET_KEY})
            labels = [str(key[Attribute.LABEL]) for key in found]
        finally:
            session.close()
    return sorted((label for label in labels if _LABEL.fullmatch(label)), key=_number)


def _number(label: str) -> int:
    return int(label.rpartition("-")[2])
