"""The two names of a subscriber: romanised in the subject, Japanese beside it (8.2, 8.3, 5.4, 29)."""

import re
import warnings
from collections.abc import Iterator

from cryptography import x509
from cryptography.x509.oid import NameOID

from inro.pki import der
from inro.practice.content import Authority, CertifiedContent, Organization

COUNTRY = "JP"
DESCRIPTION = x509.ObjectIdentifier("2.5.4.13")
_PRINTABLE_KINDS = {NameOID.COUNTRY_NAME, NameOID.SERIAL_NUMBER}
_PRINTABLE = re.compile(r"[A-Za-z0-9 '()+,./:=?-]+")
_CORPORATE_NUMBER = re.compile("[1-9][0-9]{12}")
_BRACKETS = frozenset("［］")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

# The library warns of common names above 64 octets whenever it reads one; ours may have 64 characters.
warnings.filterwarnings("ignore", message="Attribute's length must be", category=UserWarning)


def subject_name(content: CertifiedContent) -> x509.Name:
    """Return the romanised subject: country, address only if wished, name, subscriber id (8.2)."""
    pairs = [(NameOID.COUNTRY_NAME, COUNTRY)]
    if content.address_romaji is not None:
        address = content.address_romaji
        pairs += _address(address.prefecture, address.city, address.street)
    pairs += [(NameOID.COMMON_NAME, content.name_romaji), (NameOID.SERIAL_NUMBER, content.subscriber_id)]
    return _name(pairs)


def alternative_name(content: CertifiedContent) -> x509.Name:
    """Return the Japanese name: organization, address, Corporate Number, name, authorities (8.2, 5.4)."""
    pairs = [(NameOID.COUNTRY_NAME, COUNTRY)]
    if content.organization is not None:
        pairs += _organization(content.organization)
    pairs.append((NameOID.COMMON_NAME, content.name))
    pairs += [(DESCRIPTION, authority_text(authority)) for authority in content.authorities]
    return _name(pairs)


def authority_text(authority: Authority) -> str:
    """Return an authority as one text from which its parts can be told again; absent ones are left out (5.4).

    Raises: ValueError if a part before the last holds the brackets that keep them apart.
    """
    if _BRACKETS & set(authority.principal + authority.system + authority.limit):
        raise ValueError("brackets in principal, system or limit")
    parts = (
        ("［委任者］", authority.principal),
        ("［対象］", authority.system),
        ("［期限］", _last_day(authority)),
        ("［制限］", authority.limit),
        # Last, since it alone may hold brackets.
        ("［権限］", authority.text),
    )
    return "".join(label + part for label, part in parts if part or label == "［権限］")


def _last_day(authority: Authority) -> str:
    day = authority.ends_on
    return f"{day.year}年{day.month}月{day.day}日".translate(_WIDE) if day is not None else ""


def organization_identifier(corporate_number: str) -> str:
    """Return the Corporate Number as ETSI EN 319 412-1 5.1.4 writes a national register's number (8.2)."""
    return f"NTR{COUNTRY}-{corporate_number}"


def _organization(organization: Organization) -> list[tuple[x509.ObjectIdentifier, str]]:
    pairs = [(NameOID.ORGANIZATION_NAME, organization.name)]
    pairs += _address(organization.prefecture, organization.city, organization.street)
    if organization.corporate_number is not None:
        number = organization_identifier(organization.corporate_number)
        pairs.append((NameOID.ORGANIZATION_IDENTIFIER, number))
    return pairs


def _address(prefecture: str, city: str, street: str) -> list[tuple[x509.ObjectIdentifier, str]]:
    return [
        (NameOID.STATE_OR_PROVINCE_NAME, prefecture),
        (NameOID.LOCALITY_NAME, city),
        (NameOID.STREET_ADDRESS, street),
    ]


def _name(pairs: list[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    return x509.Name.from_bytes(encode_name(pairs))


def encode_name(pairs: list[tuple[x509.ObjectIdentifier, str]]) -> bytes:
    """Return a Name (DER) of X.520 attributes: UTF8String, but PrintableString for C and serialNumber.

    The library's own constructor counts the bounds of RFC 5280 A.1 in octets, which would leave a Japanese
    name 21 characters instead of 64; they are counted in characters.
    """
    return der.encode(der.SEQUENCE, *(_relative_name(kind, text) for kind, text in pairs))


def _relative_name(kind: x509.ObjectIdentifier, text: str) -> bytes:
    tag = der.PRINTABLE_STRING if kind in _PRINTABLE_KINDS else der.UTF8_STRING
    oid = der.encode(der.OBJECT_IDENTIFIER, b"\x55\x04", bytes((int(kind.dotted_string.split(".")[3]),)))
    return der.encode(der.SET, der.encode(der.SEQUENCE, oid, der.encode(tag, text.encode())))


def is_printable(text: str) -> bool:
    """Say whether a text is of PrintableString's repertoire, without space at an end (X.680 41.4)."""
    return _PRINTABLE.fullmatch(text) is not None and text == text.strip()


def is_jis_x_0208(character: str) -> bool:
    """Say whether a character is one of JIS X 0208: levels 1 and 2 and the signs beside them (8.7)."""
    try:
        octets = character.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    # EUC-JP also takes half-width kana (behind 0x8E) and JIS X 0212 (three octets): neither is meant.
    return len(octets) == 2 and octets[0] >= 0xA1


def name_problems(content: CertifiedContent) -> Iterator[tuple[str, str, str]]:
    """Yield (field, problem, clause) for all of a content that no certificate can carry (8.2, 8.7, 5.4)."""
    for field, text, most in (*_roman_fields(content), *_japanese_fields(content)):
        if len(text) > most:
            yield field, f"longer than {most} characters", "RFC 5280 A.1"
    for field, text, _ in _roman_fields(content):
        if not is_printable(text):
            yield field, "not of PrintableString's characters", "8.2"
    for field, text, _ in _japanese_fields(content):
        if not text or not all(map(is_jis_x_0208, text)):
            yield field, "empty, or not of JIS X 0208", "8.7"
    for authority in content.authorities:
        if _BRACKETS & set(authority.principal + authority.system + authority.limit):
            yield "authorities", "brackets in principal, system or limit", "5.4"
    number = content.organization.corporate_number if content.organization is not None else None
    if number is not None and not _CORPORATE_NUMBER.fullmatch(number):
        yield "organization.corporate_number", "not thirteen digits", "8.2"


def _roman_fields(content: CertifiedContent) -> Iterator[tuple[str, str, int]]:
    yield "subscriber_id", content.subscriber_id, 64
    yield "name_romaji", content.name_romaji, 64
    if content.address_romaji is not None:
        yield "address_romaji.prefecture", content.address_romaji.prefecture, 128
        yield "address_romaji.city", content.address_romaji.city, 128
        yield "address_romaji.street", content.address_romaji.street, 128


def _japanese_fields(content: CertifiedContent) -> Iterator[tuple[str, str, int]]:
    yield "name", content.name, 64
    if content.organization is not None:
        yield "organization.name", content.organization.name, 64
        yield "organization.prefecture", content.organization.prefecture, 128
        yield "organization.city", content.organization.city, 128
        yield "organization.street", content.organization.street, 128
    for authority in content.authorities:
        parts = (authority.principal, authority.system, _last_day(authority), authority.limit, authority.text)
        yield "authorities", "".join(parts), 1024 - 22
