"""Draft of a subscriber certificate: the bytes that are linted and then signed by the CA (17.1, 8.2, 6.1)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID

from inro.pki.issuer import Issuer
from inro.pki.names import alternative_name, name_problems, subject_name
from inro.pki.profile import CertificatePolicy, Profile, ProfileKind
from inro.pki.repository import UNDIVIDED, PointNames, PublishedNames, crl_point, published_names
from inro.pki.serial import is_proper_serial
from inro.pki.signature import rsa_public_key
from inro.pki.throwaway import throwaway_key
from inro.pki.validity import validity_problems
from inro.practice.content import CertifiedContent


class DraftRefused(Exception):
    """A certificate or list that may not be drafted; `field` names what, `clause` the rule."""

    def __init__(self, *, field: str, problem: str, clause: str) -> None:
        super().__init__(field, problem, clause)
        self.field = field
        self.problem = problem
        self.clause = clause

    def __str__(self) -> str:
        return f"{self.field}: {self.problem} ({self.clause})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a certificate says beyond its profile: approved content, key (DER), serial, validity (UTC).

    `partition` is the part of the CRL that covers it, for as long as it lives.
    """

    content: CertifiedContent
    public_key_info: bytes
    serial: int
    issued_at: datetime
    not_after: datetime
    partition: int = UNDIVIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The bytes to be signed, and the same bytes under a throwaway signature, for linters only (both DER)."""

    tbs: bytes
    certificate: bytes

    @property
    def tbs_sha256(self) -> str:
        """The SHA-256 of the bytes to be signed, lower-case hex."""
        return hashlib.sha256(self.tbs).hexdigest()


def draft_certificate(
    *, particulars: Particulars, examination_ended_at: datetime, profile: Profile, issuer: Issuer
) -> Draft:
    """Draft a subscriber's certificate (8.2, 17.1).

    Raises: DraftRefused when content, key, serial or validity break a rule; AlgorithmNotPermitted (12.8).
    """
    if profile.kind is not ProfileKind.SUBSCRIBER:
        raise DraftRefused(field="profile", problem="not a subscriber profile", clause="17.1")
    _check_last_gate(particulars, examination_ended_at, issuer)
    for field, problem, clause in name_problems(particulars.content):
        raise DraftRefused(field=field, problem=problem, clause=clause)
    if rsa_public_key(particulars.public_key_info).key_size not in profile.key_bits:
        raise DraftRefused(field="public_key_info", problem="not a size of the profile", clause="12.8")
    builder = _fields(particulars, issuer)
    for extension, critical in subscriber_extensions(particulars, profile=profile, issuer=issuer):
        builder = builder.add_extension(extension, critical=critical)
    return sign_draft(builder, profile)


def sign_draft(builder: x509.CertificateBuilder, profile: Profile) -> Draft:
    """Fix the bytes of a certificate by a throwaway signature."""
    signed = builder.sign(throwaway_key(), profile.signature_algorithm.hash)
    return Draft(tbs=signed.tbs_certificate_bytes, certificate=signed.public_bytes(Encoding.DER))


def _check_last_gate(particulars: Particulars, examination_ended_at: datetime, issuer: Issuer) -> None:
    issued_at, not_after = particulars.issued_at, particulars.not_after
    for problem in validity_problems(
        issued_at=issued_at, not_after=not_after, examination_ended_at=examination_ended_at
    ):
        raise DraftRefused(field="not_after", problem=problem, clause="6.1")
    if issued_at < issuer.not_before or not_after > issuer.not_after:
        raise DraftRefused(field="not_after", problem="outside the CA certificate's validity", clause="6.1")
    if not is_proper_serial(particulars.serial):
        raise DraftRefused(field="serial", problem="not twenty octets", clause="RFC 5280 4.1.2.2")


def _fields(particulars: Particulars, issuer: Issuer) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .serial_number(particulars.serial)
        .issuer_name(issuer.x509_name)
        .subject_name(subject_name(particulars.content))
        .not_valid_before(particulars.issued_at)
        .not_valid_after(particulars.not_after)
        .public_key(rsa_public_key(particulars.public_key_info))
    )


def subscriber_extensions(
    particulars: Particulars, *, profile: Profile, issuer: Issuer
) -> list[tuple[x509.ExtensionType, bool]]:
    """Return the extensions of a subscriber certificate, each with its criticality, in their order."""
    names = published_names(repository=profile.repository, issuer_name=issuer.name)
    point = crl_point(repository=profile.repository, issuer_name=issuer.name, partition=particulars.partition)
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.AuthorityKeyIdentifier(issuer.key_identifier, None, None), False),
        (key_identifier(particulars.public_key_info), False),
        (key_usage(profile.key_usage), True),
        (_alternative_name(particulars.content), False),
        (crl_distribution_points(point), False),
        (_information_access(names), False),
    ]
    if profile.policy is not None:
        extensions.insert(3, (_policies(profile.policy), profile.policy.critical))
    return extensions


def key_identifier(public_key_info: bytes) -> x509.SubjectKeyIdentifier:
    """Return the SHA-1 key identifier (RFC 5280 4.2.1.2 (1))."""
    return x509.SubjectKeyIdentifier.from_public_key(rsa_public_key(public_key_info))


def key_usage(bits: frozenset[str]) -> x509.KeyUsage:
    """Return the key usage of RFC 5280 names (RFC 5280 4.2.1.3, 5.3)."""
    return x509.KeyUsage(
        digital_signature="digitalSignature" in bits,
        content_commitment="nonRepudiation" in bits,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign="keyCertSign" in bits,
        crl_sign="cRLSign" in bits,
        encipher_only=False,
        decipher_only=False,
    )


def crl_distribution_points(point: PointNames) -> x509.CRLDistributionPoints:
    """Return one point with all its names (4(6), RFC 5280 4.2.1.13)."""
    return x509.CRLDistributionPoints([x509.DistributionPoint(point.general_names(), None, None, None)])


def _alternative_name(content: CertifiedContent) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.DirectoryName(alternative_name(content))])


def _information_access(names: PublishedNames) -> x509.AuthorityInformationAccess:
    kinds = AuthorityInformationAccessOID
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(method, x509.UniformResourceIdentifier(address))
            for method, address in ((kinds.OCSP, names.ocsp), (kinds.CA_ISSUERS, names.ca_certificate_http))
        ]
    )


def _policies(policy: CertificatePolicy) -> x509.CertificatePolicies:
    qualifiers: list[str | x509.UserNotice] = [policy.cps_uri, x509.UserNotice(None, policy.notice)]
    return x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(policy.oid), qualifiers)])
