"""What the signer believes of a decision: assertions held against its own roster and terms (9.1, 21, 22).

Nothing here trusts a row. A row only brings the bytes; the officers' security keys vouch for them.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from inro.pki.approvers import DUTY_OF, approvers
from inro.pki.assertion import Assertion
from inro.pki.canonical import CanonicalRefused, canonical_bytes
from inro.pki.roster import RosterFault, RosterRefused
from inro.practice.approval import ApprovalContent, Purpose
from inro.practice.calendar import jst_date
from inro.practice.errors import Refused
from inro.signer.room import Room
from inro.store.reads.decisions import DecisionRecord


class DecisionFault(StrEnum):
    """Why the signer does not act on a decision."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    OTHER_CASE = "other-case"
    OTHER_DUTY = "other-duty"
    OTHER_CONTENT = "other-content"
    OTHER_PROFILE = "other-profile"
    OTHER_EDITION = "other-edition"
    NOT_APPROVED = "not-approved"
    EXAMINATION_END = "examination-end"


class DecisionRefused(Refused):
    """A decision the signer does not believe; `fault` says why, `purpose` which of them."""

    def __init__(self, *, fault: DecisionFault, purpose: Purpose) -> None:
        super().__init__(fault=fault.value, purpose=purpose.value)
        self.fault = fault
        self.purpose = purpose


def verified_approvals(
    *,
    decisions: Sequence[DecisionRecord],
    purposes: Sequence[Purpose],
    case: str,
    content: dict[str, Any],
    room: Room,
    now: datetime,
) -> tuple[ApprovalContent, ...]:
    """Return a case's approvals in the order of `purposes`, if its officers approved exactly `content`.

    Raises: DecisionRefused, ApprovalRefused, AssertionRefused, RosterRefused, SeparationBreached.
    """
    # Checked when the process started too; it may have run for months since.
    if not room.roster.valid_from <= jst_date(now) <= room.roster.valid_until:
        raise RosterRefused(reason=RosterFault.NOT_IN_FORCE, detail=jst_date(now).isoformat())
    pairs = [_read(decisions, purpose) for purpose in purposes]
    for (approval, _), purpose in zip(pairs, purposes, strict=True):
        fault = _fault(approval, purpose=purpose, case=case, content=content, room=room)
        if fault is not None:
            raise DecisionRefused(fault=fault, purpose=purpose)
    approvers(roster=room.roster, approvals=pairs, now=now, virtual_allowed=room.virtual_allowed)
    return tuple(approval for approval, _ in pairs)


def examination_end(*, acceptance: ApprovalContent, recorded: datetime, now: datetime) -> datetime:
    """Return when the examination ended, as the accepting officer signed it (6.1; Ordinance 6(4)).

    The five years of the law count from it, so it is neither to come nor another than the record's.

    Raises: DecisionRefused.
    """
    refusal = DecisionRefused(fault=DecisionFault.EXAMINATION_END, purpose=acceptance.purpose)
    try:
        ended = datetime.fromisoformat(acceptance.examination_ended_at)
    except (ValueError, TypeError) as error:
        raise refusal from error
    if ended.tzinfo is None or ended > now or ended != recorded:
        raise refusal
    return ended


def assertion_hashes(decisions: Sequence[DecisionRecord], purposes: Sequence[Purpose]) -> tuple[str, ...]:
    """Return the hexadecimal SHA-256 of the assertions, computed from their bytes.

    Raises: DecisionRefused if one is missing.
    """
    return tuple(_assertion(_only(decisions, purpose)).sha256.hex() for purpose in purposes)


def _fault(
    approval: ApprovalContent, *, purpose: Purpose, case: str, content: dict[str, Any], room: Room
) -> DecisionFault | None:
    checks = (
        (approval.purpose is purpose and approval.duty == DUTY_OF[purpose], DecisionFault.OTHER_DUTY),
        (approval.verdict == "accept", DecisionFault.NOT_APPROVED),
        (approval.case == case, DecisionFault.OTHER_CASE),
        (approval.content == content, DecisionFault.OTHER_CONTENT),
        (approval.profile_sha256 == room.profile.sha256, DecisionFault.OTHER_PROFILE),
        (approval.edition_sha256 == room.editions.get(approval.edition), DecisionFault.OTHER_EDITION),
    )
    return next((fault for holds, fault in checks if not holds), None)


def _read(decisions: Sequence[DecisionRecord], purpose: Purpose) -> tuple[ApprovalContent, Assertion]:
    decision = _only(decisions, purpose)
    try:
        record = json.loads(decision.content)
        # Only the canonical form is believed: two spellings of one content would be two hashes.
        if canonical_bytes(record) != decision.content:
            raise DecisionRefused(fault=DecisionFault.UNREADABLE, purpose=purpose)
        content = ApprovalContent.from_record(record)
        if content.expires_at.tzinfo is None:
            raise DecisionRefused(fault=DecisionFault.UNREADABLE, purpose=purpose)
        return content, _assertion(decision)
    except (ValueError, KeyError, TypeError, CanonicalRefused) as error:
        raise DecisionRefused(fault=DecisionFault.UNREADABLE, purpose=purpose) from error


def _only(decisions: Sequence[DecisionRecord], purpose: Purpose) -> DecisionRecord:
    # A case sent back to examination has older decisions too; the newest of a purpose is the one that holds.
    # A row put in later gains nothing: case and content are signed, and the hand-over names both assertions.
    found = [decision for decision in decisions if decision.purpose is purpose]
    if not found:
        raise DecisionRefused(fault=DecisionFault.MISSING, purpose=purpose)
    return found[-1]


def _assertion(decision: DecisionRecord) -> Assertion:
    return Assertion(
        credential_id=decision.credential_id,
        authenticator_data=decision.authenticator_data,
        client_data_json=decision.client_data_json,
        signature=decision.signature,
    )
