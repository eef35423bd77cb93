"""The repository's two halves as one: each list goes to both and is read back from both (4(6), 26.1)."""

from collections.abc import Callable
from dataclasses import dataclass

from inro.pki.crl import ListKey, ListKind, list_file
from inro.pki.repository import UNDIVIDED, crl_label
from inro.ports.directory import Directory
from inro.ports.web_tree import WebTree
from inro.store.states import Place

CA_CERTIFICATE = "ca.cer"
FULL_CRL_LABEL = "fullCRL"
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

    def publish(self, *, key: ListKey, place: Place, signed: bytes) -> None:
        """Put a list into one half.

        Raises: PortError.
        """
        if place is Place.WEB:
            self.web.publish(list_file(*key), signed)
        else:
            self._entry(key).publish(_attribute(key.kind), signed)

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
        self.web.publish(CA_CERTIFICATE, certificate)
        self.directory.publish("cACertificate;binary", certificate)

    def _entry(self, key: ListKey) -> Directory:
        label = _label(key)
        return self.directory if label is None else self.directory_below(label)


def _label(key: ListKey) -> str | None:
    """Return the common name of a list's own entry under the CA's, None for what lies in the CA's."""
    if key.kind is ListKind.FULL_CRL:
        return FULL_CRL_LABEL
    return crl_label(key.partition) if key.partition != UNDIVIDED else None


def _attribute(kind: ListKind) -> str:
    return _AUTHORITY_LIST if kind is ListKind.ARL else _REVOCATION_LIST
