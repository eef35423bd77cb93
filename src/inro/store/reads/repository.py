"""What the repository pages show: the CA's certificates and the lists in force (4(6), 26)."""

from dataclasses import dataclass
from datetime import datetime

from inro.pki.crl import ListKind, list_file
from inro.pki.issuer import tbs_parts
from inro.store.models import Certificate, RevocationList
from inro.store.reads.revocation import lists_on_record
from inro.store.states import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInForce:
    """The list of a kind, or part of the CRL, published last; `web_at`, `directory_at` say since when."""

    kind: ListKind
    partition: int
    number: int
    this_update: datetime
    next_update: datetime
    entries: int
    size: int
    sha256: str
    web_at: datetime | None
    directory_at: datetime | None

    @property
    def file(self) -> str:
        """The name under which it is published."""
        return list_file(self.kind, self.partition)


def ca_certificates() -> tuple[bytes, ...]:
    """Return the CA's certificates (DER), links between its keys among them, the newest key's first."""
    rows = Certificate.objects.filter(role=Scope.CA, der__isnull=False).order_by("-generation", "-pk")
    return tuple(bytes(der) for der in rows.values_list("der", flat=True) if der is not None)


def generations_of_keys() -> dict[bytes, int]:
    """Return the CA's keys (SubjectPublicKeyInfo, DER) on record with their generation."""
    rows = Certificate.objects.filter(role=Scope.CA, der__isnull=False).order_by("generation", "pk")
    found: dict[bytes, int] = {}
    for der, generation in rows.values_list("der", "generation"):
        parts = tbs_parts(bytes(der or b""))
        if parts.issuer == parts.subject:
            found.setdefault(parts.public_key_info, generation)
    return found


def lists_in_force() -> tuple[ListInForce, ...]:
    """Return the lists that reached the web last, in the order of 39.4; parts of the CRL follow it."""
    newest = (
        RevocationList.objects.filter(kind=kind, partition=partition, web_at__isnull=False)
        .order_by("-number")
        .first()
        for kind, partition in lists_on_record()
    )
    return tuple(
        ListInForce(
            kind=ListKind(row.kind),
            partition=row.partition,
            number=row.number,
            this_update=row.this_update,
            next_update=row.next_update,
            entries=row.entries,
            size=row.size,
            sha256=row.sha256,
            web_at=row.web_at,
            directory_at=row.directory_at,
        )
        for row in newest
        if row is not None
    )
