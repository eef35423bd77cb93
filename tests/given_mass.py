"""Mass revocations as the office plans, examines and decides them."""

from datetime import datetime
from typing import Any

from inro.pki.crl import encode_entry
from inro.practice.approval import TO_REVOKE, Purpose
from inro.practice.grounds import ground
from inro.practice.mass_revocation import Criterion
from inro.store.reads.mass_revocation import MassRecord, decided_cases, decisions_of_mass, mass_revocation
from inro.usecases.decision import Approval, approval_of
from inro.usecases.mass_revocation import (
    content_of,
    decide_mass_revocation,
    examine_mass_revocation,
    plan_mass_revocation,
)
from inro.usecases.mass_revocation_signing import (
    RevokedCase,
    finish_mass_revocation,
    record_mass_revocations,
)
from tests import given

EVERYONE = Criterion(everyone=True)
COMPROMISED = "22.1(2)/compromised"


def planned(criterion: Criterion = EVERYONE, *, ground: str = COMPROMISED, now: datetime = given.NOW) -> str:
    """Return the number of a plan that waits for its examination."""
    return plan_mass_revocation(criterion=criterion, ground=ground, actor=given.EXAMINER, now=now)


def approval(
    house: given.Office, number: str, *, purpose: Purpose, by: str, now: datetime = given.NOW, **changes: Any
) -> Approval:
    """Return an officer's approval of a list, resting on the one before it."""
    record = mass_revocation(number)
    before = [approval_of(one) for one in decisions_of_mass(record.mass_id)]
    before = before[: TO_REVOKE.index(purpose)]
    content = {"content": content_of(record), "case": number} | changes
    asked = given.approval_content(
        house, purpose=purpose, after=before[-1] if before else None, now=now, **content
    )
    return house.approve(by, asked)


def examine(
    house: given.Office, number: str, *, by: str = "p-exam", now: datetime = given.NOW, **changes: Any
) -> None:
    """Let the first officer approve a list."""
    purpose = Purpose.REVOCATION_EXAMINATION
    examine_mass_revocation(
        number=number,
        approval=approval(house, number, purpose=purpose, by=by, now=now, **changes),
        officers=house.officers,
        actor=given.person(by),
        now=now,
    )


def decide(
    house: given.Office, number: str, *, by: str = "p-accept", now: datetime = given.NOW, **changes: Any
) -> None:
    """Let the second officer decide on an examined list."""
    decide_mass_revocation(
        number=number,
        approval=approval(house, number, purpose=Purpose.REVOCATION, by=by, now=now, **changes),
        officers=house.officers,
        actor=given.person(by),
        now=now,
    )


def decided(
    house: given.Office,
    criterion: Criterion = EVERYONE,
    *,
    ground: str = COMPROMISED,
    now: datetime = given.NOW,
) -> MassRecord:
    """Return a mass revocation that waits for the signer."""
    number = planned(criterion, ground=ground, now=now)
    examine(house, number, now=now)
    decide(house, number, now=now)
    return mass_revocation(number)


def revoked(mass: MassRecord, *, now: datetime = given.NOW) -> None:
    """Take a decided list to its entries in the lists, as the signer does."""
    code = ground(mass.ground).reason_code
    cases = decided_cases(mass.mass_id, after=b"", most=mass.count)
    done = [
        RevokedCase(
            of=one,
            revoked_at=now,
            entry=encode_entry(serial=int.from_bytes(one.serial), revoked_at=now, reason_code=code),
        )
        for one in cases
    ]
    record_mass_revocations(mass=mass, revoked=done, reason_code=code, actor=given.SIGNER, now=now)
    finish_mass_revocation(mass=mass, revoked_at=now, actor=given.SIGNER, now=now)
