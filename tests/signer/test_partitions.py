"""A CRL in parts: a certificate's part is fixed with its serial number, whatever comes later (26.1, 39.4)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from django.db import IntegrityError, connection, transaction

from inro.pki.crl import ListKey, ListKind, list_keys
from inro.pki.crl_entries import revoked_serials
from inro.pki.profile import ListProfile
from inro.signer.journal import JournalConflict, Kind
from inro.signer.list_check import ListIncomplete, check_complete
from inro.signer.lists import checked_drafts, lists_due, sign_lists
from inro.signer.memory import Memory
from inro.signer.reconciliation import RecordsDisagree
from inro.signer.revocation import revoke_certificate
from inro.signer.steps import Step
from inro.store.ids import OrderId
from inro.store.models import Certificate, RevocationList, RevokedEntry, SerialNumber
from inro.store.reads.revocation import list_in_force, lists_on_record
from tests.pki import material
from tests.signer.given_signer import NOW, CaPlace, World, decided, handed_over, killed_at, world_of
from tests.signer.tampering import tamper

PARTS = 3
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def world(ca: CaPlace, db: None, tmp_path: Path) -> Iterator[World]:
    """A signer whose CRL is divided; the day's lists are signed."""
    with world_of(ca, tmp_path, list_profile=divided(PARTS)) as opened:
        opened.work()
        yield opened


def divided(parts: int) -> ListProfile:
    """Return the profile of lists whose CRL has so many parts."""
    return replace(material.lists(), partitions=parts)


def issued(world: World, *, now: datetime = NOW) -> Certificate:
    """Return a certificate that the signer made."""
    order = handed_over(world, now=now)
    assert world.work(now=now).certificates == 1
    return Certificate.objects.get(application__order=order)


def revoked(world: World, certificate: Certificate, *, now: datetime = NOW) -> bytes:
    """Return the serial of a certificate, revoked."""
    decided(world, certificate, now=now)
    assert world.work(now=now).revocations == 1
    return bytes(certificate.serial.serial)


def listed(world: World) -> dict[ListKey, set[bytes]]:
    """Return the serials of every list in force."""
    found = {}
    for key in lists_on_record():
        record = list_in_force(*key)
        signed = (world.room.archive / f"{record.sha256}.crl").read_bytes()
        found[key] = {serial.to_bytes(20) for serial in revoked_serials(signed)}
    return found


def point_of(certificate: Certificate) -> str:
    """Return the HTTP address of a certificate's list."""
    parsed = x509.load_der_x509_certificate(bytes(certificate.der))
    (point,) = parsed.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    return point.full_name[1].value


def test_each_part_has_a_list_with_numbers_of_its_own(world: World) -> None:
    assert lists_on_record() == list_keys(PARTS)
    sign_lists(room=world.room, now=NOW + HOUR, passed=world.steps.append)
    for key in list_keys(PARTS):
        rows = RevocationList.objects.filter(kind=key.kind, partition=key.partition)
        assert sorted(rows.values_list("number", flat=True)) == [1, 2]


def test_a_certificate_stands_in_one_part_for_ever_and_says_where(world: World) -> None:
    certificate = issued(world)
    part = certificate.serial.partition
    assert part == 1 + int.from_bytes(certificate.serial.serial) % PARTS
    assert point_of(certificate) == f"http://repository.inro.example/crl-{part}.crl"
    world.room = replace(world.room, list_profile=divided(1))
    later = issued(world, now=NOW + MINUTE)
    assert later.serial.partition == 0
    assert point_of(later) == "http://repository.inro.example/crl.crl"
    both = {
        ListKey(ListKind.CRL, part): revoked(world, certificate, now=NOW + HOUR),
        ListKey(ListKind.CRL): revoked(world, later, now=NOW + HOUR),
    }
    found = listed(world)
    assert found.keys() == set(list_keys(PARTS))
    assert found.pop(ListKey(ListKind.FULL_CRL)) == set(both.values())
    assert found == {key: {both[key]} if key in both else set() for key in found}


def test_parts_added_later_are_listed_before_a_certificate_points_to_them(world: World) -> None:
    world.room = replace(world.room, list_profile=divided(5))
    assert lists_due(room=world.room, now=NOW + MINUTE)
    order = handed_over(world, now=NOW + MINUTE)
    killed_at(world, Step.RESERVE_SERIAL, now=NOW + MINUTE)
    assert lists_on_record() == list_keys(5)
    # Fewer parts again, between the serial number and the certificate: the certificate keeps its part.
    part = world.room.journal.recall(Kind.SERIAL, _reserved(order)).details["partition"]
    world.room = replace(world.room, list_profile=divided(2))
    world.work(now=NOW + 2 * MINUTE)
    certificate = Certificate.objects.get(application__order=order)
    assert certificate.serial.partition == part
    assert point_of(certificate).endswith(f"/crl-{part}.crl")
    assert not lists_due(room=world.room, now=NOW + 2 * MINUTE)


def _reserved(order: OrderId) -> str:
    return bytes(SerialNumber.objects.get(order_id=order).serial).hex()


@pytest.mark.parametrize("restarted", [False, True])
def test_an_entry_moved_to_another_part_stops_every_list(world: World, restarted: bool) -> None:
    """A verifier asks the list that the certificate names: moved, a revocation would be as good as hidden."""
    certificate = issued(world)
    revoked(world, certificate, now=NOW + MINUTE)
    other = 1 + certificate.serial.partition % PARTS
    tamper("UPDATE store_revokedentry SET partition = %s", other)
    room = replace(world.room, memory=Memory()) if restarted else world.room
    before = world.token.signatures
    with pytest.raises(ListIncomplete):
        sign_lists(room=room, now=NOW + HOUR, passed=world.steps.append)
    assert world.token.signatures == before


def test_a_part_that_the_record_changed_is_not_believed_at_a_revocation(world: World) -> None:
    certificate = issued(world)
    other = 1 + certificate.serial.partition % PARTS
    tamper("UPDATE store_serialnumber SET partition = %s WHERE id = %s", other, certificate.serial_id)
    case = decided(world, certificate)
    with pytest.raises(JournalConflict, match="another part"):
        revoke_certificate(case=case, room=world.room, now=NOW, passed=world.steps.append)


def test_a_part_whose_list_the_record_lost_stops_the_signer(world: World) -> None:
    tamper("DELETE FROM store_revocationlist WHERE partition = 2")
    with pytest.raises(RecordsDisagree) as refusal:
        world.work(now=NOW + timedelta(days=1))
    assert [found.key for found in refusal.value.differences] == ["crl-2:1"]


def test_lists_right_by_themselves_and_not_together_are_stopped(world: World) -> None:
    certificate = issued(world)
    revoked(world, certificate, now=NOW + MINUTE)
    room, at = world.room, NOW + HOUR
    drafts = checked_drafts(room=room, this_update=at)
    del drafts[ListKey(ListKind.CRL, certificate.serial.partition)]
    with pytest.raises(ListIncomplete, match="is not CRL and ARL together"):
        check_complete(drafts=drafts, memory=room.memory, journal=room.journal, since=NOW, this_update=at)


def test_the_database_knows_which_parts_there_can_be(world: World) -> None:
    certificate = issued(world)
    revoked(world, certificate, now=NOW + MINUTE)
    for model, changes in (
        (RevokedEntry, {"scope": "ca", "serial": bytes(20)}),
        (RevokedEntry, {"partition": 257, "serial": bytes(20)}),
    ):
        row = model.objects.latest("id")
        row.pk = None
        for column, value in changes.items():
            setattr(row, column, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
    for table in ("store_revokedentry", "store_serialnumber", "store_revocationlist", "store_listintent"):
        with pytest.raises(IntegrityError), transaction.atomic():
            _set_partition(table)


def _set_partition(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET partition = 2")
