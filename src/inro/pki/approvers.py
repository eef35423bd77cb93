"""Whose approvals these are, as the secure room checks them by itself (9.1, 22.1; Ordinance 6(15)ro)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from inro.pki.assertion import Assertion, challenge_of, verify_assertion
from inro.pki.roster import AuthenticatorMedium, Credential, Officer, Roster
from inro.practice.approval import ApprovalContent, Purpose
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty, Performed, check_separation, may
from inro.practice.errors import Refused

DUTY_OF: dict[Purpose, Duty] = {
    Purpose.EXAMINATION: Duty.EXAMINATION,
    Purpose.ACCEPTANCE: Duty.ACCEPTANCE,
    Purpose.ISSUANCE: Duty.ISSUANCE_APPROVAL,
    Purpose.REJECTION: Duty.ACCEPTANCE,
    Purpose.REVOCATION_EXAMINATION: Duty.REVOCATION_EXAMINATION,
    Purpose.REVOCATION: Duty.REVOCATION_DECISION,
    Purpose.LEGAL_DISCLOSURE: Duty.DISCLOSURE,
    # Who approves what the secure room makes answers for what it goes by.
    Purpose.POLICY_CHANGE: Duty.ISSUANCE_APPROVAL,
    Purpose.ROSTER_CHANGE: Duty.ISSUANCE_APPROVAL,
    # It ends in every certificate's revocation, so it takes the two who revoke.
    Purpose.DISCONTINUATION_PROPOSAL: Duty.REVOCATION_EXAMINATION,
    Purpose.DISCONTINUATION: Duty.REVOCATION_DECISION,
    Purpose.LAST_LISTS_PROPOSAL: Duty.REVOCATION_EXAMINATION,
    Purpose.LAST_LISTS: Duty.REVOCATION_DECISION,
}
_SHARED = ("case", "content", "profile_sha256", "edition", "edition_sha256")


class ApprovalFault(StrEnum):
    """Why an approval counts for nothing."""

    OTHER_ROSTER = "other_roster"
    EXPIRED = "expired"
    UNKNOWN_CREDENTIAL = "unknown_credential"
    VIRTUAL = "virtual"
    DUTY = "duty"
    DIFFERENT = "different"
    REPEATED = "repeated"
    REORDERED = "reordered"


class ApprovalRefused(Refused):
    """An approval that counts for nothing; `reason` says why, `person` whose it is if that is known."""

    def __init__(self, *, reason: ApprovalFault, person: str = "", detail: str = "") -> None:
        super().__init__(reason=reason.value, person=person, detail=detail)
        self.reason = reason


def approver(
    *,
    roster: Roster,
    content: ApprovalContent,
    assertion: Assertion,
    now: datetime,
    virtual_allowed: bool,
) -> Officer:
    """Return the officer who approved `content`, if the approval stands today.

    `roster` is the verified one in force; a decision made under another version is made again.

    Raises: ApprovalRefused, AssertionRefused, CanonicalRefused.
    """
    if (content.roster_version, content.roster_sha256) != (roster.version, roster.sha256):
        raise ApprovalRefused(reason=ApprovalFault.OTHER_ROSTER, detail=str(content.roster_version))
    if now >= content.expires_at:
        raise ApprovalRefused(reason=ApprovalFault.EXPIRED, detail=content.expires_at.isoformat())
    found = roster.holder(assertion.credential_id)
    if found is None:
        raise ApprovalRefused(reason=ApprovalFault.UNKNOWN_CREDENTIAL)
    officer, credential = found
    _check_officer(officer, credential, content, now=now, virtual_allowed=virtual_allowed)
    verify_assertion(
        assertion=assertion,
        public_key=credential.public_key,
        challenge=challenge_of(content),
        rp_id=roster.rp_id,
        origins=roster.origins,
    )
    return officer


def approvers(
    *,
    roster: Roster,
    approvals: Sequence[tuple[ApprovalContent, Assertion]],
    now: datetime,
    virtual_allowed: bool,
) -> tuple[Officer, ...]:
    """Return the officers of one case's approvals: one of each purpose, same content, persons kept apart.

    Each but the first names the assertion before it: none was given before what it rests on.

    Persons are compared, not security keys: two keys of one officer are one approval.

    Raises: ApprovalRefused, AssertionRefused, SeparationBreached, CanonicalRefused.
    """
    _check_same([content for content, _ in approvals])
    officers: list[Officer] = []
    performed: list[Performed] = []
    for content, assertion in approvals:
        officer = approver(
            roster=roster, content=content, assertion=assertion, now=now, virtual_allowed=virtual_allowed
        )
        duty = DUTY_OF[content.purpose]
        check_separation(duty=duty, person=officer.person, performed=performed)
        performed.append(Performed(duty=duty, person=officer.person))
        officers.append(officer)
    _check_order(approvals)
    return tuple(officers)


def _check_officer(
    officer: Officer,
    credential: Credential,
    content: ApprovalContent,
    *,
    now: datetime,
    virtual_allowed: bool,
) -> None:
    if credential.medium is AuthenticatorMedium.VIRTUAL and not virtual_allowed:
        raise ApprovalRefused(reason=ApprovalFault.VIRTUAL, person=officer.person)
    duty = DUTY_OF[content.purpose]
    if content.duty != duty.value or not may(officer.duties, duty, on=jst_date(now)):
        raise ApprovalRefused(reason=ApprovalFault.DUTY, person=officer.person, detail=content.duty)


def _check_same(contents: Sequence[ApprovalContent]) -> None:
    if len({content.purpose for content in contents}) < len(contents):
        raise ApprovalRefused(reason=ApprovalFault.REPEATED)
    for name in _SHARED:
        if any(getattr(content, name) != getattr(contents[0], name) for content in contents):
            raise ApprovalRefused(reason=ApprovalFault.DIFFERENT, detail=name)


def _check_order(approvals: Sequence[tuple[ApprovalContent, Assertion]]) -> None:
    before = ""
    for content, assertion in approvals:
        if content.follows != before:
            raise ApprovalRefused(reason=ApprovalFault.REORDERED, detail=content.purpose.value)
        before = assertion.sha256.hex()
