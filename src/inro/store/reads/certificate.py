"""Certificates as issued, by what people look them up with (6.2, 12.6, 17.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from inro.practice.certificate import CertificateState
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, CertificateId
from inro.store.models import Certificate
from inro.store.states import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRecord:
    """One certificate; `der` is None once disposed of, `serial` 20 octets."""

    certificate_id: CertificateId
    application_id: ApplicationId | None
    serial: bytes
    scope: Scope
    der: bytes | None
    sha256: str
    spki_sha256: str | None
    issued_at: datetime
    not_after: datetime
    state: CertificateState
    profile_sha256: str
    generation: int

    @property
    def is_revoked(self) -> bool:
        """Whether it is revoked for good (26.1)."""
        return self.state is CertificateState.REVOKED


def certificate_record(certificate: CertificateId) -> CertificateRecord:
    """Return one certificate.

    Raises: Unknown.
    """
    return _one(f"{certificate}", pk=certificate)


def certificate_by_serial(serial: bytes) -> CertificateRecord:
    """Return one certificate by its serial number (20 octets).

    Raises: Unknown.
    """
    return _one(serial.hex(), serial__serial=serial)


def certificate_of_application(application: ApplicationId) -> CertificateRecord:
    """Return the certificate an application led to.

    Raises: Unknown.
    """
    return _one(f"of application {application}", application_id=application)


def valid_certificates_ending_before(instant: datetime) -> tuple[CertificateRecord, ...]:
    """Return the valid certificates that end before an instant, the first to end first (6.2)."""
    rows = _rows().filter(state=CertificateState.VALID, not_after__lt=instant)
    return tuple(_record(row) for row in rows.order_by("not_after", "id"))


def ca_certificate_records() -> tuple[CertificateRecord, ...]:
    """Return the CA's own certificates, links and cross certificates among them, the newest key's first."""
    rows = _rows().filter(role=Scope.CA, application=None)
    return tuple(_record(row) for row in rows.order_by("-generation", "-pk"))


def _rows() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("serial", "key")


def _one(said: str, **wanted: Any) -> CertificateRecord:
    row = _rows().filter(**wanted).first()
    if row is None:
        raise Unknown(what="certificate", detail=said)
    return _record(row)


def _record(row: Certificate) -> CertificateRecord:
    return CertificateRecord(
        certificate_id=CertificateId(row.pk),
        application_id=ApplicationId(row.application_id) if row.application_id else None,
        serial=bytes(row.serial.serial),
        scope=Scope(row.role),
        der=None if row.der is None else bytes(row.der),
        sha256=row.sha256,
        spki_sha256=row.key.spki_sha256 if row.key else None,
        issued_at=row.issued_at,
        not_after=row.not_after,
        state=CertificateState(row.state),
        profile_sha256=row.profile_sha256,
        generation=row.generation,
    )
