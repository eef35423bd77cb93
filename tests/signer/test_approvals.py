"""Two officers' own approvals of exactly this content, or no signature (9.1; Ordinance 6(15)ro)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.assertion import challenge_of
from inro.pki.canonical import canonical_bytes
from inro.practice.approval import APPROVAL_STANDS, TO_ISSUE, Purpose
from inro.store.ids import OrderId
from inro.store.models import IssuanceOrder
from inro.usecases.decision import Approval, Officers
from tests import given
from tests.signer.forgery import approve_again, content_of, decision_of, write_over
from tests.signer.given_signer import NOW, World, assert_refused, handed_over
from tests.signer.tampering import tamper

EXAMINATION, ACCEPTANCE = Purpose.EXAMINATION, Purpose.ACCEPTANCE


def accepted(world: World) -> OrderId:
    return given.accepted(world.house)


def move_decisions(*, taken_from: OrderId, to: OrderId) -> None:
    """Give an order the decisions of another one, in place of its own."""
    source, target = (IssuanceOrder.objects.get(pk=order).application_id for order in (taken_from, to))
    tamper("DELETE FROM store_decision WHERE application_id = %s", target)
    tamper("UPDATE store_decision SET application_id = %s WHERE application_id = %s", target, source)


def test_content_changed_after_the_approvals_is_not_certified(world: World) -> None:
    order = handed_over(world)
    other = replace(given.CONTENT, name_romaji="SATO HANAKO").as_record()
    tamper("UPDATE store_application SET content = %s", canonical_bytes(other).decode())
    assert "other-content" in assert_refused(world, order, why="DecisionRefused")


@pytest.mark.parametrize("content", ["{}", "[]", '"x"', '{"name":"x","name_romaji":"x","organization":7}'])
def test_content_that_is_none_is_refused_and_stops_nothing(world: World, content: str) -> None:
    order = handed_over(world)
    tamper("UPDATE store_application SET content = %s", content)
    assert "other-content" in assert_refused(world, order, why="DecisionRefused")


def test_a_period_changed_after_the_approvals_is_not_certified(world: World) -> None:
    order = handed_over(world)
    tamper("UPDATE store_application SET period = '4y10m'")
    assert "other-content" in assert_refused(world, order, why="DecisionRefused")


def test_approvals_of_another_case_serve_that_case_alone(world: World) -> None:
    first, second = accepted(world), accepted(world)
    tamper("UPDATE store_issuanceorder SET state = 'ended' WHERE id = %s", first)
    move_decisions(taken_from=first, to=second)
    handed_over(world, order=second)
    assert "other-case" in assert_refused(world, second, why="DecisionRefused")


def test_used_approvals_do_not_serve_again_under_a_moved_number(world: World) -> None:
    first = handed_over(world)
    assert world.work().certificates == 1
    second = accepted(world)
    used, fresh = (IssuanceOrder.objects.get(pk=order).application for order in (first, second))
    tamper("UPDATE store_application SET number = 'moved' WHERE id = %s", used.pk)
    tamper("UPDATE store_application SET number = %s WHERE id = %s", used.number, fresh.pk)
    move_decisions(taken_from=first, to=second)
    handed_over(world, order=second)
    assert_refused(world, second, why="JournalConflict")


def test_two_security_keys_of_one_officer_are_one_approval(world: World) -> None:
    others = [one for one in world.house.officers.roster.officers if one.person != "p-both"]
    [both] = set(world.house.officers.roster.officers) - set(others)
    keys = (*both.credentials, world.house.authenticator.make_credential("p-both"))
    roster = replace(world.house.officers.roster, officers=(*others, replace(both, credentials=keys)))
    world.house = replace(world.house, officers=Officers(roster=roster, virtual_allowed=True))
    world.room = replace(world.room, roster=roster)
    order = accepted(world)
    for purpose, key in zip((EXAMINATION, ACCEPTANCE), keys, strict=True):
        content = content_of(world, order, purpose)
        assertion = world.house.authenticator.get_assertion(
            credential_id=key.credential_id, challenge=challenge_of(content)
        )
        write_over(order, purpose, Approval(content=content, assertion=assertion))
    handed_over(world, order=order)
    assert_refused(world, order, why="SeparationBreached")


def test_an_assertion_for_the_examination_is_no_acceptance(world: World) -> None:
    order = accepted(world)
    examination, acceptance = (decision_of(order, purpose) for purpose in (EXAMINATION, ACCEPTANCE))
    spare = world.house.approve("p-both", content_of(world, order, EXAMINATION))
    write_over(order, EXAMINATION, spare)
    write_over(order, ACCEPTANCE, examination)
    write_over(order, EXAMINATION, acceptance)
    handed_over(world, order=order)
    assert "other-duty" in assert_refused(world, order, why="DecisionRefused")


def test_an_approval_serves_until_its_end_and_no_longer(world: World) -> None:
    late = NOW + APPROVAL_STANDS
    order = handed_over(world)
    assert "expired" in assert_refused(world, order, why="ApprovalRefused", now=late)


def test_an_approval_serves_until_the_last_second(world: World) -> None:
    handed_over(world)
    assert world.work(now=NOW + APPROVAL_STANDS - timedelta(seconds=1)).certificates == 1


def test_an_unknown_security_key_approves_nothing(world: World) -> None:
    order = accepted(world)
    stranger = SoftwareAuthenticator(rp_id=given.RP_ID, origin=given.ORIGIN)
    stranger.make_credential("p-accept")
    content = content_of(world, order, ACCEPTANCE)
    assertion = stranger.approve(person="p-accept", content=content)
    write_over(order, ACCEPTANCE, Approval(content=content, assertion=assertion))
    handed_over(world, order=order)
    assert "unknown_credential" in assert_refused(world, order, why="ApprovalRefused")


def test_a_strangers_signature_under_an_officers_credential_approves_nothing(world: World) -> None:
    order = accepted(world)
    stranger = SoftwareAuthenticator(rp_id=given.RP_ID, origin=given.ORIGIN)
    stranger.make_credential("p-accept")
    content = content_of(world, order, ACCEPTANCE)
    officers = decision_of(order, ACCEPTANCE).assertion.credential_id
    assertion = replace(stranger.approve(person="p-accept", content=content), credential_id=officers)
    write_over(order, ACCEPTANCE, Approval(content=content, assertion=assertion))
    handed_over(world, order=order)
    assert "signature" in assert_refused(world, order, why="AssertionRefused")


def test_another_content_under_a_genuine_assertion_approves_nothing(world: World) -> None:
    order = accepted(world)
    genuine = decision_of(order, ACCEPTANCE)
    longer = replace(genuine.content, expires_at=NOW + timedelta(days=3650))
    write_over(order, ACCEPTANCE, replace(genuine, content=longer))
    handed_over(world, order=order)
    assert "challenge" in assert_refused(world, order, why="AssertionRefused")


def test_an_officer_without_the_duty_approves_nothing(world: World) -> None:
    order = accepted(world)
    approve_again(world, order, ACCEPTANCE, by="p-exam")
    handed_over(world, order=order)
    assert "duty" in assert_refused(world, order, why="ApprovalRefused")


def test_a_security_key_in_software_serves_in_a_demonstration_only(world: World) -> None:
    order = handed_over(world, medium="hardware")
    world.room = replace(world.room, virtual_allowed=False)
    assert "virtual" in assert_refused(world, order, why="ApprovalRefused")


def test_an_approval_under_another_version_of_the_roster_is_made_again(world: World) -> None:
    order = handed_over(world)
    world.room = replace(world.room, roster=replace(world.room.roster, version=2))
    assert "other_roster" in assert_refused(world, order, why="ApprovalRefused")


def test_an_approval_under_another_roster_of_the_same_version_is_made_again(world: World) -> None:
    order = handed_over(world)
    officers = world.room.roster.officers[:-1]
    world.room = replace(world.room, roster=replace(world.room.roster, officers=officers))
    assert "other_roster" in assert_refused(world, order, why="ApprovalRefused")


def test_a_roster_that_has_run_out_since_the_start_vouches_for_nobody(world: World) -> None:
    yesterday = NOW.date() - timedelta(days=1)
    roster = replace(world.house.officers.roster, valid_until=yesterday)
    world.house = replace(world.house, officers=Officers(roster=roster, virtual_allowed=True))
    order = handed_over(world)
    world.room = replace(world.room, roster=roster)
    assert "not_in_force" in assert_refused(world, order, why="RosterRefused")


def test_approvals_for_another_profile_are_for_another_certificate(world: World) -> None:
    order = handed_over(world)
    world.room = replace(world.room, profile=replace(world.room.profile, sha256="00" * 32))
    assert "other-profile" in assert_refused(world, order, why="DecisionRefused")


@pytest.mark.parametrize("editions", [{given.EDITION: "00" * 32}, {}])
def test_approvals_under_another_text_of_the_terms_are_refused(
    world: World, editions: dict[str, str]
) -> None:
    order = handed_over(world)
    world.room = replace(world.room, editions=editions)
    assert "other-edition" in assert_refused(world, order, why="DecisionRefused")


def test_an_officers_no_is_no_approval(world: World) -> None:
    order = accepted(world)
    approve_again(world, order, ACCEPTANCE, by="p-accept", verdict="reject")
    handed_over(world, order=order)
    assert "not-approved" in assert_refused(world, order, why="DecisionRefused")


@pytest.mark.parametrize(
    "ended", ["", "soon", "2026-12-01T03:00:00", (NOW + timedelta(seconds=1)).isoformat()]
)
def test_an_examination_ended_at_a_time_that_is_none_or_to_come_is_refused(world: World, ended: str) -> None:
    order = accepted(world)
    approve_again(world, order, ACCEPTANCE, by="p-accept", examination_ended_at=ended)
    if "+00:00" in ended:
        tamper("UPDATE store_application SET examination_ended_at = %s", ended)
    handed_over(world, order=order)
    assert "examination-end" in assert_refused(world, order, why="DecisionRefused")


def test_an_examinations_end_changed_on_record_is_refused(world: World) -> None:
    """The law's five years count from it (6.1); what was signed and what is on record are one instant."""
    order = handed_over(world)
    tamper("UPDATE store_application SET examination_ended_at = %s", NOW - timedelta(days=1))
    assert "examination-end" in assert_refused(world, order, why="DecisionRefused")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"purpose":"acceptance"}', b"\xff\xfe", b'{"purpose": "acceptance"}'],
)
def test_a_decision_that_cannot_be_read_is_refused_and_stops_nothing(world: World, content: bytes) -> None:
    order = handed_over(world)
    tamper("UPDATE store_decision SET content = %s WHERE purpose = 'acceptance'", content)
    assert "unreadable" in assert_refused(world, order, why="DecisionRefused")


def test_an_end_of_approval_without_a_zone_is_refused_and_stops_nothing(world: World) -> None:
    order = accepted(world)
    naive = (NOW + timedelta(days=1)).replace(tzinfo=None)
    approve_again(world, order, ACCEPTANCE, by="p-accept", expires_at=naive)
    handed_over(world, order=order)
    assert "unreadable" in assert_refused(world, order, why="DecisionRefused")


def test_another_spelling_of_an_approval_is_another_approval(world: World) -> None:
    order = handed_over(world)
    content = canonical_bytes(decision_of(order, ACCEPTANCE).content.as_record())
    tamper("UPDATE store_decision SET content = %s WHERE purpose = 'acceptance'", content + b" ")
    assert "unreadable" in assert_refused(world, order, why="DecisionRefused")


@pytest.mark.parametrize("purpose", TO_ISSUE)
def test_without_one_of_the_decisions_nothing_is_certified(world: World, purpose: Purpose) -> None:
    order = handed_over(world)
    tamper("DELETE FROM store_decision WHERE purpose = %s", purpose.value)
    assert "missing" in assert_refused(world, order, why="DecisionRefused")


def test_a_decision_made_anew_after_the_hand_over_is_not_what_was_handed_over(world: World) -> None:
    order = handed_over(world)
    approve_again(world, order, ACCEPTANCE, by="p-accept")
    assert "other-approvals" in assert_refused(world, order, why="HandOverRefused")


def test_approvals_given_in_another_order_are_refused(world: World) -> None:
    order = accepted(world)
    # The officer examines once more, after the acceptance that rests on the first examination.
    write_over(order, EXAMINATION, world.house.approve("p-exam", content_of(world, order, EXAMINATION)))
    handed_over(world, order=order)
    assert "reordered" in assert_refused(world, order, why="ApprovalRefused")


def test_findings_changed_after_the_approvals_certify_nothing(world: World) -> None:
    order = handed_over(world)
    worse = replace(given.FINDINGS, seals_affixed=False).as_record()
    tamper("UPDATE store_application SET findings = %s", canonical_bytes(worse).decode())
    assert "other-content" in assert_refused(world, order, why="DecisionRefused")


def test_who_accepted_does_not_approve_the_issuance(world: World) -> None:
    order = accepted(world)
    approve_again(world, order, ACCEPTANCE, by="p-both")
    approve_again(world, order, Purpose.ISSUANCE, by="p-both")
    handed_over(world, order=order)
    assert_refused(world, order, why="SeparationBreached")
