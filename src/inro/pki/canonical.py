"""The one form in bytes of a JSON value (RFC 8785): what officers sign and what the roster is signed over."""

import hashlib
from typing import Any

import rfc8785


class CanonicalRefused(ValueError):
    """The value has no canonical form: an integer beyond 2^53 - 1, a lone surrogate, or no JSON at all."""


def canonical_bytes(value: Any) -> bytes:
    """Return the canonical form of a JSON value (RFC 8785).

    Raises: CanonicalRefused.
    """
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise CanonicalRefused(str(error)) from error


def canonical_sha256(value: Any) -> str:
    """Return the SHA-256 of the canonical form, lower-case hexadecimal.

    Raises: CanonicalRefused.
    """
    return hashlib.sha256(canonical_bytes(value)).hexdigest()
