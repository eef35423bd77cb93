"""A CA's certificate as a forger puts it on record: no key is asked whether it is the CA's (22.1(5))."""

import hashlib
from datetime import datetime

from cryptography import x509

from inro.practice.certificate import CertificateState
from inro.store.models import Certificate, SerialNumber
from inro.store.states import Scope
from tests import given


def put_ca_certificate(made: bytes, *, serial: bytes, generation: int = 1, now: datetime = given.NOW) -> None:
    """Put a row of a CA's certificate on record as whoever owns the database could: nobody looks at it."""
    parsed = x509.load_der_x509_certificate(made)
    Certificate.objects.create(
        serial=SerialNumber.objects.create(serial=serial, reserved_at=now),
        role=Scope.CA,
        der=made,
        sha256=hashlib.sha256(made).hexdigest(),
        issued_at=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        state=CertificateState.VALID,
        profile_sha256=given.PROFILE_SHA256,
        generation=generation,
    )
