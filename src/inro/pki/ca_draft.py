"""Draft of the CA's self-signed certificate, as the ceremony signs it (RFC 5280 4.2.1.9, 5.1)."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from inro.pki.draft import Draft, DraftRefused, crl_distribution_points, key_identifier, key_usage, sign_draft
from inro.pki.names import COUNTRY, encode_name, is_printable
from inro.pki.profile import Profile, ProfileKind
from inro.pki.repository import arl_point
from inro.pki.serial import is_proper_serial
from inro.pki.signature import rsa_public_key
from inro.pki.validity import is_whole_second, is_within_years


@dataclass(frozen=True, slots=True, kw_only=True)
class CaName:
    """The CA's name in Latin letters, at most 64 characters each."""

    organization: str
    common_name: str
    unit: str | None = None

    @property
    def x509_name(self) -> x509.Name:
        """The distinguished name: C, O, OU, CN."""
        pairs = [(NameOID.COUNTRY_NAME, COUNTRY), (NameOID.ORGANIZATION_NAME, self.organization)]
        if self.unit is not None:
            pairs.append((NameOID.ORGANIZATIONAL_UNIT_NAME, self.unit))
        pairs.append((NameOID.COMMON_NAME, self.common_name))
        return x509.Name.from_bytes(encode_name(pairs))


def draft_ca_certificate(
    *,
    name: CaName,
    public_key_info: bytes,
    serial: int,
    not_before: datetime,
    not_after: datetime,
    profile: Profile,
) -> Draft:
    """Draft the self-signed certificate of a CA key that signs certificates and lists.

    Its distribution point names the ARL, so that the CA can be checked against it (39.4).
    Raises: DraftRefused; AlgorithmNotPermitted (12.8).
    """
    if profile.kind is not ProfileKind.CA:
        raise DraftRefused(field="profile", problem="not a CA profile", clause="RFC 5280 4.2.1.9")
    for field in ("organization", "common_name", "unit"):
        text = getattr(name, field)
        if text is not None and not (is_printable(text) and len(text) <= 64):
            problem = "not 1 to 64 characters of PrintableString"
            raise DraftRefused(field=field, problem=problem, clause="RFC 5280 4.1.2.4")
    _check_ca_dates(not_before, not_after, profile)
    if not is_proper_serial(serial):
        raise DraftRefused(field="serial", problem="not twenty octets", clause="RFC 5280 4.1.2.2")
    key = rsa_public_key(public_key_info)
    if key.key_size not in profile.key_bits:
        raise DraftRefused(field="public_key_info", problem="not a size of the profile", clause="12.8")
    builder = (
        x509.CertificateBuilder()
        .serial_number(serial)
        .issuer_name(name.x509_name)
        .subject_name(name.x509_name)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .public_key(key)
    )
    for extension, critical in _extensions(name, public_key_info, profile):
        builder = builder.add_extension(extension, critical=critical)
    return sign_draft(builder, profile)


def _check_ca_dates(not_before: datetime, not_after: datetime, profile: Profile) -> None:
    problem = ""
    if not (is_whole_second(not_before) and is_whole_second(not_after)):
        problem = "not whole seconds of UTC"
    elif not_after <= not_before:
        problem = "ends before it begins"
    elif not is_within_years(start=not_before, end=not_after, years=profile.longest_years):
        problem = f"longer than the profile's {profile.longest_years} years"
    if problem:
        raise DraftRefused(field="not_after", problem=problem, clause="RFC 5280 4.1.2.5")


def _extensions(
    name: CaName, public_key_info: bytes, profile: Profile
) -> list[tuple[x509.ExtensionType, bool]]:
    identifier = key_identifier(public_key_info)
    point = arl_point(repository=profile.repository, issuer_name=name.x509_name.public_bytes())
    return [
        (x509.AuthorityKeyIdentifier(identifier.digest, None, None), False),
        (identifier, False),
        (key_usage(profile.key_usage), True),
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (crl_distribution_points(point), False),
    ]
