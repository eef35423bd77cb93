"""After the last lists: the keys' destruction on record, the kept records handed over (11, 40(4))."""

import hashlib
from datetime import datetime

from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.discontinuation import (
    DESTRUCTION_GUARDS,
    HAND_OVER_GUARDS,
    DiscontinuationAct,
    EndFacts,
    next_state,
)
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.practice.transitions import check_guards
from inro.store.change import change
from inro.store.models import Discontinuation
from inro.store.reads.discontinuation import DiscontinuationRecord, last_lists_published
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.discontinuation import move, standing

LONGEST_RECEIVER = 200


class TranscriptRefused(Refused):
    """A record of destruction that the roster key did not sign."""


def record_key_destruction(
    *,
    transcript: bytes,
    signature: bytes,
    roster_key_info: bytes,
    ca_key_info: bytes,
    actor: Actor,
    now: datetime,
) -> None:
    """Record that a ceremony destroyed the CA's key, by its signed transcript (11; Ordinance 6(17)).

    Both keys are SubjectPublicKeyInfo (DER), of the first ceremony's folder.

    Raises: DutyMissing, Unknown, ActNotAllowed, TranscriptRefused, GuardRefused where the last lists are
    not in both halves or the transcript is of another key, Conflict.
    """
    actor.check(Act.RECORD_KEY_DESTRUCTION)
    record = standing()
    next_state(record.state, DiscontinuationAct.DESTROY_KEYS)
    signed = verify_signature(
        data=transcript,
        signature=signature,
        public_key_info=roster_key_info,
        algorithm=SignatureAlgorithm.SHA256,
    )
    if not signed:
        raise TranscriptRefused
    facts = EndFacts(
        last_day=record.last_day,
        today=jst_date(now),
        last_lists_in_both_halves=record.until is not None and last_lists_published(record.until),
        destroyed_key_is_the_cas=hashlib.sha256(ca_key_info).hexdigest().encode() in transcript,
    )
    check_guards(DESTRUCTION_GUARDS, facts)
    transcript_sha256 = hashlib.sha256(transcript).hexdigest()
    with act(actor=actor, now=now) as doing:
        move(
            record,
            DiscontinuationAct.DESTROY_KEYS,
            keys_destroyed_at=now,
            transcript_sha256=transcript_sha256,
        )
        doing.record(EventKind.KEYS_DESTROYED, subject=record.case, transcript_sha256=transcript_sha256)


def check_last_records(*, actor: Actor) -> DiscontinuationRecord:
    """Return the plan whose kept records are to be written out, before the first of them is (40(4)).

    Raises: DutyMissing, Unknown, ActNotAllowed before the keys are destroyed and after the hand-over.
    """
    actor.check(Act.WRITE_LAST_RECORDS)
    return _to_hand_over()


def write_last_records(*, manifest_sha256: str, files: int, actor: Actor, now: datetime) -> None:
    """Record that every kept record was written out; written again, the newest manifest counts (40(4)).

    Raises: DutyMissing, Unknown, ActNotAllowed before the keys are destroyed, Conflict.
    """
    actor.check(Act.WRITE_LAST_RECORDS)
    record = _to_hand_over()
    with act(actor=actor, now=now) as doing:
        change(
            Discontinuation,
            row=record.row,
            expected={"state": record.state, "manifest_sha256": record.manifest_sha256},
            to={"manifest_sha256": manifest_sha256},
        )
        doing.record(
            EventKind.RECORDS_WRITTEN, subject=record.case, manifest_sha256=manifest_sha256, files=files
        )


def hand_over_records(
    *, receiver: str, manifest_sha256: str, receipt: bytes, actor: Actor, now: datetime
) -> None:
    """Record who keeps the records from now on, by their receipt of the manifest (40(4)).

    `manifest_sha256` is what the receipt names. The log holds hashes, the row the receiver.

    Raises: DutyMissing, Unknown, ActNotAllowed, GuardRefused for nobody, or for a receipt that is empty or of
    another manifest; Conflict.
    """
    actor.check(Act.HAND_OVER_RECORDS)
    record = _to_hand_over()
    same = record.manifest_sha256 is not None and record.manifest_sha256 == manifest_sha256
    facts = EndFacts(
        last_day=record.last_day,
        today=jst_date(now),
        receiver_is_named=0 < len(receiver.strip()) <= LONGEST_RECEIVER,
        manifest_is_receipted=same and bool(receipt),
    )
    check_guards(HAND_OVER_GUARDS, facts)
    receipt_sha256 = hashlib.sha256(receipt).hexdigest()
    with act(actor=actor, now=now) as doing:
        move(
            record,
            DiscontinuationAct.HAND_OVER,
            handed_over_at=now,
            receiver=receiver.strip(),
            receipt_sha256=receipt_sha256,
        )
        doing.record(
            EventKind.RECORDS_HANDED_OVER,
            subject=record.case,
            manifest_sha256=manifest_sha256,
            receipt_sha256=receipt_sha256,
        )


def _to_hand_over() -> DiscontinuationRecord:
    record = standing()
    next_state(record.state, DiscontinuationAct.HAND_OVER)
    return record
