"""A list of serials takes two officers; nobody puts a certificate in or takes one out (22.1, 26.1, 39.4)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from inro.pki.crl import ListKind
from inro.pki.roster import Roster
from inro.practice.approval import TO_REVOKE, Purpose
from inro.practice.certificate import CertificateState
from inro.practice.mass_revocation import MassState
from inro.signer import mass_revocation as signers
from inro.signer.journal import Kind
from inro.signer.lists import lists_due
from inro.signer.reconciliation import reconcile
from inro.signer.steps import Step
from inro.store.models import Certificate, MassRevocation, RevocationCase, RevokedEntry
from inro.store.reads.mass_revocation import MassRecord
from inro.store.states import RevocationState
from inro.usecases.queue import queue_differences
from tests import given, given_mass
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
CERTIFICATES = 3
STEPS = (Step.TAKE_UP_MASS, Step.REMEMBER_MASS, Step.RECORD_MASS, Step.FINISH_MASS)


@pytest.fixture
def serials(world: World, monkeypatch: pytest.MonkeyPatch) -> set[bytes]:
    """Three certificates, and lots of two."""
    monkeypatch.setattr(signers, "LOT", 2)
    for _ in range(CERTIFICATES):
        handed_over(world)
    world.work()
    return {bytes(one) for one in Certificate.objects.values_list("serial__serial", flat=True)}


def assert_stopped(world: World, mass: MassRecord, *, why: str, now: datetime = LATER) -> str:
    """See that a pass refuses the list, on record, and revokes and signs nothing of it."""
    before = world.token.signatures
    done = world.work(now=now)
    assert done.revocations == 0
    assert [refusal.partition(":")[0] for refusal in done.refused] == [why]
    row = MassRevocation.objects.get(pk=mass.mass_id)
    assert (row.state, row.dropped_for) == (MassState.DROPPED, why)
    assert audited(f"mass-revocation/{mass.number}")[-1] == "revocation.mass_stopped"
    assert set(RevocationCase.objects.values_list("state", flat=True)) == {RevocationState.REFUSED}
    assert not RevokedEntry.objects.exists()
    assert world.room.journal.count(Kind.REVOKED) == 0
    assert world.token.signatures == before + (LISTS_AND_ANCHOR if done.lists else 0)
    return done.refused[0]


def test_a_decided_list_is_revoked_and_stands_in_the_lists_at_once(world: World, serials: set[bytes]) -> None:
    mass = given_mass.decided(world.house)
    done = world.work(now=LATER)
    assert (done.revocations, done.lists, done.refused) == (CERTIFICATES, True, ())
    assert listed(world.room) == {ListKind.CRL: serials, ListKind.ARL: set(), ListKind.FULL_CRL: serials}
    assert set(Certificate.objects.values_list("state", flat=True)) == {CertificateState.REVOKED}
    assert MassRevocation.objects.get(pk=mass.mass_id).state == MassState.REVOKED
    assert not lists_due(room=world.room, now=LATER)
    reconcile(world.room)
    assert not list(queue_differences(now=LATER))
    case = RevocationCase.objects.first()
    assert case is not None
    assert audited(f"revocation/{case.number}") == ["revocation.certificate_revoked"]


def test_lists_are_signed_once_however_many_lots_there_are(world: World, serials: set[bytes]) -> None:
    given_mass.decided(world.house)
    world.steps.clear()
    world.work(now=LATER)
    assert world.steps.count(Step.RECORD_MASS) == 2
    assert world.steps.count(Step.SIGN_LIST) == len(ListKind)


@pytest.mark.parametrize("step", STEPS)
def test_a_signer_that_died_goes_on_where_it_was(world: World, serials: set[bytes], step: Step) -> None:
    mass = given_mass.decided(world.house)
    killed_at(world, step, now=LATER)
    # Approvals have run out since: what the journal took up is finished all the same.
    after = NOW + timedelta(days=40)
    world.work(now=after)
    assert listed(world.room)[ListKind.CRL] == serials
    assert world.room.journal.count(Kind.REVOKED) == CERTIFICATES
    assert MassRevocation.objects.get(pk=mass.mass_id).state == MassState.REVOKED
    reconcile(world.room)


def test_a_single_certificate_does_not_wait_for_the_many(world: World, serials: set[bytes]) -> None:
    """It is decided while the first lot is done: it is on its lists before the rest is gone on with."""
    handed_over(world)
    world.work()
    single = Certificate.objects.latest("pk")
    case = given.requested(single.pk)
    given_mass.decided(world.house)
    given.decided(world.house, case)
    first = world.work(now=LATER)
    assert (first.revocations, first.lists) == (1, True)
    assert listed(world.room)[ListKind.CRL] == {bytes(single.serial.serial)}
    assert world.work(now=LATER + MINUTE).revocations == CERTIFICATES


def test_a_single_certificate_decided_in_between_stops_the_many_for_its_lists(
    world: World, serials: set[bytes]
) -> None:
    handed_over(world)
    world.work()
    case = given.requested(Certificate.objects.latest("pk").pk)
    given_mass.decided(world.house)

    class Deciding(list[str]):
        def append(self, step: str) -> None:
            super().append(step)
            if step == Step.RECORD_MASS and self.count(step) == 1:
                given.decided(world.house, case)

    world.steps = Deciding()
    assert world.work(now=LATER).revocations == 2
    assert world.work(now=LATER + MINUTE).revocations == 1
    assert world.work(now=LATER + 2 * MINUTE).revocations == CERTIFICATES - 2
    assert len(listed(world.room)[ListKind.CRL]) == CERTIFICATES + 1


def test_a_case_taken_out_of_the_list_is_seen(world: World, serials: set[bytes]) -> None:
    mass = given_mass.decided(world.house)
    tamper("DELETE FROM store_revocationcase WHERE id = (SELECT min(id) FROM store_revocationcase)")
    assert "other-content" in assert_stopped(world, mass, why="DecisionRefused")


def test_a_case_put_into_the_list_is_seen(world: World, serials: set[bytes]) -> None:
    mass = given_mass.decided(world.house)
    other = world.issue(handed_over(world))
    tamper(
        "INSERT INTO store_revocationcase (number, certificate_id, mass_id, ground, invoker, findings, state,"
        " requested_at, decided_at, examiner, decider, note, refusal) SELECT 'R26-999999-X', %s, mass_id,"
        " ground, invoker, findings, state, requested_at, decided_at, examiner, decider, note, refusal"
        " FROM store_revocationcase LIMIT 1",
        other.pk,
    )
    assert "other-content" in assert_stopped(world, mass, why="DecisionRefused")


def test_a_certificate_exchanged_for_another_is_seen(world: World, serials: set[bytes]) -> None:
    mass = given_mass.decided(world.house)
    other = world.issue(handed_over(world))
    tamper(
        "UPDATE store_revocationcase SET certificate_id = %s WHERE id = (SELECT min(id) FROM"
        " store_revocationcase)",
        other.pk,
    )
    assert "other-content" in assert_stopped(world, mass, why="DecisionRefused")


def test_a_case_exchanged_after_the_list_was_taken_up_is_seen(world: World, serials: set[bytes]) -> None:
    """The list is whole when it is hashed; between two lots somebody puts another certificate into it."""
    given_mass.decided(world.house)
    other = world.issue(handed_over(world))

    class Exchanging(list[str]):
        def append(self, step: str) -> None:
            super().append(step)
            if step == Step.TAKE_UP_MASS:
                tamper(
                    "UPDATE store_revocationcase SET certificate_id = %s WHERE id = (SELECT max(id) FROM"
                    " store_revocationcase)",
                    other.pk,
                )

    world.steps = Exchanging()
    done = world.work(now=LATER)
    assert [refusal.partition(":")[0] for refusal in done.refused] == ["JournalConflict"]
    assert bytes(other.serial.serial) not in listed(world.room).get(ListKind.CRL, set())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("ground", "22.1(8)"),
        ("count", 2),
        ("serials_sha256", "00" * 32),
        ("requested_at", NOW - timedelta(days=3)),
        ("criterion", '{"everyone": false}'),
    ],
)
def test_a_plan_changed_afterwards_is_not_what_was_approved(
    world: World, serials: set[bytes], column: str, value: object
) -> None:
    """Count and hash are the signer's own, whatever the row says; the rest is what the officers signed."""
    mass = given_mass.decided(world.house)
    if column == "criterion":
        tamper(
            "UPDATE store_massrevocation SET criterion = %s",
            '{"everyone": true, "card_model": "x", "key_origin": "", "profile_sha256": "",'
            ' "organization": "", "operator": "", "issued_from": null, "issued_until": null,'
            ' "lasts_until": null, "campaign": ""}',
        )
    else:
        tamper(f'UPDATE store_massrevocation SET "{column}" = %s', value)
    if column in {"count", "serials_sha256"}:
        assert world.work(now=LATER).revocations == CERTIFICATES
    else:
        assert "other-content" in assert_stopped(world, mass, why="DecisionRefused")


@pytest.mark.parametrize("purpose", TO_REVOKE)
def test_one_officer_alone_revokes_nothing(world: World, serials: set[bytes], purpose: Purpose) -> None:
    mass = given_mass.decided(world.house)
    tamper("UPDATE store_decision SET purpose = 'policy-change' WHERE purpose = %s", purpose.value)
    assert "missing" in assert_stopped(world, mass, why="DecisionRefused")


def test_an_officer_who_is_on_the_roster_no_more_approves_nothing(world: World, serials: set[bytes]) -> None:
    mass = given_mass.decided(world.house)
    world.room = replace(world.room, roster=_without(world, "p-exam"))
    assert_stopped(world, mass, why="ApprovalRefused")


def _without(world: World, person: str) -> Roster:
    roster = world.room.roster
    return replace(roster, officers=tuple(one for one in roster.officers if one.person != person))


def test_approvals_that_have_run_out_revoke_nothing(world: World, serials: set[bytes]) -> None:
    mass = given_mass.decided(world.house)
    assert_stopped(world, mass, why="ApprovalRefused", now=NOW + timedelta(days=30))


def test_a_list_with_one_that_was_never_issued_is_refused_whole(world: World, serials: set[bytes]) -> None:
    mass = given_mass.decided(world.house)
    certificate = Certificate.objects.latest("pk")
    tamper(
        "UPDATE store_certificate SET not_after = %s WHERE id = %s", NOW + timedelta(days=9), certificate.pk
    )
    assert_stopped(world, mass, why="JournalConflict")


def test_a_list_with_one_that_has_ended_is_refused_whole(world: World, serials: set[bytes]) -> None:
    end = Certificate.objects.latest("pk").not_after
    mass = given_mass.decided(world.house, now=end)
    assert_stopped(world, mass, why="ActNotAllowed", now=end + timedelta(seconds=1))


def test_a_decided_single_case_is_no_matter_of_the_list(world: World, serials: set[bytes]) -> None:
    decided(world, Certificate.objects.earliest("pk"))
    given_mass.decided(world.house)
    assert world.work(now=LATER).revocations == 1
    assert world.work(now=LATER + MINUTE).revocations == CERTIFICATES - 1
    assert listed(world.room)[ListKind.CRL] == serials
