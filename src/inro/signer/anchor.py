"""The audit chain's head signed in the HSM and remembered in the journal (39.4, 40(7))."""

from datetime import datetime, timedelta

from inro.pki.canonical import canonical_bytes
from inro.signer.journal import Kind
from inro.signer.room import Room
from inro.store.audit import chain_end
from inro.store.reads.anchors import last_anchor_at
from inro.usecases.anchor import record_anchor

INTERVAL = timedelta(hours=1)


def anchor_if_due(*, room: Room, now: datetime) -> None:
    """Sign the chain's head if the last anchor is an hour old.

    Raises: PortError, StoreError.
    """
    last = last_anchor_at()
    if last is not None and now - last < INTERVAL:
        return
    head = chain_end()
    statement = canonical_bytes({"form": "inro audit anchor 1", "seq": head.seq, "hash": head.hash})
    signature = room.token.sign(statement)
    room.journal.remember(Kind.AUDIT_HEAD, str(head.seq), hash=head.hash)
    record_anchor(seq=head.seq, hash_=head.hash, signature=signature, actor=room.actor, now=now)
