"""Lint rules of the terms of service (5.3, 5.4, 6.1, 8.2, 8.7, 12.8, 26.2, 42.4)."""

from collections.abc import Iterator
from datetime import date, timedelta

from cryptography import x509
from cryptography.x509.oid import NameOID

from inro.pki.lint.registry import Register
from inro.pki.lint.structures import CertificateStructure, ListStructure
from inro.pki.names import DESCRIPTION, is_jis_x_0208, is_printable
from inro.pki.signature import AlgorithmNotPermitted, algorithm_of
from inro.pki.validity import LONGEST_YEARS, is_month_end, is_within_years

FIRST_EDITION = date(2021, 4, 14)

SUBSCRIBER: Register[CertificateStructure] = Register("terms")
CERTIFICATE: Register[CertificateStructure] = Register("terms")
LIST: Register[ListStructure] = Register("terms")

_NOT_JAPANESE = {NameOID.COUNTRY_NAME, NameOID.ORGANIZATION_IDENTIFIER}
_OF_ORGANIZATION = (
    NameOID.ORGANIZATION_IDENTIFIER,
    NameOID.STATE_OR_PROVINCE_NAME,
    NameOID.LOCALITY_NAME,
    NameOID.STREET_ADDRESS,
    NameOID.ORGANIZATIONAL_UNIT_NAME,
    DESCRIPTION,
)


@SUBSCRIBER.rule("month_end", clause="6.1", effective=FIRST_EDITION)
def month_end(structure: CertificateStructure) -> Iterator[str]:
    """Validity ends at 23:59:59 JST on the last day of a month."""
    end = structure.certificate.not_valid_after_utc
    if not is_month_end(end):
        yield end.isoformat()


@SUBSCRIBER.rule("five_years", clause="6.1", effective=FIRST_EDITION)
def five_years(structure: CertificateStructure) -> Iterator[str]:
    """Validity ends within five years of the examination, which was not after the issue."""
    begin, end = structure.certificate.not_valid_before_utc, structure.certificate.not_valid_after_utc
    start = min(begin, structure.examination_ended_at or begin)
    if not is_within_years(start=start, end=end, years=LONGEST_YEARS):
        yield f"{start.isoformat()} to {end.isoformat()}"


@CERTIFICATE.rule("algorithm", clause="12.8", effective=FIRST_EDITION)
def permitted_algorithm(structure: CertificateStructure) -> Iterator[str]:
    """The signature algorithm is one of the three permitted, and the profile's."""
    yield from _algorithm_problems(
        structure.outer_algorithm, structure.profile.signature_algorithm.identifier
    )


@SUBSCRIBER.rule("characters", clause="8.7", effective=FIRST_EDITION)
def jis_characters(structure: CertificateStructure) -> Iterator[str]:
    """Japanese attributes hold characters of JIS X 0208 only."""
    for attribute in structure.alternative:
        if attribute.oid not in _NOT_JAPANESE:
            text = str(attribute.value)
            yield from (f"U+{ord(character):04X}" for character in text if not is_jis_x_0208(character))


@SUBSCRIBER.rule("japanese_name", clause="8.2", effective=FIRST_EDITION)
def japanese_name(structure: CertificateStructure) -> Iterator[str]:
    """The SubjectAltName is one directoryName with one common name, and at most one organization."""
    if len(structure.alternative.get_attributes_for_oid(NameOID.COMMON_NAME)) != 1:
        yield "not one common name in one directoryName"
    if len(structure.alternative.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)) > 1:
        yield "more than one organization"


@SUBSCRIBER.rule("roman_name", clause="8.2", effective=FIRST_EDITION)
def roman_name(structure: CertificateStructure) -> Iterator[str]:
    """The subject has one romanised name and one subscriber id, in PrintableString's characters."""
    for kind in (NameOID.COMMON_NAME, NameOID.SERIAL_NUMBER):
        if len(structure.subject.get_attributes_for_oid(kind)) != 1:
            yield f"not one {kind.dotted_string}"
    for attribute in structure.subject:
        if not is_printable(str(attribute.value)):
            yield f"{attribute.oid.dotted_string} is not romanised"


@SUBSCRIBER.rule("sole_proprietor", clause="8.2", effective=FIRST_EDITION)
def sole_proprietor(structure: CertificateStructure) -> Iterator[str]:
    """Without an organization there is no address of one, no Corporate Number and no authority (5.4)."""
    if structure.alternative.get_attributes_for_oid(NameOID.ORGANIZATION_NAME):
        return
    for kind in _OF_ORGANIZATION:
        if structure.alternative.get_attributes_for_oid(kind):
            yield kind.dotted_string


@SUBSCRIBER.rule("corporate_number", clause="8.2", effective=FIRST_EDITION)
def corporate_number(structure: CertificateStructure) -> Iterator[str]:
    """The Corporate Number is NTRJP- and thirteen digits, the first of which checks the others."""
    for attribute in structure.alternative.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER):
        text = str(attribute.value)
        digits = text.removeprefix("NTRJP-")
        if digits == text or len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
            yield "not NTRJP- and thirteen digits"
        elif not _is_checked(digits):
            yield "check digit"


def _is_checked(digits: str) -> bool:
    weighed = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits[1:])))
    return int(digits[0]) == 9 - weighed % 9


@SUBSCRIBER.rule("use", clause="5.3", effective=FIRST_EDITION)
def signature_only(structure: CertificateStructure) -> Iterator[str]:
    """The key signs and does nothing else, and verifiers must know it."""
    usage = structure.extension(x509.KeyUsage)
    if usage is None or not usage.critical:
        yield "no critical key usage"
        return
    value = usage.value
    if not value.digital_signature:
        yield "no digitalSignature"
    if value.key_cert_sign or value.crl_sign or value.key_encipherment or value.data_encipherment:
        yield "more than signatures"
    if value.key_agreement:
        yield "key agreement"


@SUBSCRIBER.rule("accreditation_notice", clause="42.4", effective=FIRST_EDITION)
def accreditation_notice(structure: CertificateStructure) -> Iterator[str]:
    """The policy says what the certificate is for, and that only the name falls under the accreditation."""
    wanted, found = structure.profile.policy, structure.extension(x509.CertificatePolicies)
    if wanted is None or found is None:
        yield "no certificate policy"
        return
    information = list(found.value)
    if [entry.policy_identifier.dotted_string for entry in information] != [wanted.oid]:
        yield "another policy"
        return
    qualifiers = information[0].policy_qualifiers or []
    notices = [entry.explicit_text for entry in qualifiers if isinstance(entry, x509.UserNotice)]
    if notices != [wanted.notice]:
        yield "the user notice is missing or another"
    if [entry for entry in qualifiers if isinstance(entry, str)] != [wanted.cps_uri]:
        yield "the CPS address is missing or another"


@LIST.rule("list_algorithm", clause="12.8", effective=FIRST_EDITION)
def list_algorithm(structure: ListStructure) -> Iterator[str]:
    """The signature algorithm is one of the three permitted, and the profile's."""
    yield from _algorithm_problems(structure.algorithm, structure.profile.signature_algorithm.identifier)


@LIST.rule("list_lifetime", clause="26.2", effective=FIRST_EDITION)
def list_lifetime(structure: ListStructure) -> Iterator[str]:
    """The next list is due after the 24 hours of renewal and within the profile's hours."""
    due = structure.certificate_list.next_update_utc
    if due is None:
        yield "no nextUpdate"
        return
    lifetime = due - structure.certificate_list.last_update_utc
    if not timedelta(hours=24) < lifetime <= timedelta(hours=structure.profile.lifetime_hours):
        yield str(lifetime)


def _algorithm_problems(identifier: bytes, wanted: bytes) -> Iterator[str]:
    try:
        algorithm = algorithm_of(identifier)
    except AlgorithmNotPermitted as error:
        yield f"not permitted: {error.identifier}"
        return
    if identifier != wanted:
        yield f"{algorithm} is not the profile's"
