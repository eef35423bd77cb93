"""The repository's two halves as one: each list goes to both and is read back from both (4(6), 26.1)."""

from dataclasses import dataclass

from inro.pki.crl import ListKind
from inro.ports.directory import Directory
from inro.ports.web_tree import WebTree
from inro.store.states import Place

CA_CERTIFICATE = "ca.cer"
WEB_NAMES = {ListKind.CRL: "crl.crl", ListKind.ARL: "arl.crl", ListKind.FULL_CRL: "full.crl"}
_REVOCATION_LIST = "certificateRevocationList;binary"
_AUTHORITY_LIST = "authorityRevocationList;binary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Web tree and directory; `directory_full` is the entry under the CA's that holds the full CRL.

    RFC 4523 has no attribute of its own for a full CRL, so it lies in an entry of its own.
    """

    web: WebTree
    directory: Directory
    directory_full: Directory

    def publish(self, *, kind: ListKind, place: Place, signed: bytes) -> None:
        """Put a list into one half.

        Raises: PortError.
        """
        if place is Place.WEB:
            self.web.publish(WEB_NAMES[kind], signed)
        else:
            self._entry(kind).publish(_attribute(kind), signed)

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
        self.web.publish(CA_CERTIFICATE, certificate)
        self.directory.publish("cACertificate;binary", certificate)

    def _entry(self, kind: ListKind) -> Directory:
        return self.directory_full if kind is ListKind.FULL_CRL else self.directory


def _attribute(kind: ListKind) -> str:
    return _AUTHORITY_LIST if kind is ListKind.ARL else _REVOCATION_LIST
