"""What the repository pages show: the CA's certificates and the lists in force (4(6), 26)."""

from dataclasses import dataclass
from datetime import datetime

from inro.pki.crl import ListKind
from inro.store.models import Certificate, RevocationList
from inro.store.states import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInForce:
    """The list of a kind published last; `web_at` and `directory_at` say when each half got it."""

    kind: ListKind
    number: int
    this_update: datetime
    next_update: datetime
    entries: int
    size: int
    sha256: str
    web_at: datetime | None
    directory_at: datetime | None


def ca_certificates() -> tuple[bytes, ...]:
    """Return the CA's certificates (DER), links between its keys among them, the newest key's first."""
    rows = Certificate.objects.filter(role=Scope.CA, der__isnull=False).order_by("-generation", "-pk")
    return tuple(bytes(der) for der in rows.values_list("der", flat=True) if der is not None)


def lists_in_force() -> tuple[ListInForce, ...]:
    """Return the list of each kind that reached the web last, in the order of 39.4."""
    newest = (
        RevocationList.objects.filter(kind=kind, web_at__isnull=False).order_by("-number").first()
        for kind in ListKind
    )
    return tuple(
        ListInForce(
            kind=ListKind(row.kind),
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
