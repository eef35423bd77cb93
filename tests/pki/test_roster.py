"""The officers' roster and the approvals measured against it (9.1, 22.1)."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inro.pki.approvers import ApprovalFault, ApprovalRefused, approver, approvers
from inro.pki.assertion import AssertionFault, AssertionRefused
from inro.pki.canonical import canonical_bytes
from inro.pki.roster import (
    AuthenticatorMedium,
    RosterFault,
    RosterRefused,
    decode_roster,
    encode_roster,
    verify_roster,
)
from inro.practice.approval import Purpose
from inro.practice.duties import Duty, DutyPeriod, SeparationBreached
from tests.pki.officers import FIRST, LAST, NOW, make_content, make_roster

ROSTER, AUTHENTICATOR = make_roster()
KEY = rsa.generate_private_key(65537, 2048)
KEY_INFO = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def signed(roster):
    document = encode_roster(roster)
    return {
        "document": document,
        "signature": KEY.sign(document, padding.PKCS1v15(), SHA256()),
        "public_key_info": KEY_INFO,
    }


def roster_fault(**arguments):
    with pytest.raises(RosterRefused) as caught:
        verify_roster(**({"now": NOW} | arguments))
    return caught.value.reason


def approval(person, purpose, **changes):
    content = make_content(ROSTER, purpose, **changes)
    return content, AUTHENTICATOR.approve(person=person, content=content)


def approval_fault(*approvals, now=NOW, virtual_allowed=True, roster=ROSTER):
    with pytest.raises(ApprovalRefused) as caught:
        approvers(roster=roster, approvals=approvals, now=now, virtual_allowed=virtual_allowed)
    return caught.value.reason


def test_a_signed_roster_reads_back():
    assert verify_roster(**signed(ROSTER), now=NOW) == ROSTER


def test_a_roster_signed_by_another_key_or_changed_is_refused():
    parts = signed(ROSTER)
    changed = parts["document"].replace(b'"version":1', b'"version":2')
    assert roster_fault(**parts | {"document": changed}) is RosterFault.SIGNATURE
    assert roster_fault(**parts | {"signature": bytes(256)}) is RosterFault.SIGNATURE


def test_an_older_version_than_the_journal_knows_is_refused():
    assert roster_fault(**signed(ROSTER), minimum_version=2) is RosterFault.SUPERSEDED


@pytest.mark.parametrize(
    ("now", "in_force"),
    [
        (datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 31, 15, 0, tzinfo=UTC), False),
    ],
)
def test_a_roster_is_in_force_on_japanese_days(now, in_force):
    if in_force:
        assert verify_roster(**signed(ROSTER), now=now) == ROSTER
    else:
        assert roster_fault(**signed(ROSTER), now=now) is RosterFault.NOT_IN_FORCE


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("rp_id"),
        lambda record: record.update(more=1),
        lambda record: record.update(version="1"),
        lambda record: record.update(version=0),
        lambda record: record.update(valid_until="2026-03-31"),
        lambda record: record.update(officers=7),
        lambda record: record.update(kind="something else"),
        lambda record: record["officers"][0].update(more=1),
        lambda record: record["officers"][0]["duties"][0].update(duty="emperor"),
        lambda record: record["officers"][0]["credentials"][0].update(medium="paper"),
        lambda record: record["officers"][0]["credentials"][0].update(id="AB"),
    ],
)
def test_a_malformed_document_is_refused(change):
    record = json.loads(encode_roster(ROSTER))
    change(record)
    with pytest.raises(RosterRefused) as caught:
        decode_roster(canonical_bytes(record))
    assert caught.value.reason is RosterFault.MALFORMED


@pytest.mark.parametrize("document", [b"", b"null", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_octets_that_are_no_roster_are_refused(document):
    with pytest.raises(RosterRefused):
        decode_roster(document)


def test_another_spelling_of_the_same_roster_is_refused():
    with pytest.raises(RosterRefused):
        decode_roster(json.dumps(json.loads(encode_roster(ROSTER)), indent=1).encode())


def test_one_security_key_belongs_to_one_person():
    first, second, third = ROSTER.officers
    with pytest.raises(RosterRefused) as caught:
        replace(ROSTER, officers=(first, replace(second, credentials=first.credentials), third))
    assert caught.value.reason is RosterFault.DOUBLED
    with pytest.raises(RosterRefused) as caught:
        replace(ROSTER, officers=(first, replace(second, person=first.person)))
    assert caught.value.reason is RosterFault.DOUBLED
    twin = replace(first.credentials[0], credential_id=b"another name for the same key")
    with pytest.raises(RosterRefused) as caught:
        replace(ROSTER, officers=(first, replace(second, credentials=(twin,))))
    assert caught.value.reason is RosterFault.DOUBLED


def test_an_officer_without_a_key_is_refused():
    with pytest.raises(RosterRefused) as caught:
        replace(ROSTER, officers=(replace(ROSTER.officers[0], credentials=()),))
    assert caught.value.reason is RosterFault.EMPTY


def test_duties_that_may_never_meet_in_a_person_are_refused():
    audit = DutyPeriod(duty=Duty.AUDIT, first_day=FIRST, last_day=LAST)
    officer = replace(ROSTER.officers[0], duties=(*ROSTER.officers[0].duties, audit))
    with pytest.raises(SeparationBreached):
        replace(ROSTER, officers=(officer,))


def test_two_officers_approve_a_case():
    examination = approval("examiner", Purpose.EXAMINATION)
    resting = {"follows": examination[1].sha256.hex()}
    approvals = (examination, approval("decider", Purpose.ACCEPTANCE, **resting))
    found = approvers(roster=ROSTER, approvals=approvals, now=NOW, virtual_allowed=True)
    assert [officer.person for officer in found] == ["examiner", "decider"]


@pytest.mark.parametrize("follows", ["", "00" * 32])
def test_an_acceptance_that_does_not_rest_on_this_examination_is_refused(follows):
    approvals = (
        approval("examiner", Purpose.EXAMINATION),
        approval("decider", Purpose.ACCEPTANCE, follows=follows),
    )
    assert approval_fault(*approvals) is ApprovalFault.REORDERED


def test_one_person_is_never_two_officers_even_with_two_keys():
    alone = (approval("both", Purpose.EXAMINATION), approval("both", Purpose.ACCEPTANCE))
    with pytest.raises(SeparationBreached):
        approvers(roster=ROSTER, approvals=alone, now=NOW, virtual_allowed=True)
    spare = AUTHENTICATOR.make_credential("spare")
    officers = tuple(
        replace(officer, credentials=(*officer.credentials, spare)) if officer.person == "both" else officer
        for officer in ROSTER.officers
    )
    roster = replace(ROSTER, officers=officers)
    contents = [make_content(roster, purpose) for purpose in (Purpose.EXAMINATION, Purpose.ACCEPTANCE)]
    approvals = [
        (content, AUTHENTICATOR.approve(person=key, content=content))
        for content, key in zip(contents, ("both", "spare"), strict=True)
    ]
    with pytest.raises(SeparationBreached):
        approvers(roster=roster, approvals=approvals, now=NOW, virtual_allowed=True)


def test_one_purpose_counts_once():
    twice = (approval("examiner", Purpose.EXAMINATION), approval("both", Purpose.EXAMINATION))
    assert approval_fault(*twice) is ApprovalFault.REPEATED


@pytest.mark.parametrize(
    "change", [{"case": "A26-000002-3"}, {"content": {"name": "x"}}, {"profile_sha256": "ee" * 32}]
)
def test_approvals_of_different_content_do_not_add_up(change):
    approvals = (approval("examiner", Purpose.EXAMINATION), approval("decider", Purpose.ACCEPTANCE, **change))
    assert approval_fault(*approvals) is ApprovalFault.DIFFERENT


def test_virtual_keys_count_in_demonstrations_alone():
    assert ROSTER.officers[0].credentials[0].medium is AuthenticatorMedium.VIRTUAL
    given = approval("examiner", Purpose.EXAMINATION)
    assert approval_fault(given, virtual_allowed=False) is ApprovalFault.VIRTUAL


def test_an_approval_ends_at_its_time():
    given = approval("examiner", Purpose.EXAMINATION)
    ends = given[0].expires_at
    assert approval_fault(given, now=ends) is ApprovalFault.EXPIRED
    just_before = ends - timedelta(seconds=1)
    found = approver(
        roster=ROSTER, content=given[0], assertion=given[1], now=just_before, virtual_allowed=True
    )
    assert found.person == "examiner"


def test_a_duty_not_held_is_denied():
    assert approval_fault(approval("examiner", Purpose.ACCEPTANCE)) is ApprovalFault.DUTY
    other = approval("examiner", Purpose.EXAMINATION, duty=Duty.ACCEPTANCE.value)
    assert approval_fault(other) is ApprovalFault.DUTY


def test_a_duty_ends_with_its_last_day():
    first = ROSTER.officers[0]
    ended = DutyPeriod(duty=Duty.EXAMINATION, first_day=FIRST, last_day=date(2026, 11, 30))
    roster = replace(ROSTER, officers=(replace(first, duties=(ended,)), *ROSTER.officers[1:]))
    content = make_content(roster)
    given = content, AUTHENTICATOR.approve(person="examiner", content=content)
    assert approval_fault(given, roster=roster) is ApprovalFault.DUTY
    day_before = NOW - timedelta(days=1)
    assert approvers(roster=roster, approvals=[given], now=day_before, virtual_allowed=True)


def test_an_approval_under_another_roster_is_made_again():
    later = replace(ROSTER, version=2)
    given = approval("examiner", Purpose.EXAMINATION)
    assert approval_fault(given, roster=later) is ApprovalFault.OTHER_ROSTER


def test_a_stranger_is_refused():
    content, assertion = approval("examiner", Purpose.EXAMINATION)
    stranger = replace(assertion, credential_id=b"stranger")
    assert approval_fault((content, stranger)) is ApprovalFault.UNKNOWN_CREDENTIAL


def test_an_assertion_shown_under_another_officers_credential_is_refused():
    content, assertion = approval("examiner", Purpose.EXAMINATION)
    moved = replace(assertion, credential_id=ROSTER.officers[2].credentials[0].credential_id)
    with pytest.raises(AssertionRefused) as caught:
        approver(roster=ROSTER, content=content, assertion=moved, now=NOW, virtual_allowed=True)
    assert caught.value.reason is AssertionFault.SIGNATURE
