"""Lint rules from what verifiers were seen to stumble over; no other linter has them (4(6), 26.1, 39.4)."""

from collections.abc import Iterable, Iterator
from datetime import date

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from inro.pki import der
from inro.pki.crl import ListKind, list_point
from inro.pki.finding import Severity
from inro.pki.lint.registry import Register
from inro.pki.lint.structures import CertificateStructure, ListStructure, encoded_texts
from inro.pki.profile import ProfileKind
from inro.pki.repository import PointNames, arl_point, crl_point, published_names

UTF8_DEADLINE = date(2004, 1, 1)

CERTIFICATE: Register[CertificateStructure] = Register("interoperability")
LIST: Register[ListStructure] = Register("interoperability")

_COUNTRY, _SERIAL_NUMBER = bytes.fromhex("550406"), bytes.fromhex("550405")


@CERTIFICATE.rule("utf8_string", clause="RFC 5280 4.1.2.4", effective=UTF8_DEADLINE)
def utf8_string(structure: CertificateStructure) -> Iterator[str]:
    """Names are UTF8String; country and serial number alone are PrintableString."""
    names = (structure.parts.issuer, structure.parts.subject, structure.alternative.public_bytes())
    for text in (text for name in names for text in encoded_texts(name)):
        wanted = der.PRINTABLE_STRING if text.kind in (_COUNTRY, _SERIAL_NUMBER) else der.UTF8_STRING
        if text.tag != wanted:
            yield f"tag {text.tag:#04x} in {text.kind.hex()}"


@CERTIFICATE.rule("mojibake", clause="8.7", effective=UTF8_DEADLINE)
def mojibake(structure: CertificateStructure) -> Iterator[str]:
    """No text is UTF-8 read as Latin-1 and encoded again, holds a replacement or a control character."""
    for attribute in (*structure.subject, *structure.alternative):
        text = str(attribute.value)
        if _is_twice_encoded(text) or any(
            c == "\ufffd" or ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in text
        ):
            yield f"{attribute.oid.dotted_string}: {text!r}"


def _is_twice_encoded(text: str) -> bool:
    for codec in ("latin-1", "cp1252"):
        try:
            again = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if again != text:
            return True
    return False


@CERTIFICATE.rule("distribution_point", clause="4(6)", effective=UTF8_DEADLINE)
def distribution_point(structure: CertificateStructure) -> Iterator[str]:
    """One distribution point carries every name of the list that covers the certificate."""
    found = structure.extension(x509.CRLDistributionPoints)
    points = list(found.value) if found is not None else []
    if found is None or found.critical or len(points) != 1:
        yield "not one distribution point, not critical"
        return
    if points[0].reasons is not None or points[0].crl_issuer is not None:
        yield "reasons or an indirect issuer"
    repository, issuer_name = structure.profile.repository, structure.parts.issuer
    if structure.profile.kind is ProfileKind.CA:
        point = arl_point(repository=repository, issuer_name=issuer_name)
    else:
        point = crl_point(repository=repository, issuer_name=issuer_name, partition=structure.partition)
    yield from _name_problems(points[0].full_name or [], point)


@CERTIFICATE.rule("information_access", clause="4(6)", effective=UTF8_DEADLINE)
def information_access(structure: CertificateStructure) -> Iterator[str]:
    """A subscriber certificate says where the responder and the CA certificate are."""
    if structure.profile.kind is ProfileKind.CA:
        return
    found = structure.extension(x509.AuthorityInformationAccess)
    names = published_names(repository=structure.profile.repository, issuer_name=structure.parts.issuer)
    wanted = [
        (AuthorityInformationAccessOID.OCSP, names.ocsp),
        (AuthorityInformationAccessOID.CA_ISSUERS, names.ca_certificate_http),
    ]
    descriptions = [] if found is None or found.critical else list(found.value)
    if [(entry.access_method, entry.access_location.value) for entry in descriptions] != wanted:
        yield "missing, critical, or other addresses"


@CERTIFICATE.rule("alternative_critical", clause="RFC 5280 4.2.1.6", effective=UTF8_DEADLINE)
def alternative_critical(structure: CertificateStructure) -> Iterator[str]:
    """The SubjectAltName is not critical beside a subject."""
    found = structure.extension(x509.SubjectAlternativeName)
    if found is not None and found.critical:
        yield "critical"


@CERTIFICATE.rule("policies_critical", clause="5.3", effective=UTF8_DEADLINE, severity=Severity.WARNING)
def policies_critical(structure: CertificateStructure) -> Iterator[str]:
    """Java and NSS refuse critical certificate policies that carry qualifiers."""
    found = structure.extension(x509.CertificatePolicies)
    if found is not None and found.critical:
        yield "critical"


@LIST.rule("idp_absent", clause="39.4", effective=UTF8_DEADLINE)
def full_list_without_idp(structure: ListStructure) -> Iterator[str]:
    """The full CRL has no IssuingDistributionPoint, the other two have one."""
    found = structure.extension(x509.IssuingDistributionPoint)
    if (found is None) != (structure.kind is ListKind.FULL_CRL):
        yield "present" if found is not None else "absent"


@LIST.rule("idp_critical", clause="RFC 5280 5.2.5", effective=UTF8_DEADLINE)
def idp_critical(structure: ListStructure) -> Iterator[str]:
    """An IssuingDistributionPoint is critical: who does not know it must not take the list for complete."""
    found = structure.extension(x509.IssuingDistributionPoint)
    if found is not None and not found.critical:
        yield "not critical"


@LIST.rule("idp_scope", clause="39.4", effective=UTF8_DEADLINE)
def idp_scope(structure: ListStructure) -> Iterator[str]:
    """Exactly one onlyContains flag is set, the one of the list's kind, and nothing narrows it further."""
    found = structure.extension(x509.IssuingDistributionPoint)
    if found is None:
        return
    value = found.value
    flags = {
        ListKind.CRL: value.only_contains_user_certs,
        ListKind.ARL: value.only_contains_ca_certs,
        None: value.only_contains_attribute_certs,
    }
    if [kind for kind, is_set in flags.items() if is_set] != [structure.kind]:
        yield "onlyContains flags are not the one of this list"
    if value.indirect_crl or value.only_some_reasons is not None:
        yield "indirect, or some reasons only"


@LIST.rule("idp_names", clause="4(6)", effective=UTF8_DEADLINE)
def idp_names(structure: ListStructure) -> Iterator[str]:
    """The IssuingDistributionPoint carries the names that certificates point to."""
    found = structure.extension(x509.IssuingDistributionPoint)
    if found is None:
        return
    point = list_point(
        kind=structure.kind,
        partition=structure.partition,
        profile=structure.profile,
        issuer=structure.issuer,
    )
    yield from _name_problems(found.value.full_name or [], point)


def _name_problems(found: Iterable[x509.GeneralName], point: PointNames) -> Iterator[str]:
    if list(found) != point.general_names():
        yield "names are not those of the repository"
