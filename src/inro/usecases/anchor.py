"""Anchors: the chain's head as signed in the token (39.4, 40(7))."""

from datetime import datetime

from inro.practice.events import EventKind
from inro.store.errors import Conflict
from inro.store.models import AuditAnchor
from inro.store.reads.reconciliation import audit_hash_at
from inro.usecases.act import act
from inro.usecases.actor import Actor


def record_anchor(*, seq: int, hash_: str, signature: bytes, actor: Actor, now: datetime) -> None:
    """Record a signature over the chain up to a row.

    Raises: Conflict when the chain has no such row, or that row is anchored already.
    """
    actor.check_process()
    if audit_hash_at(seq) != hash_:
        raise Conflict(what="audit", detail=f"row {seq} is another")
    with act(actor=actor, now=now) as doing:
        AuditAnchor.objects.create(seq=seq, hash=hash_, signed_at=now, signature=signature)
        doing.record(EventKind.ANCHOR_SIGNED, subject=f"audit/{seq}", hash=hash_)
