"""A revocation takes two officers, and no row decides on which list it stands (21, 22, 26.1, 39.4)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from inro.pki.crl import ListKind
from inro.practice.approval import TO_REVOKE, Purpose, revocation
from inro.practice.certificate import CertificateState
from inro.signer.journal import JournalConflict, Kind
from inro.signer.lists import lists_due
from inro.signer.revocation import revoke_certificate
from inro.signer.steps import Step
from inro.store.models import Certificate, RevocationCase, RevocationList, RevokedEntry
from inro.store.reads.revocation import decided_revocations
from inro.store.states import RevocationState
from inro.usecases.expiry import expire_certificates
from inro.usecases.revocation import record_revocation_request
from tests import given
from tests.signer.given_signer import (
    LISTS_AND_ANCHOR,
    NOW,
    World,
    audited,
    decided,
    handed_over,
    killed_at,
    listed,
)
from tests.signer.tampering import tamper

MINUTE = timedelta(minutes=1)
LATER = NOW + MINUTE


@pytest.fixture
def certificate(world: World) -> Certificate:
    handed_over(world)
    world.work()
    return Certificate.objects.get()


def serial_of(certificate: Certificate) -> bytes:
    return bytes(certificate.serial.serial)


def assert_stopped(world: World, *, why: str, now: datetime = LATER) -> str:
    """See that a pass refuses the one decided case, on record, and revokes and signs nothing."""
    case = RevocationCase.objects.get(state=RevocationState.DECIDED)
    before = world.token.signatures
    done = world.work(now=now)
    assert done.revocations == 0
    assert [refusal.partition(":")[0] for refusal in done.refused] == [why]
    case.refresh_from_db()
    assert (case.state, case.refused_for) == (RevocationState.REFUSED, why)
    assert audited(f"revocation/{case.number}")[-1] == "revocation.refused"
    assert not RevokedEntry.objects.exists()
    assert world.room.journal.count(Kind.REVOKED) == 0
    assert world.token.signatures == before + (LISTS_AND_ANCHOR if done.lists else 0)
    assert not any(listed(world.room).values())
    return done.refused[0]


def test_a_decided_revocation_stands_in_crl_and_full_crl_at_once(
    world: World, certificate: Certificate
) -> None:
    decided(world, certificate)
    done = world.work(now=LATER)
    assert (done.revocations, done.lists) == (1, True)
    serial = serial_of(certificate)
    assert listed(world.room) == {ListKind.CRL: {serial}, ListKind.ARL: set(), ListKind.FULL_CRL: {serial}}
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.REVOKED
    row = RevocationList.objects.filter(kind=ListKind.CRL).latest("number")
    crl = x509.load_der_x509_crl((world.room.archive / f"{row.sha256}.crl").read_bytes())
    [entry] = crl
    assert entry.revocation_date_utc == LATER
    reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    assert reason is x509.ReasonFlags.key_compromise


@pytest.mark.parametrize(
    "step", [Step.RECORD_REVOCATION, Step.RECORD_LIST_INTENT, Step.SIGN_LIST, Step.RECORD_LIST]
)
def test_a_signer_that_died_after_the_revocation_makes_the_lists_next(
    world: World, certificate: Certificate, step: Step
) -> None:
    decided(world, certificate)
    killed_at(world, step, now=LATER)
    assert lists_due(room=world.room, now=LATER)
    world.work(now=LATER + MINUTE)
    assert listed(world.room)[ListKind.CRL] == {serial_of(certificate)}
    assert listed(world.room)[ListKind.FULL_CRL] == {serial_of(certificate)}
    assert not lists_due(room=world.room, now=LATER + MINUTE)


def test_what_the_journal_took_up_is_finished_though_the_time_is_over(
    world: World, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signer dies between journal and database; approvals run out, the certificate expires."""
    decided(world, certificate)
    with monkeypatch.context() as patch:
        patch.setattr("inro.signer.revocation.record_revocation", _killed)
        with pytest.raises(InterruptedError):
            world.work(now=LATER)
    after = certificate.not_after + timedelta(days=1)
    expire_certificates(actor=given.SIGNER, now=after)
    assert world.work(now=after).revocations == 1
    assert RevokedEntry.objects.get().revoked_at == LATER
    assert listed(world.room)[ListKind.CRL] == {serial_of(certificate)}


def _killed(**_: object) -> None:
    raise InterruptedError


def test_a_serial_put_into_the_case_afterwards_is_not_revoked(world: World, certificate: Certificate) -> None:
    handed_over(world)
    world.work()
    other = Certificate.objects.exclude(pk=certificate.pk).get()
    decided(world, certificate)
    tamper("UPDATE store_revocationcase SET certificate_id = %s", other.pk)
    assert "other-content" in assert_stopped(world, why="DecisionRefused")


def test_a_ground_changed_afterwards_is_not_what_was_approved(world: World, certificate: Certificate) -> None:
    decided(world, certificate)
    tamper("UPDATE store_revocationcase SET ground = '12.4'")
    assert "other-content" in assert_stopped(world, why="DecisionRefused")


def test_an_arrival_changed_afterwards_is_not_what_was_approved(
    world: World, certificate: Certificate
) -> None:
    decided(world, certificate)
    tamper("UPDATE store_revocationcase SET requested_at = %s", NOW - timedelta(days=3))
    assert "other-content" in assert_stopped(world, why="DecisionRefused")


@pytest.mark.parametrize("purpose", TO_REVOKE)
def test_one_officer_alone_revokes_nothing(world: World, certificate: Certificate, purpose: Purpose) -> None:
    decided(world, certificate)
    tamper("DELETE FROM store_decision WHERE purpose = %s", purpose.value)
    assert "missing" in assert_stopped(world, why="DecisionRefused")


def test_approvals_that_have_run_out_revoke_nothing(world: World, certificate: Certificate) -> None:
    decided(world, certificate)
    assert_stopped(world, why="ApprovalRefused", now=NOW + timedelta(days=30))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"profile": {"sha256": "00" * 32}}, "other-profile"),
        ({"editions": {}}, "other-edition"),
        ({"roster": {"version": 2}}, "other_roster"),
        ({"virtual_allowed": False}, "virtual"),
    ],
)
def test_approvals_of_other_terms_or_rosters_revoke_nothing(
    world: World, certificate: Certificate, changes: dict[str, object], why: str
) -> None:
    decided(world, certificate)
    parts = {
        name: replace(getattr(world.room, name), **part) if isinstance(part, dict) and part else part
        for name, part in changes.items()
    }
    world.room = replace(world.room, **parts)
    fault = "DecisionRefused" if "-" in why else "ApprovalRefused"
    assert why in assert_stopped(world, why=fault)


def test_a_certificate_that_ended_on_record_is_still_listed_until_its_true_end(
    world: World, certificate: Certificate
) -> None:
    """An early end on record would keep the entry off every list: the journal knows better."""
    decided(world, certificate)
    tamper("UPDATE store_certificate SET not_after = %s", datetime(2027, 1, 1, tzinfo=UTC))
    assert "ends at" in assert_stopped(world, why="JournalConflict")


def test_a_subscribers_certificate_does_not_pass_as_a_cas(world: World, certificate: Certificate) -> None:
    """A CA's certificate stands in the ARL, so the CRL would lack it."""
    decided(world, certificate)
    tamper("UPDATE store_certificate SET role = 'ca' WHERE id = %s", certificate.pk)
    [case] = decided_revocations()
    with pytest.raises(JournalConflict, match="of ca"):
        revoke_certificate(case=case, room=world.room, now=LATER, passed=world.steps.append)
    assert world.room.journal.count(Kind.REVOKED) == 0
    assert not RevokedEntry.objects.exists()


def test_a_certificate_whose_time_is_over_is_not_revoked(world: World, certificate: Certificate) -> None:
    end = certificate.not_after
    case = record_revocation_request(
        certificate=certificate.pk,
        ground="21.1(3)/lost",
        paper=given.paper(given.ground("21.1(3)/lost")),
        requested_at=end,
        actor=given.EXAMINER,
        now=end,
    )
    given.decided(world.house, case, now=end)
    assert_stopped(world, why="ActNotAllowed", now=end + timedelta(seconds=1))


def test_a_certificate_is_revoked_to_its_last_second(world: World, certificate: Certificate) -> None:
    end = certificate.not_after
    decided(world, certificate, now=end - MINUTE)
    assert world.work(now=end).revocations == 1
    assert listed(world.room)[ListKind.CRL] == {serial_of(certificate)}


def test_the_content_approved_of_a_revocation_names_serial_ground_and_arrival() -> None:
    content = revocation(serial=b"\x01" * 20, ground="21.1(3)/lost", requested_at=NOW)
    assert content == {
        "serial": "01" * 20,
        "ground": "21.1(3)/lost",
        "requested_at": "2026-12-01T03:00:00+00:00",
    }
