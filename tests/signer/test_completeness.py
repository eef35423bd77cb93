"""Lists hold every revocation the signer made, no other, and are renewed in time (22.1, 26.1, 26.2, 39.4)."""

import random
from datetime import timedelta

import pytest

from inro.pki.crl import ListKind, encode_entry
from inro.pki.crl_entries import revoked_serials
from inro.practice.approval import Purpose
from inro.practice.certificate import CertificateState
from inro.signer.approvals import DecisionFault, DecisionRefused
from inro.signer.journal import Journal, JournalConflict, Kind
from inro.signer.lists import ListIncomplete, lists_due, sign_lists
from inro.signer.reconciliation import RecordsDisagree, Side, reconcile
from inro.signer.revocation import revoke_certificate
from inro.signer.room import Room
from inro.store.models import Certificate, RevocationList, RevokedEntry
from inro.store.reads.revocation import decided_revocations, revocation_case
from inro.usecases.revocation import decide_revocation, examine_revocation
from tests import given
from tests.pki import material
from tests.signer.test_journal import OURS

HOUR = timedelta(hours=1)


class SoftwareKey:
    """The CA's key outside a token, as the tests of certificates have it."""

    def __init__(self) -> None:
        self.public_key_info = material.public_key_info("ca")

    def sign(self, data: bytes) -> bytes:
        return material.signer("ca")(data)


@pytest.fixture
def house(db):
    return given.office()


@pytest.fixture
def room(house, tmp_path):
    journal = Journal.open(tmp_path / "journal.sqlite", authenticator=OURS)
    yield Room(
        token=SoftwareKey(),
        journal=journal,
        issuer=material.issuer(),
        profile=material.profile(),
        list_profile=material.lists(),
        editions={given.EDITION: given.EDITION_SHA256},
        roster=house.officers.roster,
        station_key_info=b"",
        random_bytes=random.Random(0).randbytes,
        virtual_allowed=True,
        archive=tmp_path / "archive",
        actor=given.SIGNER,
        name=given.SIGNER.name,
    )
    journal.close()


def decided(house, *, profile_sha256: str):
    """Take a fresh certificate's revocation through both officers."""
    case = given.requested(given.issued(house))
    for purpose, by, actor, decide in (
        (Purpose.REVOCATION_EXAMINATION, "p-exam", given.EXAMINER, examine_revocation),
        (Purpose.REVOCATION, "p-accept", given.ACCEPTOR, decide_revocation),
    ):
        approval = given.revocation_approval(
            house, case, purpose=purpose, by=by, profile_sha256=profile_sha256
        )
        decide(case=case, approval=approval, officers=house.officers, actor=actor, now=given.NOW)
    return revocation_case(case)


def remembered(room, case):
    """Let the journal know the certificate, as it does when the signer issued it."""
    room.journal.remember(
        Kind.CERTIFICATE,
        case.serial.hex(),
        sha256=Certificate.objects.get(pk=case.certificate_id).sha256,
        not_after=case.not_after.isoformat(),
        order=1,
    )


def revoked(house, room):
    """Take a fresh certificate through two officers and the signer; return its case."""
    case = decided(house, profile_sha256=room.profile.sha256)
    remembered(room, case)
    revoke_certificate(case=case, room=room, now=given.NOW, passed=lambda step: None)
    return case


def lists_of(room, *, now=given.NOW):
    """Sign the lists and return the serials in each."""
    sign_lists(room=room, now=now, passed=lambda step: None)
    return {
        row.kind: set(revoked_serials((room.archive / f"{row.sha256}.crl").read_bytes()))
        for row in RevocationList.objects.order_by("number")
    }


def test_a_revoked_certificate_stands_in_crl_and_full_crl(house, room):
    serial = int.from_bytes(revoked(house, room).serial)
    assert lists_of(room) == {ListKind.CRL: {serial}, ListKind.ARL: set(), ListKind.FULL_CRL: {serial}}


def test_a_revocation_the_records_hide_stops_the_list(house, room):
    revoked(house, room)
    lists_of(room)
    hidden = 0x42 << 150
    entry = encode_entry(serial=hidden, revoked_at=given.NOW, reason_code=None)
    room.journal.remember(
        Kind.REVOKED,
        hidden.to_bytes(20).hex(),
        revoked_at=given.NOW.isoformat(),
        not_after=(given.NOW + timedelta(days=365)).isoformat(),
        scope="subscriber",
        entry=entry.hex(),
    )
    with pytest.raises(ListIncomplete) as refusal:
        lists_of(room, now=given.NOW + HOUR)
    assert (refusal.value.journal, refusal.value.database) == (2, 1)
    assert {row.number for row in RevocationList.objects.all()} == {1}


def test_a_revocation_the_signer_never_made_stops_the_list(house, room):
    given.revoked(house, given.issued(house))
    with pytest.raises(ListIncomplete):
        lists_of(room)
    assert not RevocationList.objects.exists()
    assert not room.archive.exists()


def test_a_certificate_the_signer_never_issued_is_not_revoked(house, room):
    case = decided(house, profile_sha256=room.profile.sha256)
    with pytest.raises(JournalConflict):
        revoke_certificate(case=case, room=room, now=given.NOW, passed=lambda step: None)
    assert not RevokedEntry.objects.exists()
    assert room.journal.count(Kind.REVOKED) == 0


def test_records_and_journal_that_differ_stop_everything(house, room):
    given.revoked(house, given.issued(house))
    with pytest.raises(RecordsDisagree) as refusal:
        reconcile(room.journal)
    assert {(found.matter, found.missing_in) for found in refusal.value.differences} == {
        ("certificate", Side.JOURNAL),
        ("revocation", Side.JOURNAL),
    }


def test_a_decision_for_another_profile_revokes_nothing(house, room):
    case = decided(house, profile_sha256="00" * 32)
    remembered(room, case)
    with pytest.raises(DecisionRefused) as refusal:
        revoke_certificate(case=case, room=room, now=given.NOW, passed=lambda step: None)
    assert refusal.value.fault is DecisionFault.OTHER_PROFILE
    assert Certificate.objects.get().state == CertificateState.VALID
    assert not RevokedEntry.objects.exists()
    assert room.journal.count(Kind.REVOKED) == 0
    assert [row.case_id for row in decided_revocations()] == [case.case_id]


def test_lists_are_due_before_the_24_hours_are_over(db, room):
    assert lists_due(room=room, now=given.NOW)
    lists_of(room)
    assert not lists_due(room=room, now=given.NOW + 23 * HOUR)
    assert lists_due(room=room, now=given.NOW + 24 * HOUR)
    row = RevocationList.objects.get(kind=ListKind.CRL)
    assert row.next_update - row.this_update > 24 * HOUR


def test_numbers_rise_and_a_list_is_kept_under_its_hash(db, room):
    lists_of(room)
    lists_of(room, now=given.NOW + 24 * HOUR)
    assert {row.number for row in RevocationList.objects.filter(kind=ListKind.CRL)} == {1, 2}
    assert len(list(room.archive.glob("*.crl"))) == 6
