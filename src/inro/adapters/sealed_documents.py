"""The document store: a fresh key for each page, wrapped in the token, and a place for bytes (8.5, 28)."""

import hashlib
import secrets

from inro.adapters.document_seal import KEY_OCTETS, address_of, seal, unseal
from inro.adapters.locked_memory import wipe
from inro.ports.document_store import KeyWrapper, SealedBytes, StoredDocument


class SealedDocuments:
    """`ports.document_store.DocumentStore` over a token's keys and a place for sealed bytes."""

    def __init__(self, *, keys: KeyWrapper, place: SealedBytes) -> None:
        self._keys = keys
        self._place = place

    def put(self, content: bytes, *, subject: str) -> StoredDocument:
        """Seal and keep `content`; nothing that could open it is written, so a crash leaves noise at most.

        Raises: DocumentStoreUnavailable, PortError of the token.
        """
        content_sha256 = hashlib.sha256(content).hexdigest()
        data_key = bytearray(secrets.token_bytes(KEY_OCTETS))
        try:
            wrapped = self._keys.wrap(data_key)
            sealed = seal(content, data_key=data_key, subject=subject, content_sha256=content_sha256)
        finally:
            wipe(data_key)
        address = address_of(sealed)
        self._place.put(address, sealed)
        return StoredDocument(address=address, size=len(content), content_sha256=content_sha256, key=wrapped)

    def get(self, stored: StoredDocument, *, subject: str) -> bytes:
        """Return the content of a document.

        Raises: DocumentUnknown, DocumentDamaged, DocumentStoreUnavailable, PortError of the token.
        """
        sealed = self._place.get(stored.address)
        data_key = self._keys.unwrap(stored.key)
        try:
            return unseal(sealed, data_key=data_key, subject=subject, content_sha256=stored.content_sha256)
        finally:
            wipe(data_key)

    def verify(self, stored: StoredDocument) -> None:
        """Hold the sealed bytes against their address.

        Raises: DocumentUnknown, DocumentDamaged, DocumentStoreUnavailable.
        """
        self._place.get(stored.address)

    def erase(self, stored: StoredDocument) -> None:
        """Remove the sealed bytes; the row's own disposal removes their key.

        Raises: DocumentStoreUnavailable.
        """
        self._place.erase(stored.address)
