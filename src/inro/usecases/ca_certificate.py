"""The CA's own certificates on record: what a ceremony made, so that the ARL can cover it (22.1(5), 39.4)."""

import hashlib
from datetime import datetime

from cryptography import x509

from inro.pki.ca_certificates import NotOfThisCa, check_issued_here
from inro.pki.issuer import Issuer, tbs_parts
from inro.practice.acts import Act
from inro.practice.certificate import CertificateState, NoCaCertificate
from inro.practice.events import EventKind
from inro.store.ids import CertificateId
from inro.store.models import Certificate, SerialNumber
from inro.store.reads.repository import ca_certificates, generations_of_keys
from inro.store.states import Scope
from inro.usecases.act import act
from inro.usecases.actor import Actor


def enter_ca_certificate(
    *, certificate: bytes, issuer: Issuer, profile_sha256: str, actor: Actor, now: datetime
) -> CertificateId | None:
    """Enter a CA's certificate (DER) that a key of this CA signed; None where it is on record already.

    Self-signed, link and cross certificates alike, the CA's own first: an older or newer key is known by
    what links it to a known one. What another CA issued to this one is on that CA's lists, not on these.

    Raises: DutyMissing, NoCaCertificate, Conflict where the serial number is another certificate's.
    """
    actor.check(Act.ENTER_CA_CERTIFICATE)
    try:
        check_issued_here(certificate=certificate, issuer=issuer, known=ca_certificates())
    except NotOfThisCa as refused:
        raise NoCaCertificate(problem=refused.problem) from refused
    sha256 = hashlib.sha256(certificate).hexdigest()
    if Certificate.objects.filter(sha256=sha256, role=Scope.CA).exists():
        return None
    parsed = x509.load_der_x509_certificate(certificate)
    serial = parsed.serial_number.to_bytes(20)
    with act(actor=actor, now=now) as doing:
        made = Certificate.objects.create(
            serial=SerialNumber.objects.create(serial=serial, reserved_at=now),
            role=Scope.CA,
            der=certificate,
            sha256=sha256,
            issued_at=parsed.not_valid_before_utc,
            not_after=parsed.not_valid_after_utc,
            state=CertificateState.VALID,
            profile_sha256=profile_sha256,
            generation=_generation(certificate, issuer),
        )
        doing.record(
            EventKind.CEREMONY_HELD,
            subject=f"certificate/{serial.hex()}",
            certificate_sha256=sha256,
            generation=made.generation,
        )
    return CertificateId(made.pk)


def _generation(certificate: bytes, issuer: Issuer) -> int:
    """Return of which of the CA's keys a certificate is; a cross certificate counts with the newest."""
    parts, known = tbs_parts(certificate), generations_of_keys()
    newest = max(known.values(), default=0)
    if parts.subject != issuer.name:
        return max(newest, 1)
    return known.get(parts.public_key_info, newest + 1)
