"""Names under which the repository publishes its files (4(6), 39.4)."""

from collections.abc import Mapping
from types import MappingProxyType

from inro.pki.crl import ListKind

LIST_FILES: Mapping[ListKind, str] = MappingProxyType(
    {ListKind.CRL: "crl.crl", ListKind.ARL: "arl.crl", ListKind.FULL_CRL: "full.crl"}
)
CA_FILE = "ca.cer"
SUMS_FILE = "sha256sums.txt"
TEXT_MEDIA_TYPE = "text/plain; charset=utf-8"
