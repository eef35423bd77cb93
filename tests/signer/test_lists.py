"""Lists hold what was revoked as long as RFC 5280 3.3 wants, and are renewed in time (26, 39.4)."""

import tempfile
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count, pairwise
from pathlib import Path

import pytest
from cryptography import x509
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import given as cases
from hypothesis import strategies as st

from inro.pki.crl import ListKind, encode_entry
from inro.pki.crl_entries import union_problems
from inro.ports.errors import PortError
from inro.practice.certificate import CertificateState
from inro.signer.journal import Journal, Kind
from inro.signer.list_check import ListIncomplete
from inro.signer.lists import lists_due, sign_lists
from inro.signer.reconciliation import RecordsDisagree
from inro.signer.room import Room
from inro.signer.steps import Passed, Step
from inro.store.models import Certificate, ListIntent, RevocationList, RevokedEntry, SerialNumber
from inro.store.states import Scope
from inro.usecases.ca_certificate import enter_ca_certificate
from tests import given
from tests.signer.given_signer import NOW, Killed, World, decided, handed_over, listed
from tests.signer.tampering import tamper

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LATER = NOW + HOUR


def revoked(world: World, *, now: datetime = NOW) -> bytes:
    """Return the serial of a certificate issued and revoked."""
    order = handed_over(world, now=now)
    world.work(now=now)
    certificate = Certificate.objects.get(application__order=order)
    decided(world, certificate, now=now)
    assert world.work(now=now).revocations == 1
    return bytes(certificate.serial.serial)


def signed_bytes(room: Room, kind: ListKind) -> bytes:
    """Return the newest list of a kind (DER)."""
    row = RevocationList.objects.filter(kind=kind).latest("number")
    return (room.archive / f"{row.sha256}.crl").read_bytes()


def test_lists_are_due_half_an_hour_before_the_24_are_over(world: World) -> None:
    due = NOW + timedelta(hours=23, minutes=30)
    assert not lists_due(room=world.room, now=due - timedelta(seconds=1))
    assert lists_due(room=world.room, now=due)


def test_lists_are_renewed_within_24_hours_though_nothing_is_revoked(world: World) -> None:
    for minutes in range(0, 60 * 24 * 3, 20):
        world.work(now=NOW + minutes * MINUTE)
    for kind in ListKind:
        rows = list(RevocationList.objects.filter(kind=kind).order_by("number"))
        assert [row.number for row in rows] == [1, 2, 3, 4]
        times = [row.this_update for row in rows]
        gaps = [after - before for before, after in pairwise(times)]
        assert max(gaps) < timedelta(hours=24)
        assert all(row.next_update - row.this_update == timedelta(hours=48) for row in rows)


def test_crl_and_arl_together_are_the_full_crl(world: World) -> None:
    subscriber = revoked(world)
    authority = x509.load_der_x509_certificate(world.room.issuer.certificate)
    enter_ca_certificate(
        certificate=world.room.issuer.certificate,
        issuer=world.room.issuer,
        profile_sha256=given.PROFILE_SHA256,
        actor=given.CUSTODIAN,
        now=NOW,
    )
    decided(world, Certificate.objects.get(role=Scope.CA), ground_id="22.1(6)", now=LATER)
    assert world.work(now=LATER).revocations == 1
    ca = authority.serial_number.to_bytes(20)
    assert listed(world.room) == {
        ListKind.CRL: {subscriber},
        ListKind.ARL: {ca},
        ListKind.FULL_CRL: {subscriber, ca},
    }
    lists = {kind.value: signed_bytes(world.room, kind) for kind in ListKind}
    assert union_problems(**lists, key=bytes(16)) == ()
    for signed in lists.values():
        assert x509.load_der_x509_crl(signed).is_signature_valid(authority.public_key())


HIDDEN: dict[str, tuple[str, tuple[object, ...]]] = {
    "removed": ("DELETE FROM store_revokedentry", ()),
    "another date": (
        "UPDATE store_revokedentry SET entry = %s",
        (encode_entry(serial=1 << 150, revoked_at=NOW, reason_code=1),),
    ),
    "moved to the ARL": ("UPDATE store_revokedentry SET scope = 'ca'", ()),
    "expired on record": ("UPDATE store_revokedentry SET not_after = %s", (NOW - timedelta(days=1),)),
    "broken": ("UPDATE store_revokedentry SET entry = %s", (b"\x30\x03\x02\x01\x01",)),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_revocation_hidden_or_changed_on_record_stops_every_list(world: World, how: str) -> None:
    serial = revoked(world)
    in_force, archived = listed(world.room), sorted(world.room.archive.iterdir())
    statement, values = HIDDEN[how]
    tamper(statement, *values)
    before = world.token.signatures
    with pytest.raises(ListIncomplete) as refusal:
        sign_lists(room=world.room, now=LATER, passed=world.steps.append)
    assert refusal.value.kind == ListKind.CRL.value
    assert refusal.value.journal == 1
    assert world.token.signatures == before
    assert sorted(world.room.archive.iterdir()) == archived
    assert listed(world.room) == in_force
    assert in_force[ListKind.CRL] == {serial}
    assert set(ListIntent.objects.values_list("number", flat=True)) == {1, 2}


@pytest.mark.parametrize("how", ["removed", "another date", "broken"])
def test_a_hidden_revocation_is_named_before_anything_is_signed(world: World, how: str) -> None:
    serial = revoked(world)
    statement, values = HIDDEN[how]
    tamper(statement, *values)
    before = world.token.signatures
    with pytest.raises(RecordsDisagree) as refusal:
        world.work(now=NOW + timedelta(days=1))
    assert [(found.matter, found.key) for found in refusal.value.differences] == [
        ("revocation", serial.hex())
    ]
    assert world.token.signatures == before


def test_a_revocation_put_in_by_hand_stops_every_list(world: World) -> None:
    order = handed_over(world)
    world.work()
    certificate = Certificate.objects.get(application__order=order)
    serial = bytes(certificate.serial.serial)
    put_in(certificate, serial=serial, revoked_at=NOW, not_after=certificate.not_after)
    before = world.token.signatures
    with pytest.raises(ListIncomplete):
        sign_lists(room=world.room, now=LATER, passed=world.steps.append)
    with pytest.raises(RecordsDisagree, match=serial.hex()):
        world.work(now=NOW + timedelta(days=1))
    assert world.token.signatures == before


def test_numbers_are_never_used_again_though_the_record_lost_them(world: World) -> None:
    tamper("DELETE FROM store_revocationlist")
    tamper("DELETE FROM store_listintent")
    sign_lists(room=world.room, now=LATER, passed=world.steps.append)
    assert set(RevocationList.objects.values_list("number", flat=True)) == {2}


def test_a_list_lost_or_replaced_on_record_stops_the_signer(world: World) -> None:
    tamper("UPDATE store_revocationlist SET sha256 = %s WHERE kind = 'arl'", "00" * 32)
    tamper("DELETE FROM store_revocationlist WHERE kind = 'crl'")
    with pytest.raises(RecordsDisagree) as refusal:
        world.work(now=NOW + timedelta(days=1))
    assert [found.key for found in refusal.value.differences] == ["crl:1", "arl:1"]


def test_a_list_put_in_by_hand_stops_the_signer(world: World) -> None:
    intent = ListIntent.objects.get(kind=ListKind.CRL)
    made = ListIntent.objects.create(
        kind=ListKind.CRL,
        number=9,
        this_update=NOW,
        next_update=LATER,
        tbs_sha256="00" * 32,
        entries=0,
        at=NOW,
    )
    row = RevocationList.objects.get(intent=intent)
    row.pk, row.intent, row.number = None, made, 9
    row.save(force_insert=True)
    with pytest.raises(RecordsDisagree) as refusal:
        world.work(now=NOW + timedelta(days=1))
    assert [found.key for found in refusal.value.differences] == ["crl:9"]


def test_a_full_archive_leaves_the_old_list_and_the_next_pass_makes_the_new(world: World) -> None:
    serial = revoked(world)
    numbers = set(RevocationList.objects.values_list("number", flat=True))
    archive, elsewhere = world.room.archive, world.room.archive.with_name("elsewhere")
    archive.rename(elsewhere)
    archive.write_text("no folder")
    with pytest.raises(PortError, match="list archive"):
        sign_lists(room=world.room, now=LATER, passed=world.steps.append)
    assert set(RevocationList.objects.values_list("number", flat=True)) == numbers
    archive.unlink()
    elsewhere.rename(archive)
    sign_lists(room=world.room, now=LATER + MINUTE, passed=world.steps.append)
    assert listed(world.room)[ListKind.CRL] == {serial}
    assert not list(archive.glob("*.part"))


def test_a_clock_set_back_before_a_revocation_signs_no_list(world: World) -> None:
    revoked(world, now=LATER)
    before = world.token.signatures
    with pytest.raises(ListIncomplete, match="after thisUpdate"):
        sign_lists(room=world.room, now=NOW, passed=world.steps.append)
    assert world.token.signatures == before


def put_in(certificate: Certificate, *, serial: bytes, revoked_at: datetime, not_after: datetime) -> bytes:
    """Write an entry of the lists into the database, and return it (DER)."""
    entry = encode_entry(serial=int.from_bytes(serial), revoked_at=revoked_at, reason_code=1)
    RevokedEntry.objects.create(
        certificate=certificate,
        serial=serial,
        scope=Scope.SUBSCRIBER,
        entry=entry,
        revoked_at=revoked_at,
        not_after=not_after,
        reason_code=1,
        ground="21.1(3)/lost",
    )
    return entry


@dataclass(frozen=True, slots=True)
class Revocation:
    """A certificate is revoked `after` minutes from the last event; it ends `left` minutes later."""

    after: int
    left: int


@dataclass(frozen=True, slots=True)
class NewLists:
    """Lists are made `after` minutes from the last event; the signer dies once `signed` of them are, or 3."""

    after: int
    signed: int


EVENTS = st.lists(
    st.builds(Revocation, after=st.integers(0, 3), left=st.integers(0, 6))
    | st.builds(NewLists, after=st.integers(0, 3), signed=st.sampled_from((0, 1, 2, 3, 3, 3))),
    min_size=1,
    max_size=14,
)


@dataclass(slots=True)
class Naive:
    """What RFC 5280 3.3 says, entry by entry: it leaves once lists of after its end have all carried it."""

    ends: dict[bytes, datetime] = field(default_factory=dict)
    carried: dict[ListKind, set[bytes]] = field(default_factory=lambda: {kind: set() for kind in ListKind})

    def listed(self, at: datetime, kinds: Iterable[ListKind]) -> set[bytes]:
        """Return what the lists of an instant hold, of which only some kinds are signed."""
        found = self.ends.keys() - set.intersection(*self.carried.values())
        for kind in kinds:
            self.carried[kind] |= {serial for serial in found if self.ends[serial] < at}
        return found


@cases(EVENTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_entry_leaves_only_after_a_list_that_outlived_its_certificate(
    world: World, events: list[Revocation | NewLists]
) -> None:
    before = transaction.savepoint_create()
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.open(Path(folder) / "journal.sqlite", authenticator=world.token)
        try:
            _play(replace(world.room, journal=journal), events)
        finally:
            journal.close()
            transaction.savepoint_rollback(before)


def _play(room: Room, events: list[Revocation | NewLists]) -> None:
    now, naive = NOW, Naive()
    for event in events:
        now += event.after * MINUTE
        if isinstance(event, Revocation):
            serial = _revoke(room, now=now, not_after=now + event.left * MINUTE)
            naive.ends[serial] = now + event.left * MINUTE
            continue
        signed = tuple(ListKind)[: event.signed]
        with nullcontext() if event.signed == len(ListKind) else pytest.raises(Killed):
            sign_lists(room=room, now=now, passed=_dying_after(event.signed))
        found = naive.listed(now, signed)
        assert all(listed(room)[kind] == found for kind in signed if kind is not ListKind.ARL)


def _dying_after(lists: int) -> Passed:
    """Return what ends the signer when it goes on after so many lists."""
    intended = count(1)

    def passed(step: Step) -> None:
        if step is Step.RECORD_LIST_INTENT and next(intended) > lists:
            raise Killed(step)

    return passed


def _revoke(room: Room, *, now: datetime, not_after: datetime) -> bytes:
    """Write a revocation into journal and database, as the signer does once it believes it."""
    serial = given.serial()
    certificate = Certificate.objects.create(
        serial=SerialNumber.objects.create(serial=serial, reserved_at=now),
        role=Scope.CA,
        der=serial,
        sha256=(serial * 2)[:32].hex(),
        issued_at=now,
        not_after=not_after,
        state=CertificateState.REVOKED,
        profile_sha256=given.PROFILE_SHA256,
    )
    entry = put_in(certificate, serial=serial, revoked_at=now, not_after=not_after)
    room.journal.remember(
        Kind.REVOKED,
        serial.hex(),
        revoked_at=now.isoformat(),
        not_after=not_after.isoformat(),
        scope=Scope.SUBSCRIBER.value,
        entry=entry.hex(),
    )
    return serial
