"""The CA as an issuer: what certificates and lists take from its certificate (RFC 5280 4.1.2.4, 4.2.1.1)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from inro.pki import der
from inro.pki.signature import AlgorithmNotPermitted, rsa_public_key

# What the library raises for bytes that are no certificate or list; ValueError alone is not enough.
UNDECODABLE = (
    ValueError,
    TypeError,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


class IssuerRefused(Exception):
    """A certificate that is not one a CA issues with; `problem` says why."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A CA certificate (DER) and what is read from it; `name` is a Name in DER, `sha256` lower-case hex."""

    certificate: bytes
    name: bytes
    key_identifier: bytes
    public_key_info: bytes
    not_before: datetime
    not_after: datetime
    sha256: str

    @property
    def x509_name(self) -> x509.Name:
        """The issuer's name as a value."""
        return x509.Name.from_bytes(self.name)


def issuer_of(certificate: bytes) -> Issuer:
    """Read the issuer's identity from its CA certificate (DER).

    Raises: IssuerRefused if the certificate is broken or not one that signs certificates and lists.
    """
    try:
        ca = x509.load_der_x509_certificate(certificate)
        constraints = ca.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = ca.extensions.get_extension_for_class(x509.KeyUsage).value
        identifier = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    except (*UNDECODABLE, x509.ExtensionNotFound) as error:
        raise IssuerRefused(problem=f"not a CA certificate: {error}") from error
    if not (constraints.ca and usage.key_cert_sign and usage.crl_sign):
        raise IssuerRefused(problem="not a certificate that signs certificates and lists")
    try:
        parts = tbs_parts(certificate)
        rsa_public_key(parts.public_key_info)
    except (AlgorithmNotPermitted, der.EncodingRefused) as error:
        raise IssuerRefused(problem=f"not an RSA key: {error}") from error
    return Issuer(
        certificate=certificate,
        name=parts.subject,
        key_identifier=identifier.digest,
        public_key_info=parts.public_key_info,
        not_before=ca.not_valid_before_utc,
        not_after=ca.not_valid_after_utc,
        sha256=hashlib.sha256(certificate).hexdigest(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TbsParts:
    """The encoded fields of a certificate as they stand in its bytes."""

    algorithm: bytes
    issuer: bytes
    subject: bytes
    public_key_info: bytes


def tbs_parts(certificate: bytes) -> TbsParts:
    """Cut the encoded fields out of a version 3 certificate (RFC 5280 4.1.2).

    Raises: EncodingRefused.
    """
    tbs = bytes(der.split_signed(certificate).tbs)
    fields = list(der.children(tbs, der.read_whole(tbs, der.SEQUENCE)))
    if len(fields) < 7 or fields[0].tag != 0xA0:
        raise der.EncodingRefused(problem="not a version 3 certificate", offset=0)
    _, _, algorithm, issuer, _, subject, key = (tbs[field.start : field.end] for field in fields[:7])
    return TbsParts(algorithm=algorithm, issuer=issuer, subject=subject, public_key_info=key)
