"""The audit chain's head signed in the HSM and remembered in the journal (39.4, 40(7))."""

from datetime import datetime, timedelta

from inro.pki.canonical import canonical_bytes
from inro.practice.errors import Refused
from inro.signer.journal import Journal, Kind
from inro.signer.room import Room
from inro.store.audit import FIRST_PREVIOUS, ChainEnd, chain_end
from inro.store.reads.anchors import first_broken_row
from inro.usecases.anchor import record_anchor

INTERVAL = timedelta(hours=1)
_START = ChainEnd(seq=0, hash=FIRST_PREVIOUS)


class ChainBroken(Refused):
    """Since the last anchor the audit log is no chain; nothing is anchored. `seq` is the first bad row."""

    def __init__(self, *, seq: int) -> None:
        super().__init__(seq=seq)
        self.seq = seq


def anchor_due(*, journal: Journal, now: datetime) -> bool:
    """Say whether the journal's last anchor is an hour old; the database is not asked."""
    last = journal.last(Kind.AUDIT_HEAD)
    return last is None or now - datetime.fromisoformat(last.details["signed_at"]) >= INTERVAL


def sign_anchor(*, room: Room, now: datetime) -> None:
    """Sign the chain's head, once every row since the last anchor is found to follow from the one before.

    Raises: ChainBroken, PortError, StoreError.
    """
    last = room.journal.last(Kind.AUDIT_HEAD)
    anchored = ChainEnd(seq=int(last.key), hash=last.details["hash"]) if last else _START
    head = chain_end()
    broken = first_broken_row(after=anchored, until=head)
    if broken is not None:
        raise ChainBroken(seq=broken)
    statement = canonical_bytes({"form": "inro audit anchor 1", "seq": head.seq, "hash": head.hash})
    signature = room.token.sign(statement)
    # The journal comes last: after a crash before it the chain has grown, and its new head is signed.
    record_anchor(seq=head.seq, hash_=head.hash, signature=signature, actor=room.actor, now=now)
    room.journal.remember(
        Kind.AUDIT_HEAD, str(head.seq), hash=head.hash, signed_at=now.isoformat(timespec="seconds")
    )
