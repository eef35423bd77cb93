"""Whoever owns the database gains nothing in the secure room, and is seen (9.1, 26.2; Ordinance 6(15)ro).

Each attack has full write access: triggers out of the way, no history. The single forgeries are tried in the
other files of this folder; here is what an insider would put together.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.roster import Officer, Roster, encode_roster
from inro.practice.approval import TO_ISSUE
from inro.practice.duties import Duty, DutyPeriod
from inro.signer.reconciliation import RecordsDisagree
from inro.store.decisions_verify import DecisionDamage, verify_decisions
from inro.store.models import Certificate
from inro.usecases.actor import process
from inro.usecases.decision import Approval
from inro.usecases.roster import install_roster
from tests import given
from tests.pki import material
from tests.signer.forgery import content_of, write_over
from tests.signer.given_signer import NOW, World, assert_refused, decided, handed_over
from tests.signer.tampering import tamper

ROSTER_KEY = material.public_key_info("roster")
EVERY_OFFICE_DUTY = (Duty.EXAMINATION, Duty.ACCEPTANCE, Duty.ISSUANCE_APPROVAL)


def put_on_record(roster: Roster) -> None:
    document = encode_roster(roster)
    install_roster(
        document=document,
        signature=material.signer("roster")(document),
        public_key_info=ROSTER_KEY,
        actor=process("ceremony"),
        now=NOW,
    )


def damages() -> set[DecisionDamage]:
    verdict = verify_decisions(connection.connection, roster_key=ROSTER_KEY)
    return {found.damage for found in verdict.findings}


def insiders(world: World) -> tuple[Roster, SoftwareAuthenticator]:
    """Return a roster of the insiders' own, with the site's name and keys they hold themselves."""
    genuine = world.house.officers.roster
    keys = SoftwareAuthenticator(rp_id=genuine.rp_id, origin=genuine.origins[0])
    officers = tuple(
        Officer(
            person=f"insider-{duty.value}",
            name="内部者",
            credentials=(keys.make_credential(f"insider-{duty.value}"),),
            duties=(DutyPeriod(duty=duty, first_day=date(2020, 1, 1)),),
        )
        for duty in EVERY_OFFICE_DUTY
    )
    return replace(genuine, version=2, officers=officers), keys


def insert_roster(roster: Roster, **columns: Any) -> None:
    values = {
        "version": roster.version,
        "sha256": roster.sha256,
        "document": encode_roster(roster),
        "signature": material.signer("station")(encode_roster(roster)),
        "installed_at": NOW,
    } | columns
    places = ", ".join(["%s"] * len(values))
    tamper(f"INSERT INTO store_installedroster ({', '.join(values)}) VALUES ({places})", *values.values())


def test_a_roster_row_added_gives_nobody_a_certificate(world: World) -> None:
    put_on_record(world.house.officers.roster)
    order = given.accepted(world.house)
    roster, keys = insiders(world)
    insert_roster(roster)
    for purpose, duty in zip(TO_ISSUE, EVERY_OFFICE_DUTY, strict=True):
        person = f"insider-{duty.value}"
        content = content_of(
            world, order, purpose, roster_version=roster.version, roster_sha256=roster.sha256
        )
        forged = Approval(content=content, assertion=keys.approve(person=person, content=content))
        write_over(order, purpose, forged, person=person, decision=content.decision)
    handed_over(world, order=order)
    assert "other_roster" in assert_refused(world, order, why="ApprovalRefused")
    assert damages() == {DecisionDamage.ROSTER}


def test_a_duty_widened_on_record_is_no_duty(world: World) -> None:
    put_on_record(world.house.officers.roster)
    order = given.accepted(world.house)
    genuine = world.house.officers.roster
    widened = tuple(
        replace(one, duties=(*one.duties, DutyPeriod(duty=Duty.ACCEPTANCE, first_day=date(2020, 1, 1))))
        if one.person == "p-issue"
        else one
        for one in genuine.officers
    )
    tamper(
        "UPDATE store_installedroster SET document = %s, sha256 = %s",
        encode_roster(replace(genuine, officers=widened)),
        replace(genuine, officers=widened).sha256,
    )
    content = content_of(world, order, TO_ISSUE[1])
    forged = world.house.approve("p-issue", content)
    write_over(order, TO_ISSUE[1], forged, person="p-issue", decision=content.decision)
    handed_over(world, order=order)
    assert "duty" in assert_refused(world, order, why="ApprovalRefused")
    assert damages() == {DecisionDamage.ROSTER}


def test_a_revocation_taken_out_with_all_its_rows_shortens_no_list(world: World) -> None:
    order = handed_over(world)
    assert world.work().certificates == 1
    decided(world, Certificate.objects.get(application__order=order))
    assert world.work().revocations == 1
    tamper("DELETE FROM store_revokedentry")
    tamper("UPDATE store_certificate SET state = 'valid' WHERE role = 'subscriber'")
    tamper("DELETE FROM store_decision WHERE case_id IS NOT NULL")
    with pytest.raises(RecordsDisagree):
        world.work(lists_anyway=True)
