"""One document sealed under a key of its own: AES-256-GCM, bound to the row that owns it (40(7)).

A sealed document is eight octets of format, twelve of nonce, then the ciphertext with its code of sixteen.
What is authenticated besides is the format, the subject's name and the content's SHA-256.
"""

import hashlib
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inro.ports.errors import DocumentDamaged, DocumentUnknown

FORMAT = b"inrodoc1"
KEY_OCTETS = 32
_NONCE_OCTETS = 12
_ADDRESS = re.compile("[0-9a-f]{64}")
_DO = "restore the file, or the row, from its backup"


def seal(content: bytes, *, data_key: bytearray, subject: str, content_sha256: str) -> bytes:
    """Return `content`, sealed; a data key seals one document only."""
    nonce = secrets.token_bytes(_NONCE_OCTETS)
    bound = _bound(subject, content_sha256)
    return b"".join((FORMAT, nonce, AESGCM(data_key).encrypt(nonce, content, bound)))


def unseal(sealed: bytes, *, data_key: bytearray, subject: str, content_sha256: str) -> bytes:
    """Return the content of a sealed document.

    Raises: DocumentDamaged when bytes, key, subject or hash belong to another document.
    """
    start = len(FORMAT) + _NONCE_OCTETS
    if not sealed.startswith(FORMAT) or len(data_key) != KEY_OCTETS:
        raise DocumentDamaged("document", "no sealed document of this format", _DO)
    nonce = sealed[len(FORMAT) : start]
    try:
        return AESGCM(data_key).decrypt(nonce, memoryview(sealed)[start:], _bound(subject, content_sha256))
    except (InvalidTag, ValueError) as error:
        raise DocumentDamaged("document", "bytes, key and row do not belong together", _DO) from error


def address_of(sealed: bytes) -> str:
    """Return where sealed bytes are found: their SHA-256, lower-case hexadecimal."""
    return hashlib.sha256(sealed).hexdigest()


def is_address(text: str) -> bool:
    """Return whether a text has the form of an address."""
    return _ADDRESS.fullmatch(text) is not None


def require_address(address: str) -> str:
    """Return what has the form of an address.

    Raises: DocumentUnknown.
    """
    if not is_address(address):
        raise DocumentUnknown("document", "no SHA-256 in lower-case hexadecimal", "compare with the row")
    return address


def require_bytes(address: str, sealed: bytes) -> bytes:
    """Return the sealed bytes if they are those of `address`.

    Raises: DocumentDamaged.
    """
    if address_of(sealed) != address:
        raise DocumentDamaged(f"document {address}", "its bytes have another SHA-256", _DO)
    return sealed


def _bound(subject: str, content_sha256: str) -> bytes:
    return FORMAT + bytes.fromhex(content_sha256) + subject.encode()
