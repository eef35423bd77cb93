"""What a certificate says of itself, read from its bytes alone: whom the records are held against (8.2)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from inro.pki import der
from inro.pki.der import EncodingRefused
from inro.pki.issuer import UNDECODABLE
from inro.pki.names import organization_identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedFacts:
    """A certificate's own word; `serial` is 20 octets in hexadecimal, absent names are empty."""

    serial: str
    not_before: datetime
    not_after: datetime
    organization: str
    corporate_number: str
    public_key_sha256: str


def certified_facts(certificate: bytes) -> CertifiedFacts:
    """Return what a certificate (DER) says; a million are read at a time, so nothing else of it is.

    Raises: EncodingRefused for bytes that are no certificate.
    """
    try:
        return _read(certificate)
    except UNDECODABLE as error:
        raise EncodingRefused(problem=f"not a certificate: {error}", offset=0) from error


# Tags of a version 3 certificate's fields, of which the key is the seventh (RFC 5280 4.1, 4.2.1.6).
_KEY, _VERSION, _EXTENSIONS, _DIRECTORY_NAME = 6, 0xA0, 0xA3, 0xA4
_SUBJECT_ALTERNATIVE_NAME = bytes.fromhex("551d11")
_ORGANIZATION, _IDENTIFIER = bytes.fromhex("55040a"), bytes.fromhex("550461")
_REGISTER = organization_identifier("")


def _read(certificate: bytes) -> CertifiedFacts:
    parsed = x509.load_der_x509_certificate(certificate)
    tbs = bytes(der.split_signed(certificate).tbs)
    fields = list(der.children(tbs, der.read_whole(tbs, der.SEQUENCE)))
    if len(fields) <= _KEY or fields[0].tag != _VERSION:
        raise EncodingRefused(problem="not a version 3 certificate", offset=0)
    key, last = fields[_KEY], fields[-1]
    names = dict(_alternative_name(tbs, last)) if last.tag == _EXTENSIONS else {}
    return CertifiedFacts(
        serial=f"{parsed.serial_number:040x}",
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        organization=names.get(_ORGANIZATION, ""),
        corporate_number=names.get(_IDENTIFIER, "").removeprefix(_REGISTER),
        public_key_sha256=hashlib.sha256(tbs[key.start : key.end]).hexdigest(),
    )


def _content(data: bytes, element: der.Element) -> bytes:
    return data[element.body : element.end]


def _alternative_name(tbs: bytes, extensions: der.Element) -> Iterator[tuple[bytes, str]]:
    """Yield kind and text of each attribute of the Japanese name (8.2)."""
    [whole] = der.children(tbs, extensions)
    for extension in der.children(tbs, whole):
        kind, *_, value = der.children(tbs, extension)
        if _content(tbs, kind) == _SUBJECT_ALTERNATIVE_NAME:
            names = _content(tbs, value)
            for name in der.children(names, der.read_whole(names, der.SEQUENCE)):
                if name.tag == _DIRECTORY_NAME:
                    yield from _attributes(names, name)


def _attributes(names: bytes, name: der.Element) -> Iterator[tuple[bytes, str]]:
    [rdns] = der.children(names, name)
    for rdn in der.children(names, rdns):
        for attribute in der.children(names, rdn):
            kind, value = der.children(names, attribute)
            yield _content(names, kind), _content(names, value).decode("utf-8", "replace")
