"""Which addresses a certificate sends its readers to (RFC 5280 4.2.1.4, 4.2.1.13, 4.2.2.1)."""

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAddresses:
    """What one certificate prints; addresses of one distribution point give the same list."""

    lists: tuple[tuple[str, ...], ...]
    issuers: tuple[str, ...]
    ocsp: tuple[str, ...]
    pages: tuple[str, ...]


def printed_addresses(certificate: x509.Certificate) -> PrintedAddresses:
    """Return every address in a certificate, each kind in the order of printing.

    Raises: what `inro.pki.issuer.UNDECODABLE` names.
    """
    extensions = certificate.extensions
    access = AuthorityInformationAccessOID
    return PrintedAddresses(
        lists=tuple(_lists(extensions)),
        issuers=tuple(_access(extensions, access.CA_ISSUERS)),
        ocsp=tuple(_access(extensions, access.OCSP)),
        pages=tuple(_pages(extensions)),
    )


def _lists(extensions: x509.Extensions) -> Iterator[tuple[str, ...]]:
    try:
        points = extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return
    for point in points:
        addresses = tuple(
            name.value for name in point.full_name or () if isinstance(name, x509.UniformResourceIdentifier)
        )
        if addresses:
            yield addresses


def _access(extensions: x509.Extensions, method: x509.ObjectIdentifier) -> Iterator[str]:
    try:
        described = extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return
    for one in described:
        if one.access_method == method and isinstance(one.access_location, x509.UniformResourceIdentifier):
            yield one.access_location.value


def _pages(extensions: x509.Extensions) -> Iterator[str]:
    try:
        policies = extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return
    for policy in policies:
        yield from (text for text in policy.policy_qualifiers or () if isinstance(text, str))
