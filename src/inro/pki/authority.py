"""A CA's certificates as whoever relies on them must know them: names, days, fingerprints (4(6), 12.9)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature


class AuthorityCertificateKind(StrEnum):
    """Who vouches for a CA's key: itself, another key of the same CA (RFC 4210 4.4), or another CA."""

    SELF_SIGNED = "self_signed"
    LINK = "link"
    CROSS = "cross"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityCertificate:
    """One certificate of the CA; serial and fingerprints are hexadecimal, `issuer_name` is a Name (DER)."""

    kind: AuthorityCertificateKind
    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    sha256: str
    sha1: str
    subject_name: bytes


def authority_certificate(certificate: bytes) -> AuthorityCertificate:
    """Return what a CA certificate (DER) says of itself.

    Raises: ValueError for bytes that are no certificate.
    """
    parsed = x509.load_der_x509_certificate(certificate)
    return AuthorityCertificate(
        kind=_kind(parsed),
        subject=parsed.subject.rfc4514_string(),
        issuer=parsed.issuer.rfc4514_string(),
        serial=f"{parsed.serial_number:x}",
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        sha256=hashlib.sha256(certificate).hexdigest(),
        # Windows shows no other; it is compared by eye and proves nothing by itself.
        sha1=hashlib.sha1(certificate, usedforsecurity=False).hexdigest(),
        subject_name=parsed.subject.public_bytes(),
    )


def _kind(certificate: x509.Certificate) -> AuthorityCertificateKind:
    if certificate.issuer != certificate.subject:
        return AuthorityCertificateKind.CROSS
    try:
        certificate.verify_directly_issued_by(certificate)
    except InvalidSignature:
        return AuthorityCertificateKind.LINK
    return AuthorityCertificateKind.SELF_SIGNED
