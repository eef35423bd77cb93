"""A list as somebody outside finds it: whose, of what, signed by whom, how fresh (26.2, RFC 5280 6.3)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from inro.pki import der
from inro.pki.issuer import UNDECODABLE, Issuer
from inro.pki.signature import AlgorithmNotPermitted, verify_signed
from inro.practice.probe import Freshness, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedList:
    """A list that was read: its number and times, and the lower-case hex SHA-256 of its octets."""

    number: int
    this_update: datetime
    next_update: datetime
    sha256: str
    read: x509.CertificateRevocationList

    def lists(self, serial: int) -> bool:
        """Say whether a certificate is on it."""
        return self.read.get_revoked_certificate_by_serial_number(serial) is not None

    def newest_serial(self) -> int | None:
        """Return the serial number of its last entry, None of an empty list: our lists are in that order."""
        count = len(self.read)
        return self.read[count - 1].serial_number if count else None


class ListRefused(Exception):
    """Octets that are no list, or one without what every list of ours has."""

    def __init__(self, *, problem: Problem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail


def read_published_list(octets: bytes) -> PublishedList:
    """Read a list (DER).

    Raises: ListRefused.
    """
    try:
        read = x509.load_der_x509_crl(octets)
        number = read.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        this_update, next_update = read.last_update_utc, read.next_update_utc
    except x509.ExtensionNotFound as error:
        raise ListRefused(problem=Problem.NO_NUMBER) from error
    except UNDECODABLE as error:
        raise ListRefused(problem=Problem.NO_LIST, detail=f"{len(octets)} octets") from error
    if next_update is None:
        raise ListRefused(problem=Problem.NO_LIST, detail="no nextUpdate")
    return PublishedList(
        number=number,
        this_update=this_update,
        next_update=next_update,
        sha256=hashlib.sha256(octets).hexdigest(),
        read=read,
    )


def list_problems(
    octets: bytes,
    found: PublishedList,
    *,
    issuer: Issuer,
    address: str | None,
    is_for_ca: bool | None,
    freshness: Freshness,
    now: datetime,
) -> Iterator[tuple[Problem, str]]:
    """Yield what is wrong with a list and the particulars.

    `address` is where a certificate prints it, `is_for_ca` whether that is a CA's; None asks for neither.
    """
    if found.read.issuer.public_bytes() != issuer.name:
        yield Problem.OTHER_ISSUER, found.read.issuer.rfc4514_string()
    elif _key_identifier(found.read) != issuer.key_identifier:
        yield Problem.OTHER_KEY, ""
    elif not _is_signed(octets, issuer):
        yield Problem.BAD_SIGNATURE, ""
    if address is not None:
        yield from _scope_problems(found.read, address, is_for_ca=bool(is_for_ca))
    stale = freshness.problem(this_update=found.this_update, next_update=found.next_update, now=now)
    if stale is not None:
        yield stale, f"{found.this_update:%Y-%m-%dT%H:%MZ} to {found.next_update:%Y-%m-%dT%H:%MZ}"


def _key_identifier(read: x509.CertificateRevocationList) -> bytes | None:
    try:
        return read.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    except x509.ExtensionNotFound:
        return None


def _is_signed(octets: bytes, issuer: Issuer) -> bool:
    try:
        return verify_signed(signed=octets, public_key_info=issuer.public_key_info)
    except (AlgorithmNotPermitted, der.EncodingRefused):
        return False


def _scope_problems(
    read: x509.CertificateRevocationList, address: str, *, is_for_ca: bool
) -> Iterator[tuple[Problem, str]]:
    """Yield why a verifier would not take this list for the certificate (RFC 5280 6.3.3 (b)(2))."""
    try:
        covered = read.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return
    named = [name.value for name in covered.full_name or ()]
    if named and address not in named:
        yield Problem.OTHER_SCOPE, "the list does not name this address"
    if covered.only_contains_ca_certs if not is_for_ca else covered.only_contains_user_certs:
        yield Problem.OTHER_SCOPE, "the list covers other certificates"
