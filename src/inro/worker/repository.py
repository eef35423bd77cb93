"""The repository's two halves as one: each list goes to both and is read back from both (4(6), 26.1)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from inro.pki.ca_certificates import CaCertificates
from inro.pki.crl import ListKey, ListKind, list_file
from inro.pki.repository import FULL_CRL_LABEL, UNDIVIDED, crl_label
from inro.ports.directory import Directory
from inro.ports.replacement import MayReplace
from inro.ports.web_tree import WebTree
from inro.store.states import Place

CA_CERTIFICATE = "ca.cer"
_REVOCATION_LIST = "certificateRevocationList;binary"
_AUTHORITY_LIST = "authorityRevocationList;binary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Web tree and directory; `directory_below` gives the entry of that common name under the CA's.

    RFC 4523 has one attribute for revoked certificates, so what does not fit into the CA's own entry lies in
    one of its own: the full CRL, and each part of a divided CRL.
    """

    web: WebTree
    directory: Directory
    directory_below: Callable[[str], Directory]

    def publish(self, *, key: ListKey, place: Place, signed: bytes, may_replace: MayReplace) -> None:
        """Put a list into one half, unless `may_replace` says no of the list that is there.

        Raises: PortError.
        """
        if place is Place.WEB:
            self.web.publish(list_file(*key), signed, may_replace=may_replace)
        else:
            self._entry(key).publish(_attribute(key.kind), signed, may_replace=may_replace)

    def read_back(self, *, key: ListKey, place: Place) -> bytes | None:
        """Return what one half gives anyone, or None.

        Raises: PortError.
        """
        if place is Place.WEB:
            return self.web.read_back(list_file(*key))
        return self._entry(key).read_back(_attribute(key.kind))

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

    def _entry(self, key: ListKey) -> Directory:
        label = _label(key)
        return self.directory if label is None else self.directory_below(label)


def _label(key: ListKey) -> str | None:
    """Return the common name of a list's own entry under the CA's, None for what lies in the CA's."""
    if key.kind is ListKind.FULL_CRL:
        return FULL_CRL_LABEL
    return crl_label(key.partition) if key.partition != UNDIVIDED else None


def link_name(certificate: bytes) -> str:
    """Return the name of a link certificate's file: by its content, as several may follow each other."""
    return f"link-{hashlib.sha256(certificate).hexdigest()[:16]}.cer"


def _attribute(kind: ListKind) -> str:
    return _AUTHORITY_LIST if kind is ListKind.ARL else _REVOCATION_LIST
