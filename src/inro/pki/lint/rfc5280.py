"""Lint rules of RFC 5280 that a reading of the bytes alone cannot decide: they need profile and issuer."""

from collections.abc import Iterator
from datetime import date

from cryptography import x509

from inro.pki.crl import REASON_CODES
from inro.pki.draft import key_identifier
from inro.pki.lint.registry import Register
from inro.pki.lint.structures import CertificateStructure, ListStructure
from inro.pki.profile import ProfileKind
from inro.pki.serial import is_proper_serial
from inro.pki.signature import AlgorithmNotPermitted, rsa_public_key

PUBLISHED = date(2008, 5, 1)

CERTIFICATE: Register[CertificateStructure] = Register("rfc5280")
LIST: Register[ListStructure] = Register("rfc5280")

_SUBSCRIBER_EXTENSIONS = {"2.5.29.35", "2.5.29.14", "2.5.29.15", "2.5.29.32", "2.5.29.17", "2.5.29.31"}
_AIA = "1.3.6.1.5.5.7.1.1"
_CA_EXTENSIONS = {"2.5.29.35", "2.5.29.14", "2.5.29.15", "2.5.29.19", "2.5.29.31"}
_LIST_EXTENSIONS = {"2.5.29.35", "2.5.29.20", "2.5.29.28"}
_REASONS = {
    code: x509.ReasonFlags(name)
    for code, name in {
        1: "keyCompromise",
        2: "cACompromise",
        3: "affiliationChanged",
        4: "superseded",
        5: "cessationOfOperation",
        9: "privilegeWithdrawn",
    }.items()
}


@CERTIFICATE.rule("serial", clause="RFC 5280 4.1.2.2", effective=PUBLISHED)
def proper_serial(structure: CertificateStructure) -> Iterator[str]:
    """Serial numbers have twenty octets and are positive."""
    if not is_proper_serial(structure.certificate.serial_number):
        yield f"{structure.certificate.serial_number.bit_length()} bits"


@CERTIFICATE.rule("issuer_name", clause="RFC 5280 4.1.2.4", effective=PUBLISHED)
def issuer_name(structure: CertificateStructure) -> Iterator[str]:
    """The issuer is written byte for byte as the CA's subject."""
    wanted = structure.parts.subject if structure.issuer is None else structure.issuer.name
    if structure.parts.issuer != wanted:
        yield "differs from the CA's subject"


@CERTIFICATE.rule("inner_algorithm", clause="RFC 5280 4.1.1.2", effective=PUBLISHED)
def inner_algorithm(structure: CertificateStructure) -> Iterator[str]:
    """The algorithm inside and outside the signed bytes is one."""
    if structure.parts.algorithm != structure.outer_algorithm:
        yield "inner and outer algorithm differ"


@CERTIFICATE.rule("authority_key", clause="RFC 5280 4.2.1.1", effective=PUBLISHED)
def authority_key(structure: CertificateStructure) -> Iterator[str]:
    """The authority key identifier is the CA's subject key identifier, and not critical."""
    found = structure.extension(x509.AuthorityKeyIdentifier)
    wanted = key_identifier(structure.parts.public_key_info).digest if structure.issuer is None else None
    if structure.issuer is not None:
        wanted = structure.issuer.key_identifier
    if found is None or found.critical or found.value.key_identifier != wanted:
        yield "missing, critical, or another key's"


@CERTIFICATE.rule("subject_key", clause="RFC 5280 4.2.1.2", effective=PUBLISHED)
def subject_key(structure: CertificateStructure) -> Iterator[str]:
    """The subject key identifier is the SHA-1 of the key."""
    found = structure.extension(x509.SubjectKeyIdentifier)
    try:
        wanted = key_identifier(structure.parts.public_key_info)
    except AlgorithmNotPermitted:
        return
    if found is None or found.critical or found.value.digest != wanted.digest:
        yield "missing, critical, or not of this key"


@CERTIFICATE.rule("key", clause="RFC 5280 4.1.2.7", effective=PUBLISHED)
def profile_key(structure: CertificateStructure) -> Iterator[str]:
    """The key is RSA, of a size of the profile, with the exponent 65537."""
    try:
        key = rsa_public_key(structure.parts.public_key_info)
    except AlgorithmNotPermitted as error:
        yield error.identifier
        return
    if key.key_size not in structure.profile.key_bits:
        yield f"{key.key_size} bits"
    if key.public_numbers().e != 65537:
        yield "exponent"


@CERTIFICATE.rule("issuer_validity", clause="RFC 5280 4.1.2.5", effective=PUBLISHED)
def issuer_validity(structure: CertificateStructure) -> Iterator[str]:
    """Validity lies within the CA certificate's."""
    issuer, certificate = structure.issuer, structure.certificate
    if issuer is None:
        return
    if certificate.not_valid_before_utc < issuer.not_before:
        yield "begins before the CA's"
    if certificate.not_valid_after_utc > issuer.not_after:
        yield "ends after the CA's"


@CERTIFICATE.rule("extensions", clause="RFC 5280 4.2", effective=PUBLISHED)
def profile_extensions(structure: CertificateStructure) -> Iterator[str]:
    """The extensions are those of the profile, no more and no fewer."""
    found = {extension.oid.dotted_string for extension in structure.extensions}
    is_ca = structure.profile.kind is ProfileKind.CA
    wanted = _CA_EXTENSIONS if is_ca else _SUBSCRIBER_EXTENSIONS | {_AIA}
    yield from (f"{oid} is not in the profile" for oid in sorted(found - wanted))
    yield from (f"{oid} is missing" for oid in sorted(wanted - found))


@CERTIFICATE.rule("ca_constraints", clause="RFC 5280 4.2.1.9", effective=PUBLISHED)
def ca_constraints(structure: CertificateStructure) -> Iterator[str]:
    """A CA says so critically, with path length 0, and signs certificates and lists only."""
    if structure.profile.kind is not ProfileKind.CA:
        return
    constraints = structure.extension(x509.BasicConstraints)
    if constraints is None or not (constraints.critical and constraints.value.ca):
        yield "no critical basic constraints of a CA"
    elif constraints.value.path_length != 0:
        yield "path length"
    usage = structure.extension(x509.KeyUsage)
    if usage is None or not usage.critical:
        yield "no critical key usage"
    elif not (usage.value.key_cert_sign and usage.value.crl_sign) or usage.value.digital_signature:
        yield "key usage"


@LIST.rule("list_issuer", clause="RFC 5280 5.1.2.3", effective=PUBLISHED)
def list_issuer(structure: ListStructure) -> Iterator[str]:
    """The list is issued by the CA, byte for byte, and names its key."""
    if structure.certificate_list.issuer.public_bytes() != structure.issuer.name:
        yield "another issuer"
    found = structure.extension(x509.AuthorityKeyIdentifier)
    if found is None or found.value.key_identifier != structure.issuer.key_identifier:
        yield "no authority key identifier, or another key's"


@LIST.rule("list_number", clause="RFC 5280 5.2.3", effective=PUBLISHED)
def list_number(structure: ListStructure) -> Iterator[str]:
    """The list has a positive number of at most twenty octets."""
    found = structure.extension(x509.CRLNumber)
    if found is None or found.critical or not 0 < found.value.crl_number < 1 << 159:
        yield "missing, critical, or out of bounds"


@LIST.rule("list_extensions", clause="RFC 5280 5.2", effective=PUBLISHED)
def list_extensions(structure: ListStructure) -> Iterator[str]:
    """The list has no extension beyond key identifier, number and distribution point."""
    found = {extension.oid.dotted_string for extension in structure.extensions}
    yield from (f"{oid} is not in the profile" for oid in sorted(found - _LIST_EXTENSIONS))


@LIST.rule("list_entries", clause="RFC 5280 5.3", effective=PUBLISHED)
def list_entries(structure: ListStructure) -> Iterator[str]:
    """Entries are unique, lie not in the future, and give a permitted reason or none."""
    seen: set[int] = set()
    for entry in structure.certificate_list:
        serial = f"{entry.serial_number:x}"
        if entry.serial_number in seen:
            yield f"{serial} twice"
        seen.add(entry.serial_number)
        if entry.revocation_date_utc > structure.certificate_list.last_update_utc:
            yield f"{serial} revoked after thisUpdate"
        yield from (f"{serial}: {problem}" for problem in _entry_problems(entry))


def _entry_problems(entry: x509.RevokedCertificate) -> Iterator[str]:
    for extension in entry.extensions:
        value = extension.value
        if not isinstance(value, x509.CRLReason):
            yield f"extension {extension.oid.dotted_string}"
        elif extension.critical or value.reason not in (_REASONS[code] for code in REASON_CODES):
            yield f"reason {value.reason.value}"
