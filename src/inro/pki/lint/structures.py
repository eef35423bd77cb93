"""What lint rules look at: a certificate or list, decoded once, beside its profile and issuer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from cryptography import x509

from inro.pki import der
from inro.pki.crl import ListKind
from inro.pki.issuer import UNDECODABLE, Issuer, TbsParts, tbs_parts
from inro.pki.profile import ListProfile, Profile
from inro.pki.validity import jst_date


class EncodedText(NamedTuple):
    """One attribute of a name as encoded: content of the type's identifier, tag of the string, its octets."""

    kind: bytes
    tag: int
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateStructure:
    """A certificate under lint; `alternative` is the SubjectAltName's only directoryName, or empty."""

    certificate: x509.Certificate
    parts: TbsParts
    outer_algorithm: bytes
    subject: x509.Name
    alternative: x509.Name
    extensions: x509.Extensions
    profile: Profile
    issuer: Issuer | None
    examination_ended_at: datetime | None
    partition: int

    @property
    def signed_on(self) -> date:
        """The day in Japan on which validity begins."""
        return jst_date(self.certificate.not_valid_before_utc)

    def extension[T: x509.ExtensionType](self, kind: type[T]) -> x509.Extension[T] | None:
        """Return the extension of a kind, or None."""
        try:
            return self.extensions.get_extension_for_class(kind)
        except x509.ExtensionNotFound:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStructure:
    """A list of few entries under lint; decoding refuses one whose inner and outer algorithm differ."""

    certificate_list: x509.CertificateRevocationList
    algorithm: bytes
    extensions: x509.Extensions
    kind: ListKind
    partition: int
    profile: ListProfile
    issuer: Issuer

    @property
    def signed_on(self) -> date:
        """The day in Japan of thisUpdate."""
        return jst_date(self.certificate_list.last_update_utc)

    def extension[T: x509.ExtensionType](self, kind: type[T]) -> x509.Extension[T] | None:
        """Return the list's extension of a kind, or None."""
        try:
            return self.extensions.get_extension_for_class(kind)
        except x509.ExtensionNotFound:
            return None


def read_certificate(
    certificate: bytes,
    *,
    profile: Profile,
    issuer: Issuer | None,
    examination_ended_at: datetime | None,
    partition: int,
) -> CertificateStructure:
    """Decode a certificate (DER) for lint.

    Raises: EncodingRefused for bytes that are no certificate.
    """
    try:
        parsed = x509.load_der_x509_certificate(certificate)
        return CertificateStructure(
            certificate=parsed,
            parts=tbs_parts(certificate),
            outer_algorithm=der.split_signed(certificate).algorithm,
            subject=parsed.subject,
            alternative=_only_directory_name(parsed.extensions),
            extensions=parsed.extensions,
            profile=profile,
            issuer=issuer,
            examination_ended_at=examination_ended_at,
            partition=partition,
        )
    except UNDECODABLE as error:
        raise der.EncodingRefused(problem=f"not a certificate: {error}", offset=0) from error


def read_list(
    certificate_list: bytes, *, kind: ListKind, partition: int, profile: ListProfile, issuer: Issuer
) -> ListStructure:
    """Decode a list (DER) for lint.

    Raises: EncodingRefused for bytes that are no list.
    """
    try:
        parsed = x509.load_der_x509_crl(certificate_list)
        signed = der.split_signed(certificate_list)
        return ListStructure(
            certificate_list=parsed,
            algorithm=signed.algorithm,
            extensions=parsed.extensions,
            kind=kind,
            partition=partition,
            profile=profile,
            issuer=issuer,
        )
    except UNDECODABLE as error:
        raise der.EncodingRefused(problem=f"not a list: {error}", offset=0) from error


def encoded_texts(name: bytes) -> Iterator[EncodedText]:
    """Yield the attributes of a Name (DER) with the string types they are encoded in.

    Raises: EncodingRefused.
    """
    for relative in der.children(name, der.read_whole(name, der.SEQUENCE)):
        for attribute in der.children(name, relative):
            kind, value = der.children(name, attribute)
            yield EncodedText(name[kind.body : kind.end], value.tag, name[value.body : value.end])


def _only_directory_name(extensions: x509.Extensions) -> x509.Name:
    try:
        names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return x509.Name([])
    found = names.get_values_for_type(x509.DirectoryName)
    return found[0] if len(found) == 1 == len(list(names)) else x509.Name([])
