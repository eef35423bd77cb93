"""The names of what the repository publishes, as certificates and lists carry them (4(6), 26.1)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from cryptography import x509

from inro.pki.section import ProfileRefused, Section

# Under the CA's entry: RFC 4523 has no attribute of its own for a full CRL.
FULL_CRL_ENTRY = "cn=fullCRL"
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
        full_crl_ldap=f"{repository.ldap}/{quote(f'{FULL_CRL_ENTRY},{entry}', safe='=,+')}"
        "?certificateRevocationList;binary?base",
        ca_certificate_http=f"{repository.http}/ca.cer",
        ocsp=repository.ocsp,
        directory_entry=entry,
    )
