"""A question about certificates, read strictly: all but DER of RFC 6960 4.1.1 is malformed (RFC 9654)."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from inro.pki import der
from inro.pki.issuer import Issuer

MOST_OCTETS = 4096
MOST_CERTIFICATES = 8
NONCE_OCTETS = range(1, 129)
NONCE_OID = bytes.fromhex("06092b0601050507300102")
_SERIAL_OCTETS = range(1, 65)
_NULL = b"\x05\x00"


class IdHash(StrEnum):
    """The hash by which a question names the issuer: SHA-1 by RFC 5019, SHA-256 by its successors."""

    SHA1 = "sha1"
    SHA256 = "sha256"

    @property
    def identifier(self) -> bytes:
        """The AlgorithmIdentifier, DER, parameters NULL."""
        return _IDENTIFIERS[self]


_OIDS = {IdHash.SHA1: bytes.fromhex("06052b0e03021a"), IdHash.SHA256: bytes.fromhex("0609608648016503040201")}
_IDENTIFIERS = {kind: der.encode(der.SEQUENCE, oid, _NULL) for kind, oid in _OIDS.items()}
# Parameters may be NULL or left out; both are asked (RFC 5754 2).
_BY_IDENTIFIER = {
    der.encode(der.SEQUENCE, oid, parameters): kind
    for kind, oid in _OIDS.items()
    for parameters in (_NULL, b"")
}


class RequestRefused(Exception):
    """Octets that are no question of RFC 6960; `problem` says why. The answer is malformedRequest."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateId:
    """One CertID: `hash` is None for an algorithm not known here, `encoded` the CertID (DER) as asked."""

    hash: IdHash | None
    name_hash: bytes
    key_hash: bytes
    serial: bytes
    encoded: bytes

    @property
    def canonical(self) -> bytes:
        """The CertID with the algorithm's parameters NULL, as answers are kept under it (DER)."""
        if self.hash is None:
            return self.encoded
        return _encode_id(self.hash, self.name_hash, self.key_hash, self.serial)


@dataclass(frozen=True, slots=True, kw_only=True)
class OcspRequest:
    """A question about one certificate or a few; `nonce` is what the answer must repeat, or None."""

    asked: tuple[CertificateId, ...]
    nonce: bytes | None


def certificate_id(*, issuer: Issuer, serial: bytes, kind: IdHash) -> CertificateId:
    """Return the CertID of a serial number (octets of a positive INTEGER) of an issuer (RFC 6960 4.1.1)."""
    name_hash, key_hash = issuer_hashes(issuer, kind)
    return CertificateId(
        hash=kind,
        name_hash=name_hash,
        key_hash=key_hash,
        serial=serial,
        encoded=_encode_id(kind, name_hash, key_hash, serial),
    )


def issuer_hashes(issuer: Issuer, kind: IdHash) -> tuple[bytes, bytes]:
    """Return the hashes of the issuer's name and of its key's bits."""
    name_hash, key_hash = (
        hashlib.new(kind.value, octets, usedforsecurity=False).digest()
        for octets in (issuer.name, key_bits(issuer.public_key_info))
    )
    return name_hash, key_hash


def key_bits(public_key_info: bytes) -> bytes:
    """Return the BIT STRING's octets of a SubjectPublicKeyInfo (DER), which key hashes are over.

    Raises: EncodingRefused.
    """
    _, bits = der.children(public_key_info, der.read_whole(public_key_info, der.SEQUENCE))
    return public_key_info[bits.body + 1 : bits.end]


def request_for(encoded_id: bytes) -> bytes:
    """Return the shortest question about one CertID (DER): what RFC 5019 2.1 has clients send."""
    request = der.encode(der.SEQUENCE, encoded_id)
    return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, request)))


def request_path(request: bytes) -> str:
    """Return the path under which a question is asked by GET, before any escaping (RFC 6960 A.1)."""
    return base64.b64encode(request).decode("ascii")


def answer_file(request: bytes) -> str:
    """Return the relative path of the file that answers a question: the GET's path, and `.der`.

    One base64 in 64 ends in a slash, which without a suffix would name a folder.
    """
    return f"{request_path(request)}.der"


def request_of_path(path: str) -> bytes:
    """Return the question in a GET's decoded path, base64 or base64url, padded or not (RFC 6960 A.1).

    Raises: RequestRefused.
    """
    text = path.translate(_TO_BASE64).rstrip("=")
    if len(text) * 3 > MOST_OCTETS * 4:
        raise RequestRefused(problem="too long")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise RequestRefused(problem="not base64") from error


_TO_BASE64 = str.maketrans("-_", "+/")


def parse_request(data: bytes) -> OcspRequest:
    """Read a question (DER).

    A signature and a requestor's name are passed over: anybody may ask (RFC 5019 2.1.2).
    Raises: RequestRefused.
    """
    if len(data) > MOST_OCTETS:
        raise RequestRefused(problem="too long")
    try:
        return _parse(data)
    except der.EncodingRefused as error:
        raise RequestRefused(problem=str(error)) from error


def _parse(data: bytes) -> OcspRequest:
    outer = list(der.children(data, der.read_whole(data, der.SEQUENCE)))
    if [part.tag for part in outer] not in ([der.SEQUENCE], [der.SEQUENCE, 0xA0]):
        raise RequestRefused(problem="no OCSPRequest")
    parts = list(der.children(data, outer[0]))
    if parts and parts[0].tag == 0xA1:
        _inner(data, parts.pop(0))
    extensions = parts.pop() if parts and parts[-1].tag == 0xA2 else None
    if [part.tag for part in parts] != [der.SEQUENCE]:
        raise RequestRefused(problem="no TBSRequest")
    asked = tuple(_certificate_ids(data, parts[0]))
    nonce = _nonce(data, extensions) if extensions is not None else None
    return OcspRequest(asked=asked, nonce=nonce)


def _certificate_ids(data: bytes, requests: der.Element) -> Iterator[CertificateId]:
    found = list(der.children(data, requests))
    if not 1 <= len(found) <= MOST_CERTIFICATES:
        raise RequestRefused(problem=f"{len(found)} certificates, 1 to {MOST_CERTIFICATES} may be asked")
    for request in found:
        if request.tag != der.SEQUENCE:
            raise RequestRefused(problem="no Request")
        parts = list(der.children(data, request))
        if [part.tag for part in parts] not in ([der.SEQUENCE], [der.SEQUENCE, 0xA0]):
            raise RequestRefused(problem="no Request")
        if len(parts) == 2:
            _check_extensions(data, _inner(data, parts[1]), known=frozenset())
        yield _certificate_id(data, parts[0])


def _certificate_id(data: bytes, element: der.Element) -> CertificateId:
    parts = list(der.children(data, element))
    if [part.tag for part in parts] != [der.SEQUENCE, der.OCTET_STRING, der.OCTET_STRING, der.INTEGER]:
        raise RequestRefused(problem="no CertID")
    algorithm, name, key, number = parts
    _check_algorithm(data, algorithm)
    serial = data[number.body : number.end]
    if len(serial) not in _SERIAL_OCTETS or (len(serial) > 1 and serial[0] == 0 and serial[1] < 0x80):
        raise RequestRefused(problem="serial number not an INTEGER of DER, or too long")
    kind = _BY_IDENTIFIER.get(data[algorithm.start : algorithm.end])
    return CertificateId(
        hash=kind,
        name_hash=data[name.body : name.end],
        key_hash=data[key.body : key.end],
        serial=serial,
        encoded=data[element.start : element.end],
    )


def _check_algorithm(data: bytes, algorithm: der.Element) -> None:
    parts = list(der.children(data, algorithm))
    if not 1 <= len(parts) <= 2 or parts[0].tag != der.OBJECT_IDENTIFIER or parts[0].body == parts[0].end:
        raise RequestRefused(problem="no AlgorithmIdentifier")


def _inner(data: bytes, wrapper: der.Element) -> der.Element:
    """Return the one element inside an explicit tag."""
    found = list(der.children(data, wrapper))
    if len(found) != 1:
        raise RequestRefused(problem="an explicit tag holds one element")
    return found[0]


def _nonce(data: bytes, wrapper: der.Element) -> bytes | None:
    value = _check_extensions(data, _inner(data, wrapper), known=frozenset({NONCE_OID})).get(NONCE_OID)
    if value is None:
        return None
    inner = der.read_whole(value, der.OCTET_STRING)
    nonce = value[inner.body : inner.end]
    if len(nonce) not in NONCE_OCTETS:
        raise RequestRefused(problem=f"nonce of {len(nonce)} octets")
    return nonce


def _check_extensions(data: bytes, extensions: der.Element, *, known: frozenset[bytes]) -> dict[bytes, bytes]:
    """Return the values by object identifier (DER); a critical one that is not known refuses the question."""
    found: dict[bytes, bytes] = {}
    if extensions.tag != der.SEQUENCE or extensions.body == extensions.end:
        raise RequestRefused(problem="no Extensions")
    for extension in der.children(data, extensions):
        oid, critical, value = _extension(data, extension)
        if oid in found:
            raise RequestRefused(problem="an extension twice")
        if critical and oid not in known:
            raise RequestRefused(problem="a critical extension that is not known")
        found[oid] = value
    return found


def _extension(data: bytes, extension: der.Element) -> tuple[bytes, bool, bytes]:
    parts = list(der.children(data, extension)) if extension.tag == der.SEQUENCE else []
    tags = [part.tag for part in parts]
    critical = tags == [der.OBJECT_IDENTIFIER, der.BOOLEAN, der.OCTET_STRING]
    if critical and data[parts[1].body : parts[1].end] != b"\xff":
        raise RequestRefused(problem="criticality not in DER")
    if not critical and tags != [der.OBJECT_IDENTIFIER, der.OCTET_STRING]:
        raise RequestRefused(problem="no Extension")
    return data[parts[0].start : parts[0].end], critical, data[parts[-1].body : parts[-1].end]


def _encode_id(kind: IdHash, name_hash: bytes, key_hash: bytes, serial: bytes) -> bytes:
    return der.encode(
        der.SEQUENCE,
        kind.identifier,
        der.encode(der.OCTET_STRING, name_hash),
        der.encode(der.OCTET_STRING, key_hash),
        der.encode(der.INTEGER, serial),
    )
