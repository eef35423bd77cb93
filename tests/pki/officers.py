"""A roster of three officers with software keys, and the approvals they give."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.roster import Officer, Roster
from inro.practice.approval import ApprovalContent, Purpose
from inro.practice.duties import Duty, DutyPeriod

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
RP_ID = "office.inro.example"
ORIGIN = "https://office.inro.example"
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)

_DUTIES = {
    "examiner": (Duty.EXAMINATION, Duty.REVOCATION_EXAMINATION),
    "decider": (Duty.ACCEPTANCE, Duty.REVOCATION_DECISION),
    "both": (Duty.EXAMINATION, Duty.ACCEPTANCE),
}


def make_roster(*, version: int = 1) -> tuple[Roster, SoftwareAuthenticator]:
    """Return a roster and the authenticator that holds its officers' keys."""
    authenticator = SoftwareAuthenticator(rp_id=RP_ID, origin=ORIGIN)
    officers = tuple(
        Officer(
            person=person,
            name=f"{person} 氏",
            credentials=(authenticator.make_credential(person),),
            duties=tuple(DutyPeriod(duty=duty, first_day=FIRST, last_day=LAST) for duty in duties),
        )
        for person, duties in _DUTIES.items()
    )
    roster = Roster(
        version=version,
        valid_from=FIRST,
        valid_until=LAST,
        rp_id=RP_ID,
        origins=(ORIGIN,),
        officers=officers,
    )
    return roster, authenticator


def make_content(roster: Roster, purpose: Purpose = Purpose.EXAMINATION, **changes) -> ApprovalContent:
    """Return what an officer of the roster approves for one case."""
    duty = {
        Purpose.EXAMINATION: Duty.EXAMINATION,
        Purpose.ACCEPTANCE: Duty.ACCEPTANCE,
        Purpose.ISSUANCE: Duty.ISSUANCE_APPROVAL,
        Purpose.REVOCATION_EXAMINATION: Duty.REVOCATION_EXAMINATION,
        Purpose.REVOCATION: Duty.REVOCATION_DECISION,
    }[purpose]
    content = ApprovalContent(
        purpose=purpose,
        case="A26-000001-5",
        decision=f"decision-{purpose}",
        verdict="pass",
        duty=duty.value,
        content={"subscriber_id": "S26000001", "name": "髙橋　花子", "name_romaji": "TAKAHASHI HANAKO"},
        follows="",
        profile_sha256="ab" * 32,
        edition="2025-04-01",
        edition_sha256="cd" * 32,
        roster_version=roster.version,
        roster_sha256=roster.sha256,
        examination_ended_at="",
        nonce="00" * 16,
        expires_at=NOW + timedelta(days=5),
    )
    return replace(content, **changes)
