"""Which of a CA's certificates go where in its directory entry (RFC 4523 2.2, 2.3; RFC 4210 4.4).

`cACertificate` holds what the CA issued to itself: its own and its link certificates. Cross certificates,
issued to it by another CA or by it to another, go in pairs into `crossCertificatePair`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509

from inro.pki import der
from inro.pki.issuer import UNDECODABLE, Issuer, TbsParts, tbs_parts
from inro.pki.signature import AlgorithmNotPermitted, verify_signed

_ISSUED_TO_THIS_CA, _ISSUED_BY_THIS_CA = 0xA0, 0xA1


class CaCertificateKind(StrEnum):
    """What a certificate says of a CA: itself, one of its keys by another, or another CA."""

    SELF_SIGNED = "self_signed"
    LINK = "link"
    CROSS = "cross"


class NotOfThisCa(Exception):
    """A certificate that does not belong into the CA's entry; `place` is its place among those given."""

    def __init__(self, *, place: int, problem: str) -> None:
        super().__init__(place, problem)
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CaCertificates:
    """The CA's certificate first, then its link certificates; the CertificatePairs (all DER)."""

    own: tuple[bytes, ...]
    pairs: tuple[bytes, ...]


@dataclass(slots=True, kw_only=True)
class _Crossed:
    """What two CAs issued to each other."""

    to_this: bytes = b""
    by_this: bytes = b""

    def encoded(self) -> bytes:
        parts = ((_ISSUED_TO_THIS_CA, self.to_this), (_ISSUED_BY_THIS_CA, self.by_this))
        return der.encode(
            der.SEQUENCE, *(der.encode(tag, certificate) for tag, certificate in parts if certificate)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A certificate as it was given, and its fields."""

    place: int
    octets: bytes
    parts: TbsParts


def sorted_certificates(*, issuer: Issuer, others: Iterable[bytes]) -> CaCertificates:
    """Sort a CA's link and cross certificates (DER) by the attribute they go into.

    Raises: NotOfThisCa for one that is neither, or that no key of this CA's signed or has though it says so.
    """
    given = [
        _Given(place=place, octets=octets, parts=_parts(place, octets))
        for place, octets in enumerate(others, start=1)
    ]
    keys = _keys_of_all_generations(issuer, given)
    own, crossed = [issuer.certificate], dict[bytes, _Crossed]()
    for one in given:
        is_by_this, is_to_this = one.parts.issuer == issuer.name, one.parts.subject == issuer.name
        _check(one, keys, is_by_this=is_by_this, is_to_this=is_to_this)
        if not is_by_this:
            crossed.setdefault(one.parts.issuer, _Crossed()).to_this = one.octets
        elif not is_to_this:
            crossed.setdefault(one.parts.subject, _Crossed()).by_this = one.octets
        elif one.octets not in own:
            own.append(one.octets)
    return CaCertificates(own=tuple(own), pairs=tuple(pair.encoded() for pair in crossed.values()))


def check_issued_here(*, certificate: bytes, issuer: Issuer, known: Iterable[bytes]) -> None:
    """Refuse what is no CA's certificate (DER), or what no key of this CA signed under its name.

    `known` are the CA's certificates on record, by which its older keys are known.

    Raises: NotOfThisCa.
    """
    one = _Given(place=0, octets=certificate, parts=_parts(0, certificate))
    own = [_Given(place=0, octets=octets, parts=_parts(0, octets)) for octets in (certificate, *known)]
    if one.parts.issuer != issuer.name:
        raise NotOfThisCa(place=0, problem="is not issued by this CA")
    if not any(_signed_by(certificate, key) for key in _keys_of_all_generations(issuer, own)):
        raise NotOfThisCa(place=0, problem="is not signed by a key of this CA")
    if not _is_for_a_ca(certificate):
        raise NotOfThisCa(place=0, problem="is no certificate of a CA")


def kind_of(certificate: bytes) -> CaCertificateKind:
    """Return what a CA's certificate (DER) says of a CA (RFC 5280 3.2, RFC 4210 4.4).

    Raises: EncodingRefused.
    """
    parts = tbs_parts(certificate)
    if parts.issuer != parts.subject:
        return CaCertificateKind.CROSS
    by_itself = _signed_by(certificate, parts.public_key_info)
    return CaCertificateKind.SELF_SIGNED if by_itself else CaCertificateKind.LINK


def _is_for_a_ca(certificate: bytes) -> bool:
    try:
        parsed = x509.load_der_x509_certificate(certificate)
        return bool(parsed.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (*UNDECODABLE, x509.ExtensionNotFound):
        return False


def _keys_of_all_generations(issuer: Issuer, given: Iterable[_Given]) -> set[bytes]:
    """Return the CA's keys: what a known one signed for the CA itself makes the next one known."""
    keys = {issuer.public_key_info}
    left = [one for one in given if one.parts.issuer == issuer.name == one.parts.subject]
    while found := [one for one in left if any(_signed_by(one.octets, key) for key in keys)]:
        keys |= {one.parts.public_key_info for one in found}
        left = [one for one in left if one not in found]
    return keys


def _check(one: _Given, keys: set[bytes], *, is_by_this: bool, is_to_this: bool) -> None:
    if not is_by_this and not is_to_this:
        raise NotOfThisCa(place=one.place, problem="is neither issued by this CA nor to it")
    if is_by_this and not any(_signed_by(one.octets, key) for key in keys):
        raise NotOfThisCa(place=one.place, problem="is not signed by a key of this CA")
    if is_to_this and one.parts.public_key_info not in keys:
        raise NotOfThisCa(place=one.place, problem="is about another key than this CA's")


def _parts(place: int, octets: bytes) -> TbsParts:
    try:
        return tbs_parts(octets)
    except der.EncodingRefused as error:
        raise NotOfThisCa(place=place, problem=str(error)) from error


def _signed_by(octets: bytes, key: bytes) -> bool:
    try:
        return verify_signed(signed=octets, public_key_info=key)
    except (AlgorithmNotPermitted, der.EncodingRefused):
        return False
