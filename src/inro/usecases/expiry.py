"""Certificates whose time is over (6.1)."""

from datetime import datetime

from inro.practice.events import EventKind
from inro.store.plain_sql import claimed
from inro.usecases.act import act
from inro.usecases.actor import Actor

_AT_ONCE = 500
_ENDED = "SELECT id FROM store_certificate WHERE state = 'valid' AND not_after < %s ORDER BY not_after, id"
_EXPIRE = "UPDATE store_certificate SET state = 'expired'"
_SERIAL = "(SELECT serial FROM store_serialnumber WHERE id = serial_id)"


def expire_certificates(*, actor: Actor, now: datetime) -> int:
    """Record every certificate whose validity is over as expired; a revoked one stays revoked (6.1).

    Returns how many; each few hundred are an act of their own, so a run that ends early has lost nothing, and
    of several workers each takes others.
    """
    actor.check_process()
    expired = 0
    while True:
        with act(actor=actor, now=now) as doing:
            ended = claimed("store_certificate", _EXPIRE, _ENDED, [now], ("id", _SERIAL), most=_AT_ONCE)
            for _, serial in ended:
                doing.record(EventKind.CERTIFICATE_EXPIRED, subject=f"certificate/{bytes(serial).hex()}")
            if not ended:
                doing.nothing()
        if not ended:
            return expired
        expired += len(ended)
