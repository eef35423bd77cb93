"""Certificates whose time is over (6.1)."""

from datetime import datetime

from inro.practice.certificate import CertificateState
from inro.practice.events import EventKind
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.models import Certificate
from inro.usecases.act import act
from inro.usecases.actor import Actor

_AT_ONCE = 500


def expire_certificates(*, actor: Actor, now: datetime) -> int:
    """Record every certificate whose validity is over as expired; a revoked one stays revoked (6.1).

    Returns how many; each few hundred are an act of their own, so a run that ends early has lost nothing.
    """
    actor.check_process()
    expired = 0
    while ended := list(
        Certificate.objects.filter(state=CertificateState.VALID, not_after__lt=now)
        .order_by("id")
        .values_list("pk", "serial__serial")[:_AT_ONCE]
    ):
        try:
            with act(actor=actor, now=now) as doing:
                for certificate, serial in ended:
                    change(
                        Certificate,
                        row=certificate,
                        expected={"state": CertificateState.VALID},
                        to={"state": CertificateState.EXPIRED},
                    )
                    doing.record(EventKind.CERTIFICATE_EXPIRED, subject=f"certificate/{bytes(serial).hex()}")
        except Conflict:
            break  # Another worker, or a revocation, was first: the next run looks again.
        expired += len(ended)
    return expired
