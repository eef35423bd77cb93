"""The CA's own, link and cross certificates into both halves of the repository (4(6), RFC 4523 2.2, 2.3)."""

import sys
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import installation_from_environment
from inro.pki.ca_certificates import NotOfThisCa, sorted_certificates
from inro.pki.certificate_file import certificate_in
from inro.pki.issuer import UNDECODABLE, IssuerRefused, issuer_of
from inro.ports.errors import PortError
from inro.words.way_out import refusal_line
from inro.worker.wiring import publisher_of

_CA_CERTIFICATE = "ca.der"


class CertificateUnreadable(PortError):
    """A file holds no certificate, or one that does not belong into the CA's entry."""


def publish_certificates(files: Iterable[Path]) -> int:
    """Publish the ceremony's CA certificate and those in `files`; return 0, or 1 with a line of why."""
    try:
        installation = installation_from_environment()
        given = list(files)
        issuer = issuer_of(_read(installation.trust / _CA_CERTIFICATE))
        certificates = sorted_certificates(issuer=issuer, others=map(_read, given))
        publisher_of(installation).repository.publish_certificates(certificates)
    except NotOfThisCa as refused:
        file = given[refused.place - 1]
        unreadable = CertificateUnreadable(str(file), refused.problem, "leave it out, or name the right file")
        print(refusal_line("inro directory", unreadable), file=sys.stderr)
        return 1
    except (ConfigurationRefused, PortError, IssuerRefused, OSError) as error:
        print(refusal_line("inro directory", error), file=sys.stderr)
        return 1
    links, pairs = len(certificates.own) - 1, len(certificates.pairs)
    print(f"公開 / published: CA証明書 / CA certificate, リンク / link {links}, 相互認証 / cross {pairs}")
    return 0


def _read(file: Path) -> bytes:
    try:
        return certificate_in(file.read_bytes()).public_bytes(Encoding.DER)
    except UNDECODABLE as error:
        raise CertificateUnreadable(str(file), "is no certificate", "name a PEM or DER file") from error
