"""Makes the corpus of broken certificates and lists: `python -m tests.pki.make_corpus`.

Each case is one file with its bytes, its kind and the codes of the findings expected; each is signed by a CA
whose certificate lies beside them, and which exists nowhere else.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from inro.pki import der
from inro.pki.assemble import assemble_ca_certificate
from inro.pki.crl import ListKind, encode_entry
from inro.pki.draft import subscriber_extensions
from inro.pki.names import DESCRIPTION, alternative_name, is_jis_x_0208, subject_name
from inro.pki.signature import SignatureAlgorithm
from tests.pki import material

SAN_CRITICAL = "pkix.san_extension_is_critical_non_empty_subject"
MIXED = ["pkix.certificate_signature_algorithm_mismatch", "rfc5280.inner_algorithm", "terms.algorithm"]
CORPUS = Path(__file__).parent / "corpus"
Pairs = list[tuple[x509.ObjectIdentifier, str]]


@dataclass
class Parts:
    """A good certificate in parts; a case breaks one of them."""

    subject: x509.Name
    extensions: list[tuple[x509.ExtensionType, bool]]
    serial: int = field(default_factory=lambda: material.serial("subscriber"))
    issuer: x509.Name = field(default_factory=lambda: material.issuer().x509_name)
    not_before: datetime = material.ISSUED
    not_after: datetime = material.NOT_AFTER
    key: rsa.RSAPublicKey = field(default_factory=lambda: material.key("subscriber").public_key())
    hash: HashAlgorithm = field(default_factory=SHA256)

    def replace(
        self, kind: type[x509.ExtensionType], value: x509.ExtensionType | None, critical: bool
    ) -> None:
        """Put another extension in the place of one, or take it away."""
        place = next(i for i, (found, _) in enumerate(self.extensions) if isinstance(found, kind))
        self.extensions[place : place + 1] = [] if value is None else [(value, critical)]


CASES: dict[str, tuple[Callable[[Parts], None], list[str]]] = {}


def case(name: str, *expected: str) -> Callable[[Callable[[Parts], None]], Callable[[Parts], None]]:
    """Enter a way to break a certificate, with the codes expected."""

    def enter(change: Callable[[Parts], None]) -> Callable[[Parts], None]:
        CASES[name] = (change, sorted(expected))
        return change

    return enter


@case("good")
def good(parts: Parts) -> None:
    """Nothing broken."""


@case("month_end_in_utc", "terms.month_end")
def month_end_in_utc(parts: Parts) -> None:
    """Nine hours late: the end of the month in UTC instead of JST."""
    parts.not_after = datetime(2028, 12, 31, 23, 59, 59, tzinfo=UTC)


@case("one_second_too_long", "terms.month_end")
def one_second_too_long(parts: Parts) -> None:
    """Both ends of validity are inclusive."""
    parts.not_after += timedelta(seconds=1)


@case("more_than_five_years", "terms.five_years")
def more_than_five_years(parts: Parts) -> None:
    parts.not_after = datetime(2031, 12, 31, 14, 59, 59, tzinfo=UTC)


@case("after_the_ca", "rfc5280.issuer_validity", "terms.five_years")
def after_the_ca(parts: Parts) -> None:
    parts.not_after = datetime(2046, 12, 31, 14, 59, 59, tzinfo=UTC)


@case("sha384_where_the_profile_says_sha256", "terms.algorithm")
def sha384(parts: Parts) -> None:
    parts.hash = SHA384()


@case("short_serial", "rfc5280.serial")
def short_serial(parts: Parts) -> None:
    parts.serial = 4711


@case("another_issuer", "interoperability.distribution_point", "rfc5280.issuer_name")
def another_issuer(parts: Parts) -> None:
    parts.issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Other CA")])


@case("small_key", "rfc5280.key")
def small_key(parts: Parts) -> None:
    parts.key = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()
    parts.replace(x509.SubjectKeyIdentifier, x509.SubjectKeyIdentifier.from_public_key(parts.key), False)


@case("key_identifier_of_another_key", "rfc5280.subject_key")
def other_identifier(parts: Parts) -> None:
    parts.replace(x509.SubjectKeyIdentifier, x509.SubjectKeyIdentifier(b"0" * 20), False)


@case("authority_key_of_another_ca", "rfc5280.authority_key")
def other_authority(parts: Parts) -> None:
    parts.replace(x509.AuthorityKeyIdentifier, x509.AuthorityKeyIdentifier(b"0" * 20, None, None), False)


@case("encipherment", "terms.use")
def encipherment(parts: Parts) -> None:
    usage = x509.KeyUsage(True, True, True, False, False, False, False, False, False)
    parts.replace(x509.KeyUsage, usage, True)


@case("usage_not_critical", "pkix.key_usage_extension_not_critical", "terms.use")
def usage_not_critical(parts: Parts) -> None:
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    parts.replace(x509.KeyUsage, usage, False)


@case("extended_key_usage", "rfc5280.extensions")
def extended_key_usage(parts: Parts) -> None:
    parts.extensions.append((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False))


@case("policy_missing", "rfc5280.extensions", "terms.accreditation_notice")
def policy_missing(parts: Parts) -> None:
    parts.replace(x509.CertificatePolicies, None, False)


@case("notice_missing", "terms.accreditation_notice")
def notice_missing(parts: Parts) -> None:
    parts.replace(x509.CertificatePolicies, policies([material.profile().policy.cps_uri]), False)


@case("notice_says_something_else", "terms.accreditation_notice")
def notice_changed(parts: Parts) -> None:
    qualifiers = [material.profile().policy.cps_uri, x509.UserNotice(None, "すべて認定の対象です")]
    parts.replace(x509.CertificatePolicies, policies(qualifiers), False)


@case("policies_critical", "interoperability.policies_critical")
def policies_critical(parts: Parts) -> None:
    found = next(value for value, _ in parts.extensions if isinstance(value, x509.CertificatePolicies))
    parts.replace(x509.CertificatePolicies, found, True)


@case("distribution_point_elsewhere", "interoperability.distribution_point")
def point_elsewhere(parts: Parts) -> None:
    name = x509.UniformResourceIdentifier("http://elsewhere.example/crl.crl")
    points = x509.CRLDistributionPoints([x509.DistributionPoint([name], None, None, None)])
    parts.replace(x509.CRLDistributionPoints, points, False)


@case("information_access_missing", "interoperability.information_access", "rfc5280.extensions")
def access_missing(parts: Parts) -> None:
    parts.replace(x509.AuthorityInformationAccess, None, False)


@case("alternative_name_critical", "interoperability.alternative_critical", SAN_CRITICAL)
def alternative_name_critical(parts: Parts) -> None:
    set_alternative(parts, alternative_name(material.content()), critical=True)


@case("sole_proprietor_with_authority", "terms.sole_proprietor")
def sole_proprietor_with_authority(parts: Parts) -> None:
    set_alternative(parts, japanese([(NameOID.COMMON_NAME, "山田　太郎"), (DESCRIPTION, "代理権")]))


@case("sole_proprietor_with_address", "terms.sole_proprietor", "terms.sole_proprietor")
def sole_proprietor_with_address(parts: Parts) -> None:
    pairs = [(NameOID.LOCALITY_NAME, "港区"), (NameOID.COMMON_NAME, "山田"), (NameOID.STREET_ADDRESS, "一")]
    set_alternative(parts, japanese(pairs))


@case("characters_outside_jis_x_0208", "terms.characters", "terms.characters")
def outside_jis(parts: Parts) -> None:
    set_alternative(parts, japanese([(NameOID.COMMON_NAME, "髙橋　𠮷郎")]))


@case("corporate_number_with_a_wrong_check_digit", "terms.corporate_number")
def wrong_check_digit(parts: Parts) -> None:
    number = (NameOID.ORGANIZATION_IDENTIFIER, "NTRJP-8000012050002")
    company = (NameOID.ORGANIZATION_NAME, "見本")
    set_alternative(parts, japanese([company, number, (NameOID.COMMON_NAME, "山田")]))


@case("two_japanese_names", "terms.japanese_name")
def two_names(parts: Parts) -> None:
    set_alternative(parts, japanese([(NameOID.COMMON_NAME, "山田"), (NameOID.COMMON_NAME, "太郎")]))


MOJIBAKE = "山田太郎".encode().decode("latin-1")
WRONG = [character for character in MOJIBAKE if not is_jis_x_0208(character)]


@case("mojibake", *["terms.characters"] * len(WRONG), "interoperability.mojibake")
def mojibake(parts: Parts) -> None:
    """UTF-8 read as Latin-1, as OpenSSL's dirName configuration does it: valid DER, wrong name."""
    set_alternative(parts, japanese([(NameOID.COMMON_NAME, MOJIBAKE)]))


@case("bmp_string", "interoperability.utf8_string")
def bmp_string(parts: Parts) -> None:
    attribute = x509.NameAttribute(NameOID.COMMON_NAME, "山田", _type=x509.name._ASN1Type.BMPString)
    set_alternative(parts, x509.Name([attribute]))


@case("printable_subject", "interoperability.utf8_string")
def printable_subject(parts: Parts) -> None:
    kind = x509.name._ASN1Type.PrintableString
    name = x509.NameAttribute(NameOID.COMMON_NAME, "YAMADA Taro", _type=kind)
    number = x509.NameAttribute(NameOID.SERIAL_NUMBER, "S-0000001")
    parts.subject = x509.Name([name, number])


@case("japanese_subject", "terms.roman_name")
def japanese_subject(parts: Parts) -> None:
    parts.subject = japanese([(NameOID.COMMON_NAME, "山田"), (NameOID.SERIAL_NUMBER, "S-0000001")])


def japanese(pairs: Pairs) -> x509.Name:
    """Return a name of attributes."""
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in pairs])


def policies(qualifiers: list[Any]) -> x509.CertificatePolicies:
    """Return the profile's policy with other qualifiers."""
    oid = x509.ObjectIdentifier(material.profile().policy.oid)
    return x509.CertificatePolicies([x509.PolicyInformation(oid, qualifiers)])


def set_alternative(parts: Parts, name: x509.Name, *, critical: bool = False) -> None:
    """Put another Japanese name into a certificate."""
    value = x509.SubjectAlternativeName([x509.DirectoryName(name)])
    parts.replace(x509.SubjectAlternativeName, value, critical)


def broken_certificate(change: Callable[[Parts], None]) -> bytes:
    """Sign a certificate that is good but for one change."""
    asked = material.particulars()
    parts = Parts(
        subject=subject_name(asked.content),
        extensions=subscriber_extensions(asked, profile=material.profile(), issuer=material.issuer()),
    )
    change(parts)
    builder = (
        x509.CertificateBuilder(parts.issuer, parts.subject, parts.key, parts.serial)
        .not_valid_before(parts.not_before)
        .not_valid_after(parts.not_after)
    )
    for extension, critical in parts.extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(material.key("ca"), parts.hash).public_bytes(Encoding.DER)


def broken_lists() -> dict[str, tuple[str, bytes, list[str]]]:
    """Return lists that are good but for one change: kind, bytes, codes."""
    entry = encode_entry(serial=material.serial("x"), revoked_at=material.ISSUED, reason_code=1)
    late = encode_entry(
        serial=material.serial("y"), revoked_at=datetime(2027, 1, 1, tzinfo=UTC), reason_code=None
    )
    crl, arl, full = (material.list_draft(kind=kind, entries=[entry]) for kind in ListKind)
    flag = b"\x81\x01\xff"
    return {
        "crl_good": ("crl", resign(crl.tbs), []),
        "arl_good": ("arl", resign(arl.tbs), []),
        "full_crl_good": ("full_crl", resign(full.tbs), []),
        "crl_served_as_arl": (
            "arl",
            resign(crl.tbs),
            ["interoperability.idp_names", "interoperability.idp_scope"],
        ),
        "full_crl_served_as_crl": ("crl", resign(full.tbs), ["interoperability.idp_absent"]),
        "crl_served_as_full_crl": (
            "full_crl",
            resign(crl.tbs),
            ["interoperability.idp_absent", "interoperability.idp_scope"],
        ),
        "crl_with_an_entry_twice": ("crl", with_entries([entry, entry]), ["rfc5280.list_entries"]),
        "crl_with_an_entry_of_tomorrow": ("crl", with_entries([late]), ["rfc5280.list_entries"]),
        "crl_of_another_scope": (
            "crl",
            resign(crl.tbs.replace(flag, b"\x82\x01\xff")),
            ["interoperability.idp_scope"],
        ),
        "crl_point_elsewhere": (
            "crl",
            resign(crl.tbs.replace(b"http://repository", b"http://repositorx")),
            ["interoperability.idp_names"],
        ),
        "crl_not_a_list": ("crl", b"\x30\x03\x02\x01\x00", ["inro.broken", "pkilint.unreadable"]),
        "crl_point_not_critical": (
            "crl",
            resign(without_critical(crl.tbs)),
            ["interoperability.idp_critical"],
        ),
    }


def with_entries(entries: list[bytes]) -> bytes:
    """Sign a CRL of these entries."""
    return resign(material.list_draft(entries=entries).tbs)


def without_critical(tbs: bytes) -> bytes:
    """Take the critical flag from the IssuingDistributionPoint, which is the last extension."""
    outer = der.read_whole(tbs, der.SEQUENCE)
    fields = [tbs[part.start : part.end] for part in der.children(tbs, outer)]
    tagged = fields[-1]
    inner = tagged[der.read_element(tagged).body :]
    extensions = [inner[e.start : e.end] for e in der.children(inner, der.read_element(inner))]
    last = extensions[-1]
    values = [last[e.start : e.end] for e in der.children(last, der.read_element(last))]
    extensions[-1] = der.encode(der.SEQUENCE, values[0], values[2])
    fields[-1] = der.encode(0xA0, der.encode(der.SEQUENCE, *extensions))
    return der.encode(der.SEQUENCE, *fields)


def resign(tbs: bytes) -> bytes:
    """Sign any bytes as a list."""
    algorithm = SignatureAlgorithm.SHA256.identifier
    return der.join_signed(tbs=tbs, algorithm=algorithm, signature=material.signer("ca")(tbs))


def renamed(certificate: bytes) -> tuple[bytes, bytes]:
    """Name SHA1withRSA as the algorithm, in both places and in the outer one alone."""
    sha256, sha1 = bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010105")
    before, middle, after = certificate.split(sha256)
    return sha1.join((before, middle, after)), before + sha256 + middle + sha1 + after


def write(name: str, kind: str, data: bytes, expected: list[str]) -> None:
    """Write one case."""
    encoded = base64.encodebytes(data).decode()
    codes = "".join(f'    "{code}",\n' for code in sorted(expected))
    text = f'kind = "{kind}"\nexpected = [\n{codes}]\nder = """\n{encoded}"""\n'
    (CORPUS / f"{name}.toml").write_text(text)


def main() -> None:
    """Write every case, and the CA."""
    tbs = material.ca_draft().tbs
    ca = assemble_ca_certificate(tbs=tbs, signature=material.signer("ca")(tbs))
    (CORPUS / "ca.der").write_bytes(ca)
    for name, (change, expected) in CASES.items():
        write(name, "subscriber", broken_certificate(change), expected)
    certificate, mixed = renamed(broken_certificate(good))
    write("sha1", "subscriber", certificate, ["terms.algorithm"])
    write("algorithm_outside_differs", "subscriber", mixed, MIXED)
    unreadable = ["inro.broken", "pkilint.unreadable"]
    write("certificate_cut_short", "subscriber", broken_certificate(good)[:-9], unreadable)
    write("not_a_certificate", "subscriber", b"\x30\x02\x05\x00", unreadable)
    for name, (kind, data, expected) in broken_lists().items():
        write(name, kind, data, expected)


if __name__ == "__main__":
    main()
