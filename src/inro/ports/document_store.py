"""Where redacted pages are kept: sealed, found by their hash, gone with their key (8.5, 28, 40(4), 40(7))."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """A document's data key, readable by the token's key `label` only; the record's row keeps it."""

    label: str
    octets: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """What a row keeps of a document; once its `key` is gone, the bytes at `address` are noise.

    `address` is the SHA-256 of the sealed bytes, `content_sha256` that of the page, both lower-case
    hexadecimal; `size` counts the page's octets.
    """

    address: str
    size: int
    content_sha256: str
    key: WrappedKey


class DocumentStore(Protocol):
    """Keeps documents sealed, each for one `subject`: the name of the row that owns it, and no other."""

    def put(self, content: bytes, *, subject: str) -> StoredDocument:
        """Seal and keep `content`, on disk for good when this returns; never inside a transaction.

        Raises: DocumentStoreUnavailable, PortError of the token.
        """
        ...

    def get(self, stored: StoredDocument, *, subject: str) -> bytes:
        """Return the content of a document, checked in every octet.

        Raises: DocumentUnknown, DocumentDamaged, DocumentStoreUnavailable, PortError of the token.
        """
        ...

    def verify(self, stored: StoredDocument) -> None:
        """Hold the sealed bytes against their address; no key is needed for it.

        Raises: DocumentUnknown, DocumentDamaged, DocumentStoreUnavailable.
        """
        ...

    def erase(self, stored: StoredDocument) -> None:
        """Remove the sealed bytes; what is gone already is gone (28).

        Raises: DocumentStoreUnavailable.
        """
        ...


class SealedBytes(Protocol):
    """Keeps sealed bytes under their SHA-256 and knows nothing of keys."""

    def put(self, address: str, sealed: bytes) -> None:
        """Keep `sealed`, whole and for good when this returns, or not at all.

        Raises: DocumentStoreUnavailable.
        """
        ...

    def get(self, address: str) -> bytes:
        """Return the bytes, held against their address.

        Raises: DocumentUnknown, DocumentDamaged, DocumentStoreUnavailable.
        """
        ...

    def erase(self, address: str) -> None:
        """Remove the bytes; what is gone already is gone.

        Raises: DocumentStoreUnavailable.
        """
        ...

    def addresses(self) -> Iterator[str]:
        """Yield every address there is, to be compared with the record's rows.

        Raises: DocumentStoreUnavailable.
        """
        ...

    def check(self) -> None:
        """Ask whether documents can be kept here now, without keeping one.

        Raises: DocumentStoreUnavailable.
        """
        ...


class KeyWrapper(Protocol):
    """Wraps data keys by a key that never leaves its token."""

    def wrap(self, data_key: bytearray) -> WrappedKey:
        """Return the data key, wrapped by the newest key of the token.

        Raises: PortError.
        """
        ...

    def unwrap(self, key: WrappedKey) -> bytearray:
        """Return the data key; the caller wipes it.

        Raises: DocumentDamaged for a wrapped key that was altered, PortError.
        """
        ...
