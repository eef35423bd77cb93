"""Decisions of officers: checked here as the office sees them, and again by the signer (9.1, 21, 22)."""

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inro.pki.approvers import DUTY_OF, approvers
from inro.pki.assertion import Assertion, challenge_of
from inro.pki.canonical import canonical_bytes
from inro.pki.roster import Roster
from inro.practice.approval import ACCEPT, APPROVAL_STANDS, ApprovalContent, Purpose
from inro.practice.errors import Refused
from inro.store.models import Decision
from inro.store.reads.decisions import DecisionRecord, decisions_of_the_house
from inro.usecases.actor import Actor


class OtherMatter(Refused):
    """The assertion approves something else than this case; `part` names where they differ."""

    def __init__(self, *, part: str) -> None:
        super().__init__(part=part)
        self.part = part


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What an officer's security key signed, and its assertion."""

    content: ApprovalContent
    assertion: Assertion


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """Against which roster approvals are measured; `virtual_allowed` is true in a demonstration only."""

    roster: Roster
    virtual_allowed: bool


def content_to_approve(
    *,
    purpose: Purpose,
    case: str,
    content: dict[str, Any],
    after: Approval | None,
    edition: tuple[str, str],
    profile_sha256: str,
    roster: Roster,
    random_bytes: Callable[[int], bytes],
    now: datetime,
    verdict: str = ACCEPT,
    examination_ended_at: datetime | None = None,
) -> ApprovalContent:
    """Return what an officer is asked to sign.

    `after` is the approval it rests on, `edition` name and hash of the terms.
    """
    return ApprovalContent(
        purpose=purpose,
        case=case,
        decision=str(uuid.UUID(bytes=random_bytes(16), version=4)),
        verdict=verdict,
        duty=DUTY_OF[purpose].value,
        content=content,
        follows=after.assertion.sha256.hex() if after is not None else "",
        profile_sha256=profile_sha256,
        edition=edition[0],
        edition_sha256=edition[1],
        roster_version=roster.version,
        roster_sha256=roster.sha256,
        examination_ended_at=examination_ended_at.isoformat() if examination_ended_at else "",
        nonce=random_bytes(16).hex(),
        expires_at=(now + APPROVAL_STANDS).replace(microsecond=0),
    )


def check_approval(
    *,
    approval: Approval,
    purpose: Purpose,
    case: str,
    content: dict[str, Any],
    earlier: Sequence[Approval],
    officers: Officers,
    actor: Actor,
    now: datetime,
    verdict: str = ACCEPT,
) -> None:
    """Refuse an approval of anything else, by anybody else, or by the officer of the earlier one.

    Raises: OtherMatter, ApprovalRefused, AssertionRefused, SeparationBreached, CanonicalRefused.
    """
    approved = approval.content
    parts = (
        ("purpose", approved.purpose is purpose),
        ("case", approved.case == case),
        ("verdict", approved.verdict == verdict),
        ("content", canonical_bytes(approved.content) == canonical_bytes(content)),
    )
    for part, same in parts:
        if not same:
            raise OtherMatter(part=part)
    pairs = [(one.content, one.assertion) for one in (*earlier, approval)]
    found = approvers(
        roster=officers.roster, approvals=pairs, now=now, virtual_allowed=officers.virtual_allowed
    )
    if found[-1].person != actor.name:
        raise OtherMatter(part="person")


def insert_decision(
    *,
    approval: Approval,
    person: str,
    now: datetime,
    application: int | None = None,
    case: int | None = None,
) -> str:
    """Write a checked decision inside the caller's act; return the assertion's hash (hexadecimal)."""
    content, assertion = approval.content, approval.assertion
    assertion_sha256 = assertion.sha256.hex()
    Decision.objects.create(
        decision=content.decision,
        application_id=application,
        case_id=case,
        purpose=content.purpose,
        verdict=content.verdict,
        duty=content.duty,
        person=person,
        credential_id=assertion.credential_id,
        content=canonical_bytes(content.as_record()),
        challenge=challenge_of(content),
        authenticator_data=assertion.authenticator_data,
        client_data_json=assertion.client_data_json,
        signature=assertion.signature,
        assertion_sha256=assertion_sha256,
        decided_at=now,
    )
    return assertion_sha256


def latest_approvals(
    *, purposes: Sequence[Purpose], application: int | None = None, case: int | None = None
) -> tuple[Approval, ...]:
    """Return the newest approval of each purpose in an application or a revocation case, in their order.

    What is not there is left out.
    """
    of = {"application": application} if application is not None else {"case": case}
    rows = Decision.objects.filter(**of, content__isnull=False).order_by("id")
    newest = {row.purpose: row for row in rows}
    return tuple(approval_of(newest[purpose]) for purpose in purposes if purpose in newest)


def latest_house_approvals(*, purposes: Sequence[Purpose], case: str) -> tuple[Approval, ...]:
    """Return the newest approval of each purpose in a matter of the house, in their order."""
    newest = {record.purpose: record for record in decisions_of_the_house(case)}
    return tuple(approval_of(newest[purpose]) for purpose in purposes if purpose in newest)


def approval_of(row: Decision | DecisionRecord) -> Approval:
    """Return a recorded decision as it was approved.

    Raises: ValueError, KeyError and TypeError when the record is not what was written.
    """
    return Approval(
        content=ApprovalContent.from_record(json.loads(bytes(row.content or b""))),
        assertion=Assertion(
            credential_id=bytes(row.credential_id),
            authenticator_data=bytes(row.authenticator_data),
            client_data_json=bytes(row.client_data_json),
            signature=bytes(row.signature),
        ),
    )
