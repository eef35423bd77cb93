"""The names of what the repository publishes, as certificates and lists carry them (4(6), 26.1)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from cryptography import x509
from cryptography.x509.oid import NameOID

from inro.pki.section import ProfileRefused, Section

# Under the CA's entry: RFC 4523 has no attribute of its own for a full CRL.
FULL_CRL_LABEL = "fullCRL"
UNDIVIDED = 0
"""The partition of certificates that point to the CRL as a whole; the others count from 1."""

MOST_PARTITIONS = 256
_HOST = r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """The base addresses of web server, directory server and OCSP responder, without a path."""

    http: str
    ldap: str
    ocsp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedNames:
    """Where each thing is published; `directory_entry` is the CA's entry in the directory (RFC 4514)."""

    crl_http: str
    crl_ldap: str
    arl_http: str
    arl_ldap: str
    full_crl_http: str
    full_crl_ldap: str
    ca_certificate_http: str
    ocsp: str
    directory_entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointNames:
    """The names of one distribution point: an entry of the directory, HTTP, LDAP (RFC 5280 4.2.1.13)."""

    entry: x509.Name
    http: str
    ldap: str

    def general_names(self) -> list[x509.GeneralName]:
        """Return them as certificates and lists carry them, in their order."""
        addresses = map(x509.UniformResourceIdentifier, (self.http, self.ldap))
        return [x509.DirectoryName(self.entry), *addresses]


def take_repository(section: Section) -> Repository:
    """Read the `repository` table of a profile.

    Raises: ProfileRefused.
    """
    repository = Repository(
        http=_address(section, "http", "http"),
        ldap=_address(section, "ldap", "ldap"),
        ocsp=_address(section, "ocsp", "http"),
    )
    section.close()
    return repository


def _address(section: Section, key: str, scheme: str) -> str:
    address = section.take_text(key)
    if not re.fullmatch(f"{scheme}://{_HOST}", address):
        problem = f"not of the form {scheme}://host, in lower case and without a path"
        raise ProfileRefused(path=section.path(key), problem=problem, clause="4(6)")
    return address


def directory_entry(issuer_name: bytes) -> str:
    """Return the CA's distinguished name (DER) as a directory writes it (RFC 4514).

    Raises: ValueError for bytes that are no name.
    """
    return x509.Name.from_bytes(issuer_name).rfc4514_string()


@lru_cache(maxsize=16)
def published_names(*, repository: Repository, issuer_name: bytes) -> PublishedNames:
    """Return every name under which the CA called `issuer_name` (Name, DER) publishes (4(6), 26.1)."""
    entry = directory_entry(issuer_name)
    ldap = f"{repository.ldap}/{quote(entry, safe='=,+')}"
    return PublishedNames(
        crl_http=f"{repository.http}/crl.crl",
        crl_ldap=f"{ldap}?certificateRevocationList;binary?base",
        arl_http=f"{repository.http}/arl.crl",
        arl_ldap=f"{ldap}?authorityRevocationList;binary?base",
        full_crl_http=f"{repository.http}/full.crl",
        full_crl_ldap=f"{repository.ldap}/{quote(f'CN={FULL_CRL_LABEL},{entry}', safe='=,+')}"
        "?certificateRevocationList;binary?base",
        ca_certificate_http=f"{repository.http}/ca.cer",
        ocsp=repository.ocsp,
        directory_entry=entry,
    )


def crl_label(partition: int) -> str:
    """Return what a partition of the CRL is called in files, entries and records: `crl`, or `crl-3`."""
    return "crl" if partition == UNDIVIDED else f"crl-{partition}"


def crl_entry(*, directory_entry: str, partition: int) -> str:
    """Return the entry of the directory that holds a partition of the CRL: the CA's own, or one below it."""
    return directory_entry if partition == UNDIVIDED else f"CN={crl_label(partition)},{directory_entry}"


@lru_cache(maxsize=2 * MOST_PARTITIONS)
def crl_point(*, repository: Repository, issuer_name: bytes, partition: int) -> PointNames:
    """Return where a partition of the CRL is published; no two share a name (RFC 5280 6.3.3 (b)(2)(i)).

    A verifier takes a list for a certificate's when they have one name in common, so the CA's own name
    stands at the undivided CRL alone.
    """
    names = published_names(repository=repository, issuer_name=issuer_name)
    own = x509.Name.from_bytes(issuer_name)
    if partition == UNDIVIDED:
        return PointNames(entry=own, http=names.crl_http, ldap=names.crl_ldap)
    label = crl_label(partition)
    below = x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.COMMON_NAME, label)])
    at = quote(crl_entry(directory_entry=names.directory_entry, partition=partition), safe="=,+")
    return PointNames(
        entry=x509.Name([*own.rdns, below]),
        http=f"{repository.http}/{label}.crl",
        ldap=f"{repository.ldap}/{at}?certificateRevocationList;binary?base",
    )


def arl_point(*, repository: Repository, issuer_name: bytes) -> PointNames:
    """Return where the ARL is published."""
    names = published_names(repository=repository, issuer_name=issuer_name)
    return PointNames(entry=x509.Name.from_bytes(issuer_name), http=names.arl_http, ldap=names.arl_ldap)
