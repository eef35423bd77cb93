"""The repository's two halves as one: each list goes to both and is read back from both (4(6), 26.1)."""

import hashlib
from dataclasses import dataclass

from inro.pki.ca_certificates import CaCertificates
from inro.pki.crl import ListKind
from inro.ports.directory import Directory
from inro.ports.replacement import MayReplace
from inro.ports.web_tree import WebTree
from inro.store.states import Place

CA_CERTIFICATE = "ca.cer"
WEB_NAMES = {ListKind.CRL: "crl.crl", ListKind.ARL: "arl.crl", ListKind.FULL_CRL: "full.crl"}
_REVOCATION_LIST = "certificateRevocationList;binary"
_AUTHORITY_LIST = "authorityRevocationList;binary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Web tree and directory; `directory_full` is the entry under the CA's that holds the full CRL.

    RFC 4523 has no attribute of its own for a full CRL, so it lies in a distribution point's entry.
    """

    web: WebTree
    directory: Directory
    directory_full: Directory

    def publish(self, *, kind: ListKind, place: Place, signed: bytes, may_replace: MayReplace) -> None:
        """Put a list into one half, unless `may_replace` says no of the list that is there.

        Raises: PortError.
        """
        if place is Place.WEB:
            self.web.publish(WEB_NAMES[kind], signed, may_replace=may_replace)
        else:
            self._entry(kind).publish(_attribute(kind), signed, may_replace=may_replace)

    def read_back(self, *, kind: ListKind, place: Place) -> bytes | None:
        """Return what one half gives anyone, or None.

        Raises: PortError.
        """
        if place is Place.WEB:
            return self.web.read_back(WEB_NAMES[kind])
        return self._entry(kind).read_back(_attribute(kind))

    def publish_ca_certificate(self, certificate: bytes) -> None:
        """Put the CA's certificate into both halves (RFC 4523 2.3).

        Raises: PortError.
        """
        self.publish_certificates(CaCertificates(own=(certificate,), pairs=()))

    def publish_certificates(self, certificates: CaCertificates) -> None:
        """Put the CA's certificate, its link and cross certificates into both halves (RFC 4523 2.2, 2.3).

        Raises: PortError.
        """
        current, *links = certificates.own
        self.web.publish(CA_CERTIFICATE, current)
        for link in links:
            self.web.publish(link_name(link), link)
        self.directory.publish("cACertificate;binary", *certificates.own)
        if certificates.pairs:
            self.directory.publish("crossCertificatePair;binary", *certificates.pairs)

    def _entry(self, kind: ListKind) -> Directory:
        return self.directory_full if kind is ListKind.FULL_CRL else self.directory


def link_name(certificate: bytes) -> str:
    """Return the name of a link certificate's file: by its content, as several may follow each other."""
    return f"link-{hashlib.sha256(certificate).hexdigest()[:16]}.cer"


def _attribute(kind: ListKind) -> str:
    return _AUTHORITY_LIST if kind is ListKind.ARL else _REVOCATION_LIST
