"""The responder's certificate: a key that may answer for the CA, and for nothing else (RFC 6960 4.2.2.2).

It lives shortly and says that nobody need ask whether it is revoked (id-pkix-ocsp-nocheck).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from inro.pki import der
from inro.pki.assemble import AssemblyRefused, join_verified
from inro.pki.draft import Draft, DraftRefused, key_identifier, key_usage
from inro.pki.finding import Finding, Severity
from inro.pki.issuer import UNDECODABLE, Issuer, tbs_parts
from inro.pki.lint.peer import peer_certificate_findings
from inro.pki.names import COUNTRY, encode_name
from inro.pki.ocsp_profile import OcspProfile
from inro.pki.ocsp_request import key_bits
from inro.pki.serial import is_proper_serial
from inro.pki.signature import SignatureAlgorithm, rsa_public_key
from inro.pki.throwaway import throwaway_key
from inro.pki.validity import is_whole_second

_SECOND = timedelta(seconds=1)


class ResponderRefused(Exception):
    """A certificate by which nobody may answer for this CA now; `problem` says why."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderParticulars:
    """What one responder certificate says beyond its profile."""

    public_key_info: bytes
    serial: int
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """A responder certificate (DER) that was verified, and what answers take from it."""

    certificate: bytes
    public_key_info: bytes
    not_before: datetime
    not_after: datetime

    @property
    def responder_id(self) -> bytes:
        """The ResponderID byKey, DER (RFC 6960 4.2.2.3)."""
        digest = hashlib.sha1(key_bits(self.public_key_info), usedforsecurity=False).digest()
        return der.encode(0xA2, der.encode(der.OCTET_STRING, digest))


def responder_particulars(
    *, public_key_info: bytes, serial: int, now: datetime, profile: OcspProfile, issuer: Issuer
) -> ResponderParticulars:
    """Return what the next responder certificate says; both ends of a validity count, hence the second."""
    not_before = now.replace(microsecond=0)
    return ResponderParticulars(
        public_key_info=public_key_info,
        serial=serial,
        not_before=not_before,
        not_after=min(not_before + profile.life - _SECOND, issuer.not_after),
    )


def draft_responder(*, particulars: ResponderParticulars, profile: OcspProfile, issuer: Issuer) -> Draft:
    """Draft a responder certificate.

    Raises: DraftRefused; AlgorithmNotPermitted (12.8).
    """
    _check(particulars, profile, issuer)
    builder = (
        x509.CertificateBuilder()
        .serial_number(particulars.serial)
        .issuer_name(issuer.x509_name)
        .subject_name(_subject(issuer))
        .not_valid_before(particulars.not_before)
        .not_valid_after(particulars.not_after)
        .public_key(rsa_public_key(particulars.public_key_info))
    )
    for extension, critical in _extensions(particulars, issuer):
        builder = builder.add_extension(extension, critical=critical)
    signed = builder.sign(throwaway_key(), profile.signature_algorithm.hash)
    return Draft(tbs=signed.tbs_certificate_bytes, certificate=signed.public_bytes(Encoding.DER))


def lint_responder(
    *, certificate: bytes, particulars: ResponderParticulars, issuer: Issuer
) -> tuple[Finding, ...]:
    """Lint a drafted responder certificate: pkilint, and every field against what was asked for."""
    differing = tuple(
        Finding(code=f"ocsp.{field}", severity=Severity.ERROR, clause="RFC 6960 4.2.2.2", detail="differs")
        for field in _differing(certificate, particulars, issuer)
    )
    return (*peer_certificate_findings(certificate), *differing)


def assemble_responder(
    *, tbs: bytes, signature: bytes, particulars: ResponderParticulars, issuer: Issuer
) -> bytes:
    """Return the certificate (DER), its signature verified and every field compared.

    Raises: AssemblyRefused.
    """
    certificate = join_verified(tbs, signature, issuer.public_key_info, position=2)
    for field in _differing(certificate, particulars, issuer):
        raise AssemblyRefused(field=field, problem="is not what was asked for")
    return certificate


def responder_of(*, certificate: bytes, issuer: Issuer, public_key_info: bytes, now: datetime) -> Responder:
    """Read a responder certificate that this CA signed for this key and that is in force at `now`.

    Raises: ResponderRefused.
    """
    try:
        join_verified(*_tbs_and_signature(certificate), issuer.public_key_info, position=2)
        read = x509.load_der_x509_certificate(certificate)
        usage = read.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        parts = tbs_parts(certificate)
    except (*UNDECODABLE, x509.ExtensionNotFound, AssemblyRefused) as error:
        raise ResponderRefused(problem=f"not a responder's certificate of this CA: {error}") from error
    if parts.issuer != issuer.name or ExtendedKeyUsageOID.OCSP_SIGNING not in usage:
        raise ResponderRefused(problem="not a certificate that may answer for this CA")
    if parts.public_key_info != public_key_info:
        raise ResponderRefused(problem="of another key than this token's")
    if not read.not_valid_before_utc <= now <= read.not_valid_after_utc:
        raise ResponderRefused(problem=f"in force until {read.not_valid_after_utc.isoformat()} only")
    return Responder(
        certificate=certificate,
        public_key_info=public_key_info,
        not_before=read.not_valid_before_utc,
        not_after=read.not_valid_after_utc,
    )


def _tbs_and_signature(certificate: bytes) -> tuple[bytes, bytes]:
    parts = der.split_signed(certificate)
    return bytes(parts.tbs), parts.signature


def _subject(issuer: Issuer) -> x509.Name:
    organization = issuer.x509_name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    pairs = [(NameOID.COUNTRY_NAME, COUNTRY)]
    pairs += [(NameOID.ORGANIZATION_NAME, str(name.value)) for name in organization]
    pairs.append((NameOID.COMMON_NAME, "OCSP Responder"))
    return x509.Name.from_bytes(encode_name(pairs))


def _extensions(particulars: ResponderParticulars, issuer: Issuer) -> list[tuple[x509.ExtensionType, bool]]:
    return [
        (x509.AuthorityKeyIdentifier(issuer.key_identifier, None, None), False),
        (key_identifier(particulars.public_key_info), False),
        (key_usage(frozenset({"digitalSignature"})), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), True),
        (x509.OCSPNoCheck(), False),
    ]


def _differing(certificate: bytes, particulars: ResponderParticulars, issuer: Issuer) -> list[str]:
    read, parts = x509.load_der_x509_certificate(certificate), tbs_parts(certificate)
    expected = {
        "serial": (read.serial_number, particulars.serial),
        "signature_algorithm": (parts.algorithm, SignatureAlgorithm.SHA256.identifier),
        "issuer": (parts.issuer, issuer.name),
        "subject": (parts.subject, _subject(issuer).public_bytes()),
        "not_before": (read.not_valid_before_utc, particulars.not_before),
        "not_after": (read.not_valid_after_utc, particulars.not_after),
        "public_key_info": (parts.public_key_info, particulars.public_key_info),
        "extensions": (
            [(each.oid, each.critical, each.value.public_bytes()) for each in read.extensions],
            [
                (value.oid, critical, value.public_bytes())
                for value, critical in _extensions(particulars, issuer)
            ],
        ),
    }
    return [field for field, (found, wanted) in expected.items() if found != wanted]


def _check(particulars: ResponderParticulars, profile: OcspProfile, issuer: Issuer) -> None:
    if not is_proper_serial(particulars.serial):
        raise DraftRefused(field="serial", problem="not twenty octets", clause="RFC 5280 4.1.2.2")
    if rsa_public_key(particulars.public_key_info).key_size not in profile.key_bits:
        raise DraftRefused(field="public_key_info", problem="not a size of the profile", clause="12.8")
    if particulars.public_key_info == issuer.public_key_info:
        raise DraftRefused(field="public_key_info", problem="the CA's own key", clause="RFC 6960 4.2.2.2")
    start, end = particulars.not_before, particulars.not_after
    if not (is_whole_second(start) and is_whole_second(end) and start < end < start + profile.life):
        raise DraftRefused(field="not_after", problem="not the profile's life", clause="RFC 6960 4.2.2.2.1")
    if start < issuer.not_before or end > issuer.not_after:
        problem = "outside the CA certificate's validity"
        raise DraftRefused(field="not_after", problem=problem, clause="RFC 5280 6.1")
