"""A revocation has a ground, two officers and four times, and stands (15, 21, 22, 26.1, 39.4)."""

from datetime import date, timedelta

import pytest

from inro.configuration.policy import load_policy
from inro.pki.crl import ListDraft, ListKind, encode_entry
from inro.practice.approval import Purpose
from inro.practice.calendar import start_of_day
from inro.practice.certificate import CertificateState
from inro.practice.duties import SeparationBreached
from inro.practice.grounds import Invoker, RevocationForm, UnknownGround
from inro.practice.grounds import ground as ground_of
from inro.practice.notices import Channel
from inro.practice.receipt import receipt_clock
from inro.practice.revocation import RefusalReason, RequestNotRefusable, RequestWay
from inro.practice.transitions import GuardRefused
from inro.store.audit import chain_end
from inro.store.errors import Conflict
from inro.store.models import Certificate, RevocationCase
from inro.store.reads.revocation import decided_revocations, revocation_case
from inro.store.states import Place, RevocationState
from inro.usecases.publication import (
    record_list,
    record_list_intent,
    record_publication,
    record_published_revocations,
    record_read_back,
)
from inro.usecases.revocation import (
    decide_revocation,
    examine_revocation,
    record_revocation,
    record_revocation_request,
    refuse_revocation,
)
from tests import given

MINUTE = timedelta(minutes=1)


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
        paper=given.paper_of(case),
        approval=given.revocation_approval(house, case, purpose=Purpose.REVOCATION_EXAMINATION, by="p-both"),
        officers=house.officers,
        actor=both,
        now=given.NOW,
    )
    before = chain_end()
    approval = given.revocation_approval(house, case, purpose=Purpose.REVOCATION, by="p-both")
    with pytest.raises(SeparationBreached):
        decide_revocation(case=case, approval=approval, officers=house.officers, actor=both, now=given.NOW)
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
    _sign(now=signed_at)
    with pytest.raises(Conflict):
        record_published_revocations(kind=ListKind.CRL, number=1, actor=given.SIGNER, now=published_at)
    _publish(now=published_at)
    closed = record_published_revocations(kind=ListKind.CRL, number=1, actor=given.SIGNER, now=published_at)
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


def _sign(*, now):
    draft = ListDraft(kind=ListKind.CRL, number=1, tbs=b"tbs", sample=b"sample", count=1)
    record_list_intent(
        draft=draft, this_update=now, next_update=now + timedelta(hours=48), actor=given.SIGNER, now=now
    )
    record_list(kind=ListKind.CRL, number=1, sha256="aa" * 32, size=3, actor=given.SIGNER, now=now)


def _publish(*, now):
    for place in Place:
        record_publication(kind=ListKind.CRL, number=1, place=place, actor=given.SIGNER, now=now)
        record_read_back(kind=ListKind.CRL, number=1, place=place, actor=given.SIGNER, now=now)


def refused_by(guard: str, house, case, *, now=given.NOW, **decision) -> None:
    """Assert that a decision is refused by one guard, and that nothing happened."""
    before = chain_end()
    with pytest.raises(GuardRefused) as refusal:
        decide_revocation(
            case=case,
            approval=given.revocation_approval(
                house, case, purpose=Purpose.REVOCATION, by="p-accept", now=now
            ),
            officers=house.officers,
            actor=given.ACCEPTOR,
            now=now,
            **decision,
        )
    assert refusal.value.guard == guard
    assert decided_revocations() == ()
    assert chain_end() == before


def examined(house, ground: str, *, now=given.NOW, **paper):
    """Return a case the first officer has examined, on a paper changed as named."""
    case = given.requested(given.issued(house), ground_id=ground, now=now)
    examine_revocation(
        case=case,
        paper=given.paper_of(case, now=now, **paper),
        approval=given.revocation_approval(
            house, case, purpose=Purpose.REVOCATION_EXAMINATION, by="p-exam", now=now
        ),
        officers=house.officers,
        actor=given.EXAMINER,
        now=now,
    )
    return case


@pytest.mark.parametrize(
    ("guard", "paper"),
    [
        ("paper_is_authentic", {"authentic": False}),
        ("name_is_the_certificates", {"name_on_form": "別人　太郎"}),
        ("form_is_the_prescribed_one", {"form": RevocationForm.REQUEST}),
        ("fax_was_urgent_and_unavoidable", {"way": RequestWay.FAX, "urgent": True}),
    ],
)
def test_a_paper_that_lacks_something_revokes_nothing(db, guard, paper):
    house = given.office()
    refused_by(guard, house, examined(house, "21.1(3)/lost", **paper))


def test_a_fax_revokes_where_it_was_urgent_and_unavoidable(db):
    house = given.office()
    case = examined(house, "21.1(4)/stolen", way=RequestWay.FAX, urgent=True, unavoidable=True)
    approval = given.revocation_approval(house, case, purpose=Purpose.REVOCATION, by="p-accept")
    decide_revocation(
        case=case, approval=approval, officers=house.officers, actor=given.ACCEPTOR, now=given.NOW
    )
    assert [record.case_id for record in decided_revocations()] == [case]


def test_municipal_mergers_change_nothing_that_is_revoked_for(db):
    house = given.office()
    case = examined(house, "21.1(2)")
    refused_by("change_is_not_a_municipal_merger", house, case, municipal_merger=True)


@pytest.mark.parametrize(("ground", "day"), [("18.7", date(2027, 1, 2)), ("22.1(1)", date(2027, 1, 1))])
def test_a_missing_slip_revokes_from_its_day_on_and_not_before(db, ground, day):
    house = given.office()
    too_early = start_of_day(day) - timedelta(seconds=1)
    case = examined(house, ground, now=too_early)
    policy = load_policy(given.POLICY)
    receipt = receipt_clock(
        dispatched_on=date(2026, 12, 1),
        reminder_arrived_on=date(2026, 12, 22),
        terms=policy.editions[given.EDITION].terms,
        calendar=policy.calendar,
    )
    refused_by("receipt_period_is_over", house, case, now=too_early)
    refused_by("receipt_period_is_over", house, case, now=too_early, receipt=receipt)
    approval = given.revocation_approval(
        house, case, purpose=Purpose.REVOCATION, by="p-accept", now=start_of_day(day)
    )
    decide_revocation(
        case=case,
        approval=approval,
        officers=house.officers,
        actor=given.ACCEPTOR,
        now=start_of_day(day),
        receipt=receipt,
    )
    assert [record.case_id for record in decided_revocations()] == [case]


@pytest.mark.parametrize("ground", ["22.1(10)", "25(4)", "18.7", "22.1(2)/feared"])
def test_a_ground_is_brought_by_whom_it_belongs_to(db, ground):
    made = given.issued(given.office())
    before = chain_end()
    with pytest.raises(GuardRefused, match="invoker_may_bring_this_ground"):
        record_revocation_request(
            certificate=made,
            ground=ground,
            invoker=Invoker.SUBSCRIBER,
            channel=Channel.POST,
            requested_at=given.NOW,
            actor=given.EXAMINER,
            now=given.NOW,
        )
    assert chain_end() == before


def test_a_mandatory_ground_is_refused_for_authenticity_or_form_alone(db):
    house = given.office()
    case = given.requested(given.issued(house), ground_id="22.1(10)")
    before = chain_end()
    with pytest.raises(RequestNotRefusable):
        refuse_revocation(
            case=case,
            reason=RefusalReason.OTHER,
            reason_sha256="ab" * 32,
            actor=given.ACCEPTOR,
            now=given.NOW,
        )
    assert chain_end() == before
    refuse_revocation(
        case=case,
        reason=RefusalReason.FORM_LACKING,
        reason_sha256="ab" * 32,
        actor=given.ACCEPTOR,
        now=given.NOW,
    )
    assert RevocationCase.objects.get().refused_for == "form_lacking"
