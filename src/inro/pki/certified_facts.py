"""What a certificate says of itself, read from its bytes alone: whom the records are held against (8.2)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from inro.pki.der import EncodingRefused
from inro.pki.issuer import UNDECODABLE, tbs_parts
from inro.pki.names import organization_identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedFacts:
    """A certificate's own word; `serial` is 20 octets in hexadecimal, absent names are empty."""

    serial: str
    not_before: datetime
    not_after: datetime
    organization: str
    corporate_number: str
    public_key_sha256: str


def certified_facts(certificate: bytes) -> CertifiedFacts:
    """Return what a certificate (DER) says.

    Raises: EncodingRefused for bytes that are no certificate.
    """
    try:
        parsed = x509.load_der_x509_certificate(certificate)
        name = _alternative_name(parsed)
        return CertifiedFacts(
            serial=f"{parsed.serial_number:040x}",
            not_before=parsed.not_valid_before_utc,
            not_after=parsed.not_valid_after_utc,
            organization=_text(name, NameOID.ORGANIZATION_NAME),
            corporate_number=_text(name, NameOID.ORGANIZATION_IDENTIFIER).removeprefix(_REGISTER),
            public_key_sha256=hashlib.sha256(tbs_parts(certificate).public_key_info).hexdigest(),
        )
    except UNDECODABLE as error:
        raise EncodingRefused(problem=f"not a certificate: {error}", offset=0) from error


_REGISTER = organization_identifier("")


def _alternative_name(parsed: x509.Certificate) -> x509.Name:
    try:
        names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return x509.Name([])
    return next((one.value for one in names if isinstance(one, x509.DirectoryName)), x509.Name([]))


def _text(name: x509.Name, kind: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(kind)
    return str(found[0].value) if found else ""
