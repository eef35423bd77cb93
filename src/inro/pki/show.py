"""Every field of a certificate in Japanese, nothing cut off, and how its validity came about (6.1, 12.6, 28).

`openssl x509 -text` cuts Japanese names short, so no operator may judge a certificate by it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import singledispatch

from cryptography import x509

from inro.pki.der import EncodingRefused
from inro.pki.issuer import UNDECODABLE, tbs_parts
from inro.pki.labels import ACCESS_METHODS, ALGORITHMS, ATTRIBUTES, CRITICAL, KEY_USAGE
from inro.pki.signature import AlgorithmNotPermitted, rsa_public_key
from inro.pki.validity import JST, is_month_end


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the sheet: what it is called and what the certificate says."""

    label: str
    value: str


def describe(certificate: bytes) -> tuple[Row, ...]:
    """Return every field of a certificate (DER) in its order, then its fingerprint (12.6, 28).

    Raises: EncodingRefused for bytes that are no certificate.
    """
    try:
        return tuple(Row(label=label, value=value) for label, value in _pairs(certificate))
    except UNDECODABLE as error:
        raise EncodingRefused(problem=f"not a certificate: {error}", offset=0) from error


def _pairs(certificate: bytes) -> Iterator[tuple[str, str]]:
    parsed = x509.load_der_x509_certificate(certificate)
    yield from _fields(parsed)
    yield from _key(tbs_parts(certificate).public_key_info)
    yield from _extensions(parsed)
    yield "署名値", parsed.signature.hex()
    yield "フィンガープリント（SHA-256）", _spaced(hashlib.sha256(certificate).digest())


def validity_derivation(*, not_before: datetime, not_after: datetime) -> str:
    """Return how the end of validity follows from the issue: term, month end, JST and UTC (6.1)."""
    begin, end = not_before.astimezone(JST), not_after.astimezone(JST)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    years, rest = divmod(months, 12)
    term = (f"{years}年" if years else "") + (f"{rest}か月" if rest else "")
    if not is_month_end(not_after):
        return f"発行 {_japanese(begin)}、終了 {_japanese(end)}（月末ではありません）"
    month = f"{end.year}年{end.month}月"
    return (
        f"発行 {_japanese(begin)} ＋ 有効期間 {term or '0か月'} → {month} の末日 {end.day}日 "
        f"→ {_japanese(end)} ＝ {_utc(not_after)}"
    )


def _fields(parsed: x509.Certificate) -> Iterator[tuple[str, str]]:
    begin, end = parsed.not_valid_before_utc, parsed.not_valid_after_utc
    algorithm = parsed.signature_algorithm_oid.dotted_string
    yield "バージョン", f"{parsed.version.value + 1}"
    yield "シリアル番号", f"{parsed.serial_number:040x}"
    yield "署名アルゴリズム", ALGORITHMS.get(algorithm, algorithm)
    yield from _name("発行者", parsed.issuer)
    yield "有効期間の開始", _both(begin)
    yield "有効期間の終了", _both(end)
    yield "有効期間の算出", validity_derivation(not_before=begin, not_after=end)
    yield from _name("主体者（ローマ字）", parsed.subject)


def _key(public_key_info: bytes) -> Iterator[tuple[str, str]]:
    try:
        numbers = rsa_public_key(public_key_info).public_numbers()
    except AlgorithmNotPermitted as error:
        yield "公開鍵", f"{error.identifier}: {public_key_info.hex()}"
        return
    yield "公開鍵アルゴリズム", f"RSA {numbers.n.bit_length()}ビット"
    yield "公開鍵の法（n）", f"{numbers.n:x}"
    yield "公開鍵の指数（e）", str(numbers.e)
    yield "公開鍵のSHA-256", hashlib.sha256(public_key_info).hexdigest()


def _extensions(parsed: x509.Certificate) -> Iterator[tuple[str, str]]:
    for extension in parsed.extensions:
        mark = CRITICAL if extension.critical else ""
        for label, value in _rows(extension.value):
            yield label + mark, value


@singledispatch
def _rows(value: x509.ExtensionType) -> Iterator[tuple[str, str]]:
    yield f"拡張領域 {value.oid.dotted_string}", value.public_bytes().hex()


@_rows.register
def _(value: x509.AuthorityKeyIdentifier) -> Iterator[tuple[str, str]]:
    yield "発行者の鍵識別子", (value.key_identifier or b"").hex()


@_rows.register
def _(value: x509.SubjectKeyIdentifier) -> Iterator[tuple[str, str]]:
    yield "主体者の鍵識別子", value.digest.hex()


@_rows.register
def _(value: x509.KeyUsage) -> Iterator[tuple[str, str]]:
    yield "鍵用途", "、".join(label for bit, label in KEY_USAGE.items() if getattr(value, bit))


@_rows.register
def _(value: x509.BasicConstraints) -> Iterator[tuple[str, str]]:
    length = "制限なし" if value.path_length is None else str(value.path_length)
    yield "基本制約", f"認証局、下位の段数 {length}" if value.ca else "利用者"


@_rows.register
def _(value: x509.CertificatePolicies) -> Iterator[tuple[str, str]]:
    for policy in value:
        yield "証明書ポリシー", policy.policy_identifier.dotted_string
        for qualifier in policy.policy_qualifiers or []:
            if isinstance(qualifier, str):
                yield "CPSの所在", qualifier
            else:
                yield "利用者への通知", qualifier.explicit_text or ""


@_rows.register
def _(value: x509.SubjectAlternativeName) -> Iterator[tuple[str, str]]:
    for name in value:
        yield from _general_name("主体者別名（日本語）", name)


@_rows.register
def _(value: x509.CRLDistributionPoints) -> Iterator[tuple[str, str]]:
    for point in value:
        for name in point.full_name or []:
            yield from _general_name("失効リストの配布点", name)


@_rows.register
def _(value: x509.AuthorityInformationAccess) -> Iterator[tuple[str, str]]:
    for description in value:
        method = description.access_method.dotted_string
        yield from _general_name(ACCESS_METHODS.get(method, method), description.access_location)


def _general_name(label: str, name: x509.GeneralName) -> Iterator[tuple[str, str]]:
    if isinstance(name, x509.DirectoryName):
        yield from _name(label, name.value)
    else:
        yield label, str(name.value)


def _name(label: str, name: x509.Name) -> Iterator[tuple[str, str]]:
    for attribute in name:
        oid = attribute.oid.dotted_string
        value = attribute.value
        text = value if isinstance(value, str) else value.hex()
        yield f"{label} {ATTRIBUTES.get(oid, oid)}", text


def _both(instant: datetime) -> str:
    return f"{_japanese(instant.astimezone(JST))}（{_utc(instant)}）"


def _japanese(local: datetime) -> str:
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M:%S} JST"


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def _spaced(octets: bytes) -> str:
    return octets.hex(":").upper()
