"""What the OCSP signer asks of the record: certificates and revocations as they come, in bulk (26)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from inro.store.models import Certificate, ResponderCertificate, RevokedEntry
from inro.store.states import Scope

_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedRow:
    """One certificate that is answered for: row, serial number of 20 octets, certificate (DER), end.

    `of_ca` says that it is on record as one of the CA's own.
    """

    row: int
    serial: bytes
    certificate: bytes
    not_after: datetime
    of_ca: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedRow:
    """One revocation: row, serial number, when, reason code."""

    row: int
    serial: bytes
    revoked_at: datetime
    reason_code: int | None


def issued_after(row: int, *, most: int) -> Iterator[IssuedRow]:
    """Stream the certificates recorded after a row, but those whose records are disposed of (40(4))."""
    return _issued(Certificate.objects.filter(pk__gt=row, der__isnull=False).order_by("pk")[:most])


def issued_row(serial: bytes) -> IssuedRow | None:
    """Return the certificate of a serial number (20 octets), None where its record is disposed of."""
    return next(_issued(Certificate.objects.filter(serial__serial=serial)), None)


def _issued(rows: QuerySet[Certificate]) -> Iterator[IssuedRow]:
    columns = rows.values_list("pk", "serial__serial", "der", "not_after", "role")
    for pk, serial, certificate, not_after, role in columns.iterator(_ROWS_AT_ONCE):
        if certificate is not None:
            yield IssuedRow(
                row=pk,
                serial=bytes(serial),
                certificate=bytes(certificate),
                not_after=not_after,
                of_ca=role == Scope.CA,
            )


def revoked_after(row: int) -> Iterator[RevokedRow]:
    """Stream the revocations recorded after a row."""
    return _revoked(RevokedEntry.objects.filter(pk__gt=row).order_by("pk"))


def revoked_before(row: int, *, most: int) -> Iterator[RevokedRow]:
    """Stream the revocations recorded before a row, the newest first."""
    return _revoked(RevokedEntry.objects.filter(pk__lt=row).order_by("-pk")[:most])


def last_revoked_row() -> int:
    """Return the row of the newest revocation, 0 before the first."""
    return RevokedEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _revoked(rows: QuerySet[RevokedEntry]) -> Iterator[RevokedRow]:
    columns = rows.values_list("pk", "serial", "revoked_at", "reason_code")
    for pk, serial, revoked_at, reason in columns.iterator(_ROWS_AT_ONCE):
        yield RevokedRow(row=pk, serial=bytes(serial), revoked_at=revoked_at, reason_code=reason)


def responder_certificate() -> bytes | None:
    """Return the newest signed certificate of the responder (DER), or None before the first."""
    newest = ResponderCertificate.objects.filter(der__isnull=False).order_by("-pk").first()
    return bytes(newest.der) if newest is not None and newest.der is not None else None


def responder_hashes() -> dict[str, str]:
    """Return the hashes of the signed responder certificates by serial number (hexadecimal)."""
    rows = ResponderCertificate.objects.filter(sha256__isnull=False).values_list("serial__serial", "sha256")
    return {bytes(serial).hex(): str(sha256) for serial, sha256 in rows}


def is_disposed(serial: bytes) -> bool:
    """Say whether a certificate's record was disposed of (40(4))."""
    return Certificate.objects.filter(serial__serial=serial, der__isnull=True).exists()
