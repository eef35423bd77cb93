"""A revocation has a ground, two officers and four times, and stands (15, 21, 22, 26.1, 39.4)."""

from datetime import timedelta

import pytest

from inro.pki.crl import ListKey, ListKind, encode_entry
from inro.practice.approval import Purpose
from inro.practice.certificate import CertificateState
from inro.practice.duties import SeparationBreached
from inro.practice.grounds import UnknownGround
from inro.practice.grounds import ground as ground_of
from inro.store.audit import chain_end
from inro.store.errors import Conflict
from inro.store.models import Certificate, RevocationCase
from inro.store.reads.revocation import decided_revocations, revocation_case
from inro.store.states import RevocationState
from inro.usecases.publication import record_published_revocations
from inro.usecases.revocation import decide_revocation, examine_revocation, record_revocation
from tests import given, listed

MINUTE = timedelta(minutes=1)
CRL = ListKey(ListKind.CRL)


@pytest.mark.parametrize("ground", ["", "21.1(13)", "22.1", "本人の希望"])
def test_a_free_reason_opens_no_case(db, ground):
    made = given.issued(given.office())
    before = chain_end()
    with pytest.raises(UnknownGround):
        given.requested(made, ground_id=ground)
    assert not RevocationCase.objects.exists()
    assert chain_end() == before


def test_one_officer_alone_revokes_nothing(db):
    house = given.office()
    case = given.requested(given.issued(house))
    both = given.person("p-both")
    examine_revocation(
        case=case,
        findings=given.BELIEVED,
        approval=given.revocation_approval(house, case, purpose=Purpose.REVOCATION_EXAMINATION, by="p-both"),
        officers=house.officers,
        actor=both,
        now=given.NOW,
    )
    before = chain_end()
    approval = given.revocation_approval(house, case, purpose=Purpose.REVOCATION, by="p-both")
    with pytest.raises(SeparationBreached):
        decide_revocation(
            case=case,
            approval=approval,
            officers=house.officers,
            terms=given.TERMS,
            calendar=given.CALENDAR,
            actor=both,
            now=given.NOW,
        )
    assert decided_revocations() == ()
    assert Certificate.objects.get().state == CertificateState.VALID
    assert chain_end() == before


def test_a_revoked_certificate_has_no_further_case(db):
    house = given.office()
    made = given.issued(house)
    given.revoked(house, made)
    with pytest.raises(Conflict):
        given.requested(made, ground_id="21.1(12)")
    assert RevocationCase.objects.count() == 1


def test_the_times_from_request_to_publication_are_kept(db):
    house = given.office()
    made = given.issued(house)
    requested_at, decided_at = given.NOW, given.NOW + MINUTE
    case = given.decided(house, given.requested(made, now=requested_at), now=decided_at)
    _enter(case, now=given.NOW + 2 * MINUTE)
    signed_at, published_at = given.NOW + 3 * MINUTE, given.NOW + 4 * MINUTE
    listed.signed(now=signed_at)
    with pytest.raises(Conflict):
        record_published_revocations(key=CRL, number=1, actor=given.SIGNER, now=published_at)
    listed.published(now=published_at)
    closed = record_published_revocations(key=CRL, number=1, actor=given.SIGNER, now=published_at)
    row = RevocationCase.objects.get()
    assert closed == 1
    assert row.state == RevocationState.PUBLISHED
    assert (row.requested_at, row.decided_at, row.revoked_at, row.published_at) == (
        requested_at,
        decided_at,
        given.NOW + 2 * MINUTE,
        published_at,
    )


def _enter(case, *, now):
    record = revocation_case(case)
    code = ground_of(record.ground).reason_code
    entry = encode_entry(serial=int.from_bytes(record.serial), revoked_at=now, reason_code=code)
    record_revocation(case=case, revoked_at=now, entry=entry, reason_code=code, actor=given.SIGNER, now=now)
