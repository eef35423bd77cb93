"""The responder's certificate on record before it is signed, and when signed (26, RFC 6960 4.2.2.2)."""

import hashlib
from datetime import datetime

from inro.practice.events import EventKind
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.models import ResponderCertificate, SerialNumber
from inro.usecases.act import act
from inro.usecases.actor import Actor


def record_responder_intent(
    *,
    serial: bytes,
    tbs_sha256: str,
    profile_sha256: str,
    not_before: datetime,
    not_after: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """Record the linted bytes that are about to be signed; the serial number is then used for ever.

    Raises: Conflict when the serial number was ever recorded before.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        ResponderCertificate.objects.create(
            serial=SerialNumber.objects.create(serial=serial, reserved_at=now),
            tbs_sha256=tbs_sha256,
            profile_sha256=profile_sha256,
            not_before=not_before,
            not_after=not_after,
            at=now,
        )
        doing.record(EventKind.SIGNING_INTENDED, subject=_subject(serial), tbs_sha256=tbs_sha256)


def record_responder_certificate(*, serial: bytes, certificate: bytes, actor: Actor, now: datetime) -> None:
    """Record the signed certificate; from now on answers may be signed by its key.

    Raises: Unknown without an intent, Conflict when it is on record already.
    """
    actor.check_process()
    row = ResponderCertificate.objects.filter(serial__serial=serial).values_list("pk", flat=True).first()
    if row is None:
        raise Unknown(what="responder certificate", detail=serial.hex())
    sha256 = hashlib.sha256(certificate).hexdigest()
    with act(actor=actor, now=now) as doing:
        change(
            ResponderCertificate,
            row=row,
            expected={"sha256": None},
            to={"der": certificate, "sha256": sha256},
        )
        doing.record(EventKind.CERTIFICATE_ISSUED, subject=_subject(serial), certificate_sha256=sha256)


def _subject(serial: bytes) -> str:
    return f"responder/{serial.hex()}"
